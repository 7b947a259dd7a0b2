// Every date an incident must not miss, derived from state and policy; and whom it reminds, how often.
import { expect, test } from 'vitest';
import { type Deadline, deadlinesOf, nextLevel, nextRing, owesNotice } from '#incident/deadline.ts';
import type { Event } from '#incident/event.ts';
import { evolve } from '#incident/incident.ts';
import {
  accepted,
  announced,
  announcementSet,
  closed,
  cve,
  incident,
  noticed,
  policy,
  reportedAt,
  reviewed,
  scheduled,
} from '#test/situation.ts';
import { after, before } from '#time.ts';

const due = (...events: Event[]) =>
  Object.fromEntries(deadlinesOf(incident(...events), policy()).map(({ key, dueAt }) => [key, dueAt.toISOString().slice(0, 16)]));
const one = (key: string, ...events: Event[]): Deadline => {
  const found = deadlinesOf(incident(...events), policy()).find((deadline) => deadline.key === key);
  if (!found) throw new Error(`no deadline ${key}`);
  return found;
};

test.each([
  ['a report awaits a verdict (S1-36)', [], { triage: '2026-03-05T12:00', quiet: '2026-03-16T12:00' }],
  [
    'an accepted one awaits a lead and a date (S1-46, S1-53, S1-59)',
    [accepted],
    { lead: '2026-03-03T13:01', plan: '2026-03-09T13:01', embargo: '2026-05-31T12:00', quiet: '2026-03-16T13:01' },
  ],
  [
    'a date awaits its announcement (S1-94)',
    [accepted, scheduled()],
    { lead: '2026-03-03T13:01', embargo: '2026-05-31T12:00', announcement: '2026-03-16T16:00' },
  ],
  [
    'a CVE makes the notice a duty (S1-76, S1-77)',
    [cve, scheduled()],
    { triage: '2026-03-05T12:00', notice: '2026-03-09T16:00', announcement: '2026-03-16T16:00' },
  ],
  [
    'a notice that was given is owed no more',
    [cve, scheduled(), noticed],
    { triage: '2026-03-05T12:00', announcement: '2026-03-16T16:00' },
  ],
  [
    'a confirmed announcement acts at its moment (S1-97)',
    [scheduled(), announcementSet],
    { triage: '2026-03-05T12:00', announce: '2026-03-16T16:00' },
  ],
  ['an announced one awaits its retrospective (S1-99)', [accepted, announced], { retrospective: '2026-03-05T13:02' }],
  ['a reviewed one awaits its end (S1-33)', [accepted, announced, reviewed], { close: '2026-03-16T13:03' }],
  [
    'an offer awaits an answer (S1-35)',
    [{ type: 'handoff-offered', by: 'lead', to: 'second' }],
    { handoff: '2026-03-03T13:01', triage: '2026-03-05T12:00', quiet: '2026-03-16T13:01' },
  ],
  ['a closed one awaits nothing', [accepted, closed], {}],
] as [string, Event[], Record<string, string>][])('%s', (_, events, wanted) => {
  expect(due(...events)).toEqual(wanted);
});

test('only the announcement acts, everything else reminds (S1-49)', () => {
  expect(one('announce', scheduled(), announcementSet)).toMatchObject({ acts: true });
  for (const deadline of deadlinesOf(incident(accepted, cve, scheduled()), policy())) expect(deadline.acts).toBeUndefined();
});

test('what must be prepared rings before its date', () => {
  expect(one('notice', cve, scheduled()).ringsAt).toEqual(new Date('2026-03-07T16:00:00Z'));
  expect(one('announcement', scheduled()).ringsAt).toEqual(new Date('2026-03-14T16:00:00Z'));
  expect(one('retrospective', announced).ringsAt).toEqual(new Date('2026-03-03T13:01:00Z'));
});

test('a reminder comes again after its span, louder each time, and without end (S1-49)', () => {
  const deadline = one('triage');
  let known = incident();
  expect(nextRing(deadline, known, policy())).toEqual(deadline.ringsAt);
  let at = deadline.ringsAt;
  for (let level = 1; level <= 30; level += 1) {
    expect(nextLevel(deadline, known)).toBe(level);
    known = evolve(known, { number: 9, at, event: { type: 'reminded', deadline: 'triage', level, to: ['lead'] } });
    at = after(at, '24h');
    expect(nextRing(deadline, known, policy())).toEqual(at);
  }
});

test('a date that moved past its last reminder begins anew, quietly', () => {
  const known = incident(
    scheduled('2026-03-05T16:00:00.000Z'),
    { type: 'reminded', deadline: 'announcement', level: 3, to: ['lead'] },
    scheduled(),
  );
  const deadline = deadlinesOf(known, policy()).find(({ key }) => key === 'announcement');
  expect(deadline && nextLevel(deadline, known)).toBe(1);
  expect(deadline && nextRing(deadline, known, policy())).toEqual(new Date('2026-03-14T16:00:00Z'));
});

test("the spans are the policy's", () => {
  const quick = policy({ spans: { triage: '24h' } });
  expect(deadlinesOf(incident(), quick).find(({ key }) => key === 'triage')?.dueAt).toEqual(after(reportedAt, '24h'));
  const patient = policy({ notice: { least: '14d', most: '28d', duty: 'cve' } });
  const found = deadlinesOf(incident(cve, scheduled()), patient).find(({ key }) => key === 'notice');
  expect(found?.dueAt).toEqual(before(new Date('2026-03-16T16:00:00Z'), '14d'));
});

test('who owes a notice is decided by the policy (S1-76)', () => {
  expect(owesNotice(incident(cve), policy())).toBe(true);
  expect(owesNotice(incident(), policy())).toBe(false);
  expect(owesNotice(incident({ type: 'cve-requested', by: 'lead' }), policy())).toBe(false);
  expect(owesNotice(incident(cve), policy({ notice: { duty: 'never' } }))).toBe(false);
});
