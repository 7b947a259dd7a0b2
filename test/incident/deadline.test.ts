// Every date an incident must not miss, derived from its state and the policy alone.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Deadline, deadlinesOf } from '#incident/deadline.ts';
import { owesNotice } from '#incident/due-disclosure.ts';
import type { Event } from '#incident/event.ts';
import { incidentOf } from '#incident/incident.ts';
import {
  accepted,
  announced,
  announcementSet,
  closed,
  cve,
  drafted,
  field,
  id,
  incident,
  noticed,
  policy,
  reported,
  reportedAt,
  reviewed,
  scheduled,
} from '#test/situation.ts';
import { after, before } from '#time.ts';

// The steps of a release are another table's (step.test.ts).
const due = (...events: Event[]) =>
  Object.fromEntries(
    deadlinesOf(incident(...events), policy({ steps: [] })).map(({ key, dueAt }) => [key, dueAt.toISOString().slice(0, 16)]),
  );
const one = (key: string, ...events: Event[]): Deadline => {
  const found = deadlinesOf(incident(...events), policy()).find((deadline) => deadline.key === key);
  if (!found) throw new Error(`no deadline ${key}`);
  return found;
};
const leads: Event = { type: 'lead-chosen', by: 'lead', lead: 'lead', how: 'volunteered' };
const rated: Event = { type: 'severity-set', by: 'lead', level: 'high' };
const invited: Event = { type: 'fix-team-invited', by: 'lead', people: ['third'] };
const fixed: Event = { type: 'fix-ready', by: 'lead', what: 'fix' };
const declined: Event = { type: 'declined', by: 'lead', class: 'no-impact' };

test.each([
  ['a report awaits a verdict (S1-36, S2-04)', [], { triage: '2026-03-05T12:00', update: '2026-03-16T12:00', quiet: '2026-03-16T12:00' }],
  [
    'an accepted one awaits a lead, a team, a rating, a fix, a date, and never ends silently (S1-46, S1-53, S1-59)',
    [accepted],
    {
      ...{ lead: '2026-03-03T13:01', assessment: '2026-03-05T13:01', 'fix-team': '2026-03-03T12:00', fix: '2026-03-09T12:00' },
      ...{ plan: '2026-03-09T13:01', embargo: '2026-05-31T12:00', update: '2026-03-16T13:01', quiet: '2026-03-16T13:01' },
    },
  ],
  [
    'what is met is due no more',
    [accepted, leads, rated, invited, fixed, scheduled()],
    {
      ...{ update: '2026-03-16T13:01', embargo: '2026-05-31T12:00', announcement: '2026-03-16T16:00' },
    },
  ],
  [
    'a CVE makes the notice a duty (S1-76, S1-77)',
    [cve, scheduled()],
    {
      ...{ triage: '2026-03-05T12:00', update: '2026-03-16T12:00', notice: '2026-03-09T16:00', announcement: '2026-03-16T16:00' },
    },
  ],
  [
    'a notice that was given is owed no more',
    [cve, scheduled(), noticed],
    { triage: '2026-03-05T12:00', update: '2026-03-16T12:00', announcement: '2026-03-16T16:00' },
  ],
  [
    'an offer awaits an answer (S1-35)',
    [{ type: 'handoff-offered', by: 'lead', to: 'second' }],
    { handoff: '2026-03-03T13:01', triage: '2026-03-05T12:00', update: '2026-03-16T12:00', quiet: '2026-03-16T13:01' },
  ],
  ['a declined one awaits its end', [declined], { quiet: '2026-03-16T13:01' }],
  ['a declined one with a date awaits its end too', [declined, scheduled()], { quiet: '2026-03-16T13:02' }],
  ['a closed one awaits nothing', [accepted, closed], {}],
] as [string, Event[], Record<string, string>][])('%s', (_, events, wanted) => {
  expect(due(...events)).toEqual(wanted);
});

test('after the announcement the retrospective and what is left are due, and when they are done the end (S1-33, S1-99)', () => {
  expect(due(accepted, announced)).toMatchObject({ retrospective: '2026-03-05T13:02' });
  expect(due(accepted, announced, reviewed)).toMatchObject({ close: '2026-03-16T13:03' });
  expect(due(accepted, announced, reviewed)).not.toHaveProperty('retrospective');
});

test('only what was confirmed or decided beforehand is done by the daemon, everything else reminds (S1-49)', () => {
  expect(one('announce', scheduled(), announcementSet, { type: 'step-done', by: 'lead', step: 'binaries' })).toMatchObject({ acts: true });
  const acting = deadlinesOf(incident(accepted, cve, scheduled()), policy({ steps: [] })).filter(({ acts }) => acts);
  expect(acting.map(({ key }) => key)).toEqual(['lead']);
});

test('what must be prepared rings before its date', () => {
  expect(one('notice', cve, scheduled()).ringsAt).toEqual(new Date('2026-03-07T16:00:00Z'));
  expect(one('announcement', scheduled()).ringsAt).toEqual(new Date('2026-03-14T16:00:00Z'));
  expect(one('retrospective', announced).ringsAt).toEqual(new Date('2026-03-03T13:01:00Z'));
  expect(one('embargo', accepted).ringsAt).toEqual(new Date('2026-05-17T12:00:00Z'));
});

test('a window that had passed when the report was accepted begins there: nothing is late the moment it begins (S1-53, S1-59)', () => {
  const late = incidentOf(id, [
    { number: 1, at: reportedAt, event: reported },
    { number: 2, at: after(reportedAt, '9d'), event: accepted },
  ]);
  if (!late) throw new Error('no incident');
  const found = deadlinesOf(late, policy()).map(({ key, dueAt }) => [key, dueAt] as const);
  expect(found).toContainEqual(['fix-team', after(reportedAt, '10d')]);
  expect(found).toContainEqual(['fix', after(reportedAt, '16d')]);
});

test('after it became public everything is due at once (S1-42, S1-51)', () => {
  const exposed: Event = { type: 'exposed', by: 'lead' };
  const found = due(accepted, exposed);
  for (const key of ['lead', 'assessment', 'fix-team', 'fix', 'plan']) expect(found[key]).toBe('2026-03-02T13:02');
});

test('a decision to slow down moves fix and plan by the days of the policy, nothing else (S1-61)', () => {
  const slow: Event = { type: 'decided', by: 'lead', what: 'slow', choice: 'yes', because: 'holidays' };
  const [usual, slowed] = [due(accepted, rated), due(accepted, rated, slow)];
  expect(slowed.fix).toBe('2026-03-16T12:00');
  expect(slowed.plan).toBe('2026-03-16T13:01');
  expect(slowed.lead).toBe(usual.lead);
});

test('silence is pinged sooner the worse it is, by the policy (2.12)', () => {
  const silent = (level: 'low' | 'medium' | 'high' | 'critical') =>
    due(accepted, { type: 'severity-set', by: 'lead', level }).quiet?.slice(0, 10);
  expect(['critical', 'high', 'medium', 'low'].map((level) => silent(level as 'low'))).toEqual([
    ...['2026-03-04', '2026-03-09', '2026-03-16', '2026-04-01'],
  ]);
});

test('the reporter hears from us so often until it is public; each word to them begins anew (2.12)', () => {
  const replied: Event = { type: 'replied', by: 'lead', text: 'we work on it', asks: false };
  expect(due(accepted).update).toBe('2026-03-16T13:01');
  expect(due(accepted, leads, replied).update).toBe('2026-03-16T13:03');
  for (const end of [announced, declined]) expect(due(accepted, end)).not.toHaveProperty('update');
});

test("the spans are the policy's", () => {
  const quick = policy({ spans: { triage: '24h' } });
  expect(deadlinesOf(incident(), quick).find(({ key }) => key === 'triage')?.dueAt).toEqual(after(reportedAt, '24h'));
  const patient = policy({ notice: { least: '14d', most: '28d', duty: 'cve' } });
  const found = deadlinesOf(incident(cve, scheduled()), patient).find(({ key }) => key === 'notice');
  expect(found?.dueAt).toEqual(before(new Date('2026-03-16T16:00:00Z'), '14d'));
  const working = policy({ spans: { triage: '3wd' }, calendar: { holidays: ['2026-03-04'] } });
  expect(deadlinesOf(incident(), working).find(({ key }) => key === 'triage')?.dueAt).toEqual(new Date('2026-03-06T12:00:00Z'));
});

test('who owes a notice is decided by the policy (S1-76)', () => {
  expect(owesNotice(incident(cve), policy())).toBe(true);
  expect(owesNotice(incident(), policy())).toBe(false);
  expect(owesNotice(incident({ type: 'cve-requested', by: 'lead' }), policy())).toBe(false);
  expect(owesNotice(incident(cve), policy({ notice: { duty: 'never' } }))).toBe(false);
});

const course: readonly Event[] = [
  ...[accepted, declined, leads, rated, invited, fixed, cve, field('title', 'x'), scheduled(), drafted('notice'), noticed],
  ...([
    { type: 'taken', by: 'lead' },
    { type: 'handoff-offered', by: 'lead', to: 'second' },
    { type: 'cancelled', by: 'lead', what: 'schedule' },
    { type: 'exposed', by: 'lead' },
    { type: 'embargo-broken', by: 'lead', what: 'a post' },
    { type: 'reopened', by: 'lead' },
  ] as Event[]),
  ...[announcementSet, announced, reviewed, closed],
];
const anyCourse = fc.array(fc.constantFrom(...course), { maxLength: 12 });

test('every open incident has at least one deadline, whatever happened to it and under every policy (C7)', () => {
  fc.assert(
    fc.property(anyCourse, fc.constantFrom('3d', null), (events, retrospectiveBy) => {
      const known = incident(...events);
      const found = deadlinesOf(known, policy({ spans: { retrospectiveBy }, steps: [] }));
      expect(found.length > 0).toBe(known.closedAt === undefined);
      expect(new Set(found.map(({ key }) => key)).size).toBe(found.length);
      for (const { ringsAt, dueAt } of found) expect(ringsAt.getTime()).toBeLessThanOrEqual(dueAt.getTime());
    }),
  );
});

test('deadlines do not depend on the order of events that have nothing to do with each other', () => {
  const apart = [leads, rated, cve, field('title', 'x'), field('impact', 'y'), fixed, drafted('notice')];
  const at = after(reportedAt, '2h');
  const told = (events: readonly Event[]) => {
    const known = incidentOf(
      id,
      [reported, accepted, ...events].map((event, index) => ({ number: index + 1, at, event })),
    );
    return known && deadlinesOf(known, policy());
  };
  fc.assert(
    fc.property(fc.shuffledSubarray(apart, { minLength: apart.length }), (events) => {
      expect(told(events)).toEqual(told(apart));
    }),
  );
});
