// The windows of the four shipped policies (requirements 1.5), each from the same report: what is due when, and what a process does not have.
import { describe, expect, test } from 'vitest';
import { deadlinesOf } from '#incident/deadline.ts';
import type { Event } from '#incident/event.ts';
import { incidentOf } from '#incident/incident.ts';
import type { Policy } from '#team/policy.ts';
import { shippedPolicy } from '#test/config/policies.ts';
import { accepted, announced, cve, id, noticed, reported, reportedAt, scheduled } from '#test/situation.ts';
import { after, type Span } from '#time.ts';

const processes = ['kubernetes', 'kubernetes-pst', 'karmada', 'gardener'] as const;
type Process = (typeof processes)[number];
const policies = Object.fromEntries(processes.map((name) => [name, shippedPolicy(name)])) as Record<Process, Policy>;

/** When a deadline of each process is due, as days and hours after the report; `none` where the process has no such limit. */
function windows(key: string, events: readonly (readonly [Span, Event])[]): Record<Process, string> {
  const recorded = [[`0h`, reported] as const, ...events].map(([span, event], index) => ({
    number: index + 1,
    at: after(reportedAt, span),
    event,
  }));
  const incident = incidentOf(id, recorded);
  if (!incident) throw new Error('no incident');
  return Object.fromEntries(
    processes.map((name) => {
      const found = deadlinesOf(incident, policies[name]).find((deadline) => deadline.key === key);
      return [name, found ? words(found.dueAt) : 'none'];
    }),
  ) as Record<Process, string>;
}

function words(at: Date): string {
  const hours = Math.round((at.getTime() - reportedAt.getTime()) / 3_600_000);
  return `${Math.floor(hours / 24)}d${hours % 24 === 0 ? '' : `${hours % 24}h`}`;
}

const each = (...of: readonly string[]) => Object.fromEntries(processes.map((name, index) => [name, of[index]]));
const taken = ['2h', accepted] as const;
const named = ['3h', cve] as const;
const distributed: Event = { type: 'decided', by: 'lead', what: 'distributors', choice: 'yes', because: 'remote' };
const dated = ['4h', scheduled(after(reportedAt, '20d').toISOString())] as const;

describe('from the report', () => {
  test.each([
    ['a verdict, in days of work where the process counts them (S1-36, S2-04)', 'triage', [], each('3d', '3d', '2d', '7d')],
    ['a word to the reporter (2.12)', 'update', [], each('14d', '14d', '14d', '14d')],
    ['a fix team within 24 hours (S1-53, S2-54); two processes have none', 'fix-team', [taken], each('1d', '1d', 'none', 'none')],
    ['the fix within 7 days (S1-59, S2-58, S3-21); one process has no limit', 'fix', [taken], each('7d', '7d', '7d', 'none')],
    ['public within 21 days (S2-69g), or by week 4 (S3 L74); two have no limit', 'release', [taken], each('none', '21d', '28d', 'none')],
    ['the end of any embargo (C8)', 'embargo', [taken], each('90d', '90d', '90d', '90d')],
    [
      'distributors within 14 days of the report (S2-69a), or 7 days before the public date (S1-77, S3-33)',
      'notice',
      [taken, named, ['3h', distributed], dated],
      each('13d', '14d', '13d', 'none'),
    ],
    [
      'users hear before the release only where the process says so (S4-24)',
      'heads-up',
      [taken, dated],
      each('none', 'none', 'none', '17d'),
    ],
  ] as [string, string, (readonly [Span, Event])[], Record<string, string>][])('%s', (_, key, events, wanted) => {
    expect(windows(key, events)).toEqual(wanted);
  });
});

describe('from the public date', () => {
  const published = [taken, named, ['5h', noticed], ['20d', announced]] as const;
  test.each([
    [
      'the retrospective within 3 days (S1-99, S2-69m); two processes have no window (S4-39)',
      'retrospective',
      each('23d', '23d', 'none', 'none'),
    ],
    ['the record of the CVE within 72 hours (2.12)', 'cve-record', each('23d', '23d', '23d', '23d')],
    ['the tracking issue within a day of it (S1-98, S3-40)', 'step:tracking-issue', each('21d', 'none', '21d', 'none')],
    ['where nothing else is due, silence is', 'quiet', each('none', 'none', '34d', '34d')],
  ])('%s', (_, key, wanted) => {
    expect(windows(key, published)).toEqual(wanted);
  });
});

test('the retrospective is asked for from the first day on (S1-99, S2-69m)', () => {
  const recorded = [reported, accepted, announced].map((event, index) => ({ number: index + 1, at: reportedAt, event }));
  const incident = incidentOf(id, recorded);
  const found = incident && deadlinesOf(incident, policies.kubernetes).find(({ key }) => key === 'retrospective');
  expect(found).toMatchObject({ ringsAt: after(reportedAt, '1d'), dueAt: after(reportedAt, '3d') });
});

test('what is to be done after the announcement is asked for at once, and not late at once (S1-98)', () => {
  const recorded = [reported, accepted, announced].map((event, index) => ({ number: index + 1, at: reportedAt, event }));
  const incident = incidentOf(id, recorded);
  const found = incident && deadlinesOf(incident, policies.kubernetes).find(({ key }) => key === 'step:tracking-issue');
  expect(found).toMatchObject({ ringsAt: reportedAt, dueAt: after(reportedAt, '1d') });
});

const exposed: Event = { type: 'exposed', by: 'lead' };
const rated = (score: number): Event => ({ type: 'severity-set', by: 'lead', level: score < 7 ? 'medium' : 'high', score });

test.each([
  ['not rated yet', [], each('0d3h', '0d3h', '0d3h', '0d3h')],
  ['6.9', [rated(6.9)], each('0d3h', '0d3h', '0d3h', '7d2h')],
  ['7.0', [rated(7)], each('0d3h', '0d3h', '0d3h', '0d3h')],
] as [string, Event[], Record<string, string>][])(
  'what became public is due at once, where the process asks for a score from that score on: %s (S1-51, S2-53, S4-14)',
  (_, events, wanted) => {
    expect(windows('plan', [taken, ['3h', exposed], ...events.map((event) => ['3h', event] as const)])).toEqual(wanted);
  },
);

test('another pace is decided by those who may, and moves the same dates under each process (S1-50, S1-61, S3-19, S4-47)', () => {
  const slow: Event = { type: 'decided', by: 'lead', what: 'slow', choice: 'yes', because: 'holidays' };
  expect(windows('plan', [taken, ['3h', slow]])).toEqual(each('14d2h', '14d2h', '14d2h', '14d2h'));
});

const handedOver: Event = { type: 'handoff-offered', by: 'lead', to: 'second' };
const asked: Event = { type: 'access-requested', by: 'lead', number: 1, what: 'grant', person: 'third' };
const broken: Event = { type: 'embargo-broken', by: 'lead', what: 'a post' };

test.each([
  ['a hand-off is answered within a day (S1-35)', 'handoff', handedOver, '1d3h'],
  ['an administrator answers within a day (S1-40)', 'request:1', asked, '1d3h'],
  ['a broken embargo is decided on within four hours (S1-85)', 'breach', broken, '0d7h'],
  ['the numbering authority answers within three days', 'cve-answer', { type: 'cve-requested', by: 'lead' } as Event, '3d3h'],
] as [string, string, Event, string][])('%s', (_, key, event, wanted) => {
  expect(windows(key, [taken, ['3h', event]]).kubernetes).toBe(wanted);
});
