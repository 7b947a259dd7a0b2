// Letters that wait for a key: which leave when it comes, which do not, and what happens when the service is ended on the way.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mindRegister } from '#office/minding.ts';
import type { OwnKey } from '#pgp/keyring.ts';
import { attachOwnKey } from '#pgp/seal.ts';
import { codeIn, freshKey, keyKindsTo, kinds, kindsTo, notified, of, prolonged, says, sends, to } from '#test/office/keys.ts';
import { openTown, people, type Received, type Town } from '#test/town.ts';

let town: Town;
let old: OwnKey;
// The third member's key ends an hour after the town begins.
beforeEach(async () => {
  old = await freshKey(people.third, 1 / 24);
  town = await openTown({ keys: { third: old, acme: await freshKey(people.acme, 1 / 24) } });
  await town.post();
  await town.pass('2h');
});
afterEach(() => town.close());

async function accepted(fresh: OwnKey): Promise<void> {
  town.holds('third', fresh);
  await town.writes('third', { to: 'security+team@example.org', text: 'new key', attachments: [attachOwnKey(fresh)] });
  await town.writes('lead', {
    to: 'security+team@example.org',
    text: `/accept-key third ${fresh.fingerprint}\n`,
    signed: true,
  });
}

test("report and relay wait for a member's key and leave when it comes; transcripts and previews do not come late", async () => {
  await town.writes('reporter', { subject: 'path traversal', text: 'It writes outside.' });
  const first = await town.post();
  const [report] = to(people.lead, first);
  const thanks = of('acknowledgement', first);
  await town.writes('reporter', { text: 'More words.', ...(thanks && { answers: thanks }) });
  await town.writes('third', { text: '/status\n', ...(report && { answers: report }) });
  const asked = to(people.third, [...first, ...(await town.post())]);
  expect(kinds(asked)).toEqual(['key-wanted']);
  expect(asked[0]?.text).toContain('your key has expired');
  expect(`${asked[0]?.text}`).not.toContain('outside');
  await accepted(await freshKey(people.third));
  const late = to(people.third, await town.post());
  expect(late.filter(({ kind }) => ['report', 'transcript', 'reminder'].includes(kind)).map(({ kind }) => kind)).toEqual(['report']);
  expect(late.filter(({ kind, text }) => kind === 'relay' && text.includes('More words.'))).toHaveLength(1);
  expect(late.every(({ sealed }) => sealed)).toBe(true);
  expect(of('report', late)?.text).toContain('It writes outside.');
  expect(kindsTo(people.third, await town.pass('3d', '12h')).filter((kind) => kind === 'report' || kind === 'relay')).toEqual([]);
});

test('the same key prolonged counts silently, and lets go what waited', async () => {
  await town.writes('reporter', { subject: 'path traversal', text: 'It writes outside.' });
  expect(kindsTo(people.third, await town.post())).toEqual(['key-wanted']);
  const longer = await prolonged(old, people.third, 300);
  await town.writes('third', { to: 'security+team@example.org', text: 'hello', autocrypt: longer });
  const letters = await town.post();
  expect(kindsTo(people.third, letters)).toContain('report');
  expect(kinds(letters).filter((kind) => kind.startsWith('key-'))).toEqual([]);
  expect(await says(town, 'lead', '/keys third')).toContain(`third | ${old.fingerprint} | until 2026-12-27`);
});

test.each([
  ['before the first letter is let go', 0],
  ['between that and the next look', 1],
])('a service that is ended after the acceptance, %s, loses nothing; looking again releases once', async (_, survived) => {
  await town.writes('reporter', { subject: 'path traversal', text: 'It writes outside.' });
  await town.post();
  await accepted(await freshKey(people.third));
  let turns = 0;
  const dying: typeof town.world = {
    ...town.world,
    store: {
      ...town.store,
      turn: (decide, options) => {
        turns += 1;
        if (turns > survived) throw new Error('the process ends here');
        return town.store.turn(decide, options);
      },
    },
  };
  await expect(mindRegister(town.office, dying)).rejects.toThrow('the process ends here');
  expect(await mindRegister(town.office, town.world)).toBe(survived === 0);
  expect(await mindRegister(town.office, town.world)).toBe(false);
  expect(kindsTo(people.third, await town.post()).filter((kind) => kind === 'report')).toEqual(['report']);
});

test('of two notices that wait only the latest leaves; one that waits past the announcement does not leave', async () => {
  const letters = await notified(town);
  expect(kindsTo(people.acme, letters)).toEqual(['key-wanted']);
  const [report] = to(people.lead, letters);
  const say = (who: 'lead' | 'second', text: string) =>
    town.writes(who, { text: `${text}\n`, signed: true, ...(report && { answers: report }) });
  await say('lead', '/set impact a greater impact\n/draft notice');
  const review = of('review', to(people.second, await town.post()));
  await say('second', `/approve notice ${/\/approve notice (\S+)/.exec(review?.text ?? '')?.[1] ?? ''}`);
  await say('lead', '/notify because the first lacked the impact');
  const preview = of('preview', to(people.second, await town.post()));
  await say('second', `/confirm ${/\/confirm (\S+)/.exec(preview?.text ?? '')?.[1] ?? ''}`);
  expect(kindsTo(people.beta, await town.post())).toEqual(['notice']);
  const fresh = await freshKey(people.acme);
  town.holds('acme', fresh);
  const challenge = of('key-challenge', await sends(town, 'acme', fresh));
  await town.writes('acme', { text: `/prove-key ${codeIn(challenge)}\n`, ...(challenge && { answers: challenge }) });
  const notices = to(people.acme, await town.post()).filter(({ kind }) => kind === 'notice');
  expect(notices).toHaveLength(1);
  expect(notices[0]?.text).toContain('a greater impact');
});

test('a notice that waits past the announcement does not leave any more', async () => {
  const letters = await notified(town);
  const [report] = to(people.lead, letters);
  const say = (who: 'lead' | 'second', text: string) =>
    town.writes(who, { text: `${text}\n`, signed: true, ...(report && { answers: report }) });
  await say(
    'lead',
    '/set affected all\n/set fixed 2.0\n/set mitigation none\n/set upgrade as usual\n/severity CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\n/draft announcement',
  );
  const review = of('review', to(people.second, await town.post()));
  await say('second', `/approve announcement ${/\/approve announcement (\S+)/.exec(review?.text ?? '')?.[1] ?? ''}`);
  await say('lead', '/done binaries');
  await say('lead', '/announce because the release managers are on their way');
  const preview = of('preview', to(people.second, await town.post()));
  await say('second', `/confirm ${/\/confirm (\S+)/.exec(preview?.text ?? '')?.[1] ?? ''}`);
  await town.pass('13d', '8h');
  expect((await town.pass('2d', '1h')).map(({ kind }) => kind)).toContain('announcement');
  const fresh = await freshKey(people.acme);
  town.holds('acme', fresh);
  const challenge = of('key-challenge', await sends(town, 'acme', fresh));
  await town.writes('acme', { text: `/prove-key ${codeIn(challenge)}\n`, ...(challenge && { answers: challenge }) });
  const late: Received[] = [...(await town.post()), ...(await town.pass('2d', '12h'))];
  expect(kindsTo(people.acme, late)).toEqual(['key-changed', 'transcript']);
});

test('the owner and the team hear once a day that letters wait, not for each letter', async () => {
  const wanted: Received[] = [];
  for (const text of ['one', 'two', 'three']) {
    await town.writes('acme', { to: 'security+team@example.org', text });
    wanted.push(...(await town.post()));
  }
  expect(kindsTo(people.third, wanted)).toEqual(['key-wanted']);
  expect(kindsTo(people.lead, wanted)).toEqual(['alarm', 'desk', 'desk', 'desk']);
  await accepted(await freshKey(people.third));
  const late = to(people.third, await town.post());
  expect(late.filter(({ kind, text }) => kind === 'desk' && text.includes('Acme Linux'))).toHaveLength(3);
  expect(keyKindsTo(people.third, late)).toEqual(['key-changed', 'key-received']);
});
