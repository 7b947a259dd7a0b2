// /stats: figures over all incidents, and times that make sense.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import type { Filed } from '#incident/stats.ts';
import { guards, rows } from '#test/command/table.ts';
import { accepted, incident, obey, reportedAt, situation } from '#test/situation.ts';
import { after } from '#time.ts';

guards('/stats');

const filed = (...events: Event[]): Filed => ({ incident: incident(...events) });
const led: Event = { type: 'lead-chosen', by: 'lead', lead: 'third', how: 'named' };

rows(
  { it: 'says that there are none', order: '/stats', answers: 'No incidents.' },
  {
    it: 'tells intervals, what is open, and the load of everybody (S1-02, C25)',
    filed: [{ ...filed(accepted), acknowledgedAt: after(reportedAt, '1m') }],
    order: '/stats',
    answers: [
      '1 incident: 1 accepted.',
      'From report to acknowledgement: 1, 1 minute',
      '    not rated: 1, 1 minute',
      'From report to the first word of a person: 1, 1 hour 1 minute',
      '    not rated: 1, 1 hour 1 minute',
      'From report to verdict: 1, 1 hour 1 minute',
      '    not rated: 1, 1 hour 1 minute',
      'Open: 1 under a week',
      'Load:',
      '    lead: commanded 1, led 0, open now 1',
      '    second: commanded 0, led 0, open now 0',
      '    third: commanded 0, led 0, open now 0',
    ].join('\n'),
  },
  {
    it: 'counts only what was reported in the days asked for, both included',
    filed: [filed()],
    order: '/stats 2026-03-01 2026-03-01',
    answers: 'No incidents reported from 2026-03-01 to 2026-03-01 (UTC, both included).',
  },
  {
    it: 'refuses a day that does not exist',
    order: '/stats 2026-02-30',
    refuses: '"2026-02-30" is no date. Write one like 2026-03-03.',
  },
  {
    it: 'refuses an hour, which it would not heed',
    order: '/stats 2026-02-01T16:00',
    refuses: '"2026-02-01T16:00" is no date. Write one like 2026-03-03.',
  },
  {
    it: 'refuses an end before its beginning',
    order: '/stats 2026-03-02 2026-03-01',
    refuses: '2026-03-01 lies before 2026-03-02. Write the earlier date first: /stats 2026-03-01 2026-03-02',
  },
  {
    it: 'refuses a time that is yet to come',
    order: '/stats 2026-04-01',
    refuses: '2026-04-01 is yet to come; there are no reports from then on. Write an earlier date.',
  },
);

test('a lead who carries most of the fixes is named, so that the turn goes round (C25)', () => {
  const said = (count: number) =>
    obey('/stats', situation([], { filed: Array.from({ length: count }, () => filed(led)) })).transcript[0]?.text;
  expect(said(5)).toContain('third led 5 of 5: /lead next asks whose turn it is.');
  expect(said(4)).not.toContain('/lead next');
});

test('no title and no text of an incident stands in it', () => {
  const said = obey('/stats', situation([], { filed: [filed(accepted)] })).transcript[0]?.text;
  expect(said).not.toMatch(/path traversal|reporter@|SRC-/);
});
