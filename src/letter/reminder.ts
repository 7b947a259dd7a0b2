// A deadline is near or has passed, and what would meet it.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { commands, line, moment } from '#letter/fact.ts';

export const reminder = defineLetter({
  kind: 'reminder',
  audience: 'team',
  help: 'Reminds of a deadline, ahead of it or after, and says what would meet it.',
  facts: z.strictObject({
    id: line,
    title: line,
    what: line,
    /** Absent where nothing has a date: it only says what changed. */
    dueAt: moment.optional(),
    late: line,
    /** Who hears of it besides the first one, and why. */
    heard: line.optional(),
    commands,
  }),
  sample: {
    id: 'SRC-4F7K2M',
    title: 'Path traversal in the archive importer',
    what: 'The report waits to be accepted or declined.',
    dueAt: '2026-03-04T09:30:00.000Z',
    late: '2 days 3 hours',
    commands: [
      { line: '/accept', help: 'It is a security issue.' },
      { line: '/decline <class> [text]', help: 'It is none.' },
    ],
  },
  contents: true,
  perishable: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
