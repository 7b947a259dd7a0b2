// Figures over incidents: what was counted, medians, who carried how much.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { incidentOf } from '#incident/incident.ts';
import { type Filed, intervals, loads, openByAge } from '#incident/stats.ts';
import { accepted, announced, closed, id, now, reported, reportedAt } from '#test/situation.ts';
import { after } from '#time.ts';

const hour = 3_600_000;

/** An incident whose events come at these hours after the report. */
function filed(...happened: readonly (readonly [number, Event])[]): Filed {
  const recorded = [[0, reported] as const, ...happened].map(([hours, event], index) => ({
    number: index + 1,
    at: after(reportedAt, hours * hour),
    event,
  }));
  const incident = incidentOf(id, recorded);
  if (!incident) throw new Error('a journal begins with a report');
  return { incident };
}

const rated = (level: 'low' | 'high'): Event => ({ type: 'severity-set', by: 'lead', level });
const ready: Event = { type: 'fix-ready', by: 'lead', what: 'fix' };
const led = (lead: string): Event => ({ type: 'lead-chosen', by: 'lead', lead, how: 'named' });

test('each interval has count, median and worst, over all and by severity, worst severity first (S1-02)', () => {
  const all = [
    filed([2, accepted], [3, rated('high')], [10, ready]),
    filed([4, accepted], [5, rated('low')], [40, ready]),
    filed([9, accepted], [10, rated('high')], [20, ready]),
  ];
  const fix = intervals(all).find(({ what }) => what === 'report to fix ready');
  expect(fix).toEqual({
    what: 'report to fix ready',
    all: { count: 3, median: 20 * hour, worst: 40 * hour },
    bySeverity: [
      { level: 'high', figure: { count: 2, median: 15 * hour, worst: 20 * hour } },
      { level: 'low', figure: { count: 1, median: 40 * hour, worst: 40 * hour } },
    ],
  });
});

test('the first word of a person is an answer, a question or a verdict, and nothing where nobody knows the reporter', () => {
  const asked: Event = { type: 'replied', by: 'lead', text: 'which version', asks: true };
  const word = (one: Filed) => intervals([one]).find(({ what }) => what === 'report to the first word of a person')?.all.worst;
  expect(word(filed([3, asked], [9, accepted]))).toBe(3 * hour);
  expect(word(filed([1, { type: 'noted', by: 'lead', text: 'x' }]))).toBeUndefined();
  const found: Event = { type: 'duplicate-linked', by: 'lead', of: id };
  expect(word(filed([4, { type: 'declined', by: 'lead', class: 'out-of-scope' }], [5, asked]))).toBe(4 * hour);
  expect(word(filed([6, found], [7, asked]))).toBe(6 * hour);
});

test('from when it was known publicly is counted by itself: that is how long users were open to it (S1-02)', () => {
  const known = filed([1, accepted], [5, { type: 'exposed', by: 'lead' }], [29, ready], [30, announced]);
  const took = Object.fromEntries(intervals([known]).map(({ what, all }) => [what, all.worst / hour]));
  expect(took).toMatchObject({ 'known publicly to fix ready': 24, 'known publicly to announcement': 25, 'report to public': 30 });
  expect(intervals([filed([1, accepted])]).map(({ what }) => what)).not.toContain('known publicly to fix ready');
});

test('a fix that was there before it was known publicly counts as none at all', () => {
  const known = filed([1, accepted], [2, ready], [5, { type: 'exposed', by: 'lead' }]);
  expect(intervals([known]).find(({ what }) => what === 'known publicly to fix ready')?.all.worst).toBe(0);
});

test('the load counts everybody of the team, also who carried nothing, and who is gone (C25)', () => {
  const all = [filed([1, led('third')]), filed([1, led('third')], [2, closed]), filed([1, led('gone')])];
  expect(loads(all, ['lead', 'second', 'third'])).toEqual([
    { who: 'third', commanded: 0, led: 2, open: 1 },
    { who: 'gone', commanded: 0, led: 1, open: 1 },
    { who: 'lead', commanded: 3, led: 0, open: 2 },
    { who: 'second', commanded: 0, led: 0, open: 0 },
  ]);
});

test('open incidents are counted by age; closed ones and ages that none has are not there', () => {
  expect(openByAge([filed(), filed([1, closed])], now)).toEqual([{ what: 'under a week', count: 1 }]);
  expect(openByAge([filed()], after(reportedAt, '7d'))).toEqual([{ what: 'under a month', count: 1 }]);
  expect(openByAge([filed()], after(reportedAt, '90d'))).toEqual([{ what: '90 days and more', count: 1 }]);
  expect(openByAge([], now)).toEqual([]);
});
