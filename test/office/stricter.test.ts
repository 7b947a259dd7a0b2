// A policy that changes while letters wait: what is stricter counts when a letter leaves, and nothing becomes looser.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealAtLast } from '#letter/sealing.ts';
import { Policy, type Seal } from '#team/policy.ts';
import { openTown, people, type Town } from '#test/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

const teamSealed = (seal: Seal) => ({ policy: { audiences: { team: { seal } } } });

test.each<[Seal, Seal, Seal]>([
  ['may', 'must', 'must'],
  ['never', 'must', 'must'],
  ['never', 'may', 'may'],
  ['must', 'may', 'must'],
  ['must', 'never', 'must'],
  ['may', 'never', 'may'],
  ['must', 'must', 'must'],
])('queued as %s, the policy says %s by now: %s', (queued, now, seal) => {
  const policy = Policy.parse({ ...town.office.policy, ...teamSealed(now).policy });
  expect(sealAtLast({ kind: 'report', audience: 'team', seal: queued }, policy)).toBe(seal);
  // A letter that asks for a key goes to somebody who has none.
  expect(sealAtLast({ kind: 'key-wanted', audience: 'team', seal: queued }, policy)).toBe(queued);
});

test('threat: a report that waits as may does not leave in clear once the policy says must, and the member is asked for a key', async () => {
  const loose = await openTown({ ...teamSealed('may'), certificates: ['lead', 'acme'] });
  try {
    await loose.writes('reporter', { text: 'The parser loops.' });
    loose.change(teamSealed('must'));
    const left = await loose.post();
    const reports = left.filter(({ kind }) => kind === 'report');
    expect(reports.map(({ to, sealed }) => [to, sealed])).toEqual([[people.lead, true]]);
    expect(left.filter(({ kind }) => kind === 'key-wanted').map(({ to }) => to)).toContain(people.second);
    for (const { sealed, bytes } of left) if (!sealed) expect(bytes.toString()).not.toContain('parser');
  } finally {
    await loose.close();
  }
});

test('a report that waits as must is still sealed when the policy was loosened', async () => {
  const strict = await openTown({ ...teamSealed('must'), certificates: ['lead'] });
  try {
    await strict.writes('reporter', { text: 'The parser loops.' });
    strict.change(teamSealed('never'));
    const reports = (await strict.post()).filter(({ kind }) => kind === 'report');
    expect(reports.map(({ to, sealed }) => [to, sealed])).toEqual([[people.lead, true]]);
  } finally {
    await strict.close();
  }
});
