// The mail of the day: all that is due for one member over all incidents and can wait until then.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { commands, line, moment } from '#letter/fact.ts';

export const digest = defineLetter({
  kind: 'digest',
  audience: 'team',
  help: 'Once on a working day: all that is due or late for one member over all incidents, and what would meet it.',
  facts: z.strictObject({
    /** "3 things are due, 2 of them late". */
    inShort: line,
    asOf: moment,
    due: z.array(
      z.strictObject({
        id: line,
        title: line,
        what: line,
        dueAt: moment,
        late: line,
        /** Who else hears of it today. */
        others: line.optional(),
        commands,
      }),
    ),
  }),
  sample: {
    inShort: '2 things are due, 1 of them late',
    asOf: '2026-03-06T08:00:00.000Z',
    due: [
      {
        id: 'SRC-4F7K2M',
        title: 'Path traversal in the controller',
        what: 'The report awaits a verdict.',
        dueAt: '2026-03-04T09:30:00.000Z',
        late: '1 day 22 hours',
        others: 'second, third',
        commands: [
          { line: '/accept', help: 'It is a security issue.' },
          { line: '/decline <class> [text]', help: 'It is none.' },
        ],
      },
      {
        id: 'SRC-9QW2ZT',
        title: 'Token in the log',
        what: 'This team keeps an embargo for 90 days at most.',
        dueAt: '2026-03-20T11:00:00.000Z',
        late: '',
        commands: [{ line: '/schedule <date>', help: 'The public date; alone it proposes one.' }],
      },
    ],
  },
  contents: true,
  perishable: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
