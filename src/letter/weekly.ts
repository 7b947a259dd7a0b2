// The digest of the week: every open incident with its people, its dates and a picture of its time, and who is on call.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line, moment } from '#letter/fact.ts';

const picture = {
  /** The line as text: digits are the marks. */
  drawn: line,
  marks: z.array(z.strictObject({ number: z.number(), what: line, at: moment, when: z.enum(['past', 'now', 'ahead']) })),
  /** The same as cells from left to right; widths in per cent. */
  cells: z.array(
    z.strictObject({ shows: z.enum(['mark-past', 'mark-now', 'mark-ahead', 'past', 'ahead', 'after']), width: z.number(), label: line }),
  ),
};

export const weekly = defineLetter({
  kind: 'weekly',
  audience: 'team',
  help: 'The digest of the week: every open incident with its stage, people and next dates, a picture of its time, and who is on call.',
  facts: z.strictObject({
    /** "2 open incidents, 1 with something late". */
    inShort: line,
    asOf: moment,
    onCall: line.optional(),
    onCallNext: line.optional(),
    incidents: z.array(
      z.strictObject({
        id: line,
        title: line,
        stage: line,
        severity: line,
        age: line,
        owner: line,
        countdown: line,
        /** "3 days 2 hours" where something is late. */
        late: line,
        dates: z.array(z.strictObject({ what: line, dueAt: moment, late: line })),
        ...picture,
      }),
    ),
  }),
  sample: {
    inShort: '2 open incidents, 1 with something late',
    asOf: '2026-03-09T08:00:00.000Z',
    onCall: 'second',
    onCallNext: 'third',
    incidents: [
      {
        id: 'SRC-4F7K2M',
        title: 'Path traversal in the archive importer',
        stage: 'notified',
        severity: 'high (CVSS 7.5)',
        age: '28 days 22 hours',
        owner: 'lead',
        countdown: 'Public in 7 days 8 hours',
        late: '1 day 4 hours',
        dates: [
          { what: 'The reporter is to hear from us every 14 days.', dueAt: '2026-03-08T04:00:00.000Z', late: '1 day 4 hours' },
          {
            what: 'The public date is 2026-03-16 16:00 UTC and no announcement is confirmed.',
            dueAt: '2026-03-16T16:00:00.000Z',
            late: '',
          },
        ],
        drawn: '12======3=======4==5----6......................................7',
        marks: [
          { number: 1, what: 'report', at: '2026-02-08T10:00:00.000Z', when: 'past' },
          { number: 2, what: 'accepted', at: '2026-02-09T09:00:00.000Z', when: 'past' },
          { number: 3, what: 'fix ready', at: '2026-02-20T15:00:00.000Z', when: 'past' },
          { number: 4, what: 'notice', at: '2026-03-04T16:00:00.000Z', when: 'past' },
          { number: 5, what: 'now', at: '2026-03-09T08:00:00.000Z', when: 'now' },
          { number: 6, what: 'public date', at: '2026-03-16T16:00:00.000Z', when: 'ahead' },
          { number: 7, what: 'longest embargo', at: '2026-05-09T10:00:00.000Z', when: 'ahead' },
        ],
        cells: [
          { shows: 'mark-past', width: 5, label: '1' },
          { shows: 'past', width: 1, label: '' },
          { shows: 'mark-past', width: 5, label: '2' },
          { shows: 'past', width: 8, label: '' },
          { shows: 'mark-past', width: 5, label: '3' },
          { shows: 'past', width: 9, label: '' },
          { shows: 'mark-past', width: 5, label: '4' },
          { shows: 'past', width: 4, label: '' },
          { shows: 'mark-now', width: 5, label: '5' },
          { shows: 'ahead', width: 5, label: '' },
          { shows: 'mark-ahead', width: 5, label: '6' },
          { shows: 'after', width: 38, label: '' },
          { shows: 'mark-ahead', width: 5, label: '7' },
        ],
      },
      {
        id: 'SRC-9QW2ZT',
        title: 'Token in the log',
        stage: 'reported',
        severity: 'not rated',
        age: '1 day 22 hours',
        owner: 'second (on call, not confirmed)',
        countdown: 'No public date; the longest embargo ends in 88 days 1 hour',
        late: '',
        dates: [{ what: 'The report awaits a verdict.', dueAt: '2026-03-10T09:30:00.000Z', late: '' }],
        drawn: '12-------------------------------------------------------------3',
        marks: [
          { number: 1, what: 'report', at: '2026-03-07T09:30:00.000Z', when: 'past' },
          { number: 2, what: 'now', at: '2026-03-09T08:00:00.000Z', when: 'now' },
          { number: 3, what: 'longest embargo', at: '2026-06-05T09:30:00.000Z', when: 'ahead' },
        ],
        cells: [
          { shows: 'mark-past', width: 5, label: '1' },
          { shows: 'past', width: 2, label: '' },
          { shows: 'mark-now', width: 5, label: '2' },
          { shows: 'ahead', width: 83, label: '' },
          { shows: 'mark-ahead', width: 5, label: '3' },
        ],
      },
    ],
  },
  contents: true,
  perishable: true,
  picture: true,
  autoSubmitted: 'auto-generated',
  html: true,
});
