// Somebody is asked to have a part of an incident, hears that it went on to the next one, or that everybody is asked.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { commands, line, moment, prose } from '#letter/fact.ts';

export const part = defineLetter({
  kind: 'part',
  audience: 'team',
  help: 'Asks somebody to have a part of an incident, with its duties; also says that it went on to the next in line, or that whoever says so first has it.',
  facts: z.strictObject({
    id: line,
    /** given: to this reader; moved: from this reader, or whoever watches, to `to`; open: everybody is asked; named: they have it already. */
    what: z.enum(['given', 'moved', 'open', 'named']),
    title: line,
    duties: line,
    /** How it came to `to`: whose week it is, the head of the queue, next in line. */
    how: line.optional(),
    /** Who has it or is asked now; empty where nobody is. */
    to: line,
    by: moment.optional(),
    summary: prose,
    commands,
  }),
  sample: {
    id: 'SRC-4F7K2M',
    what: 'given',
    title: 'Triage',
    duties: 'Sees that whoever should know knows, and answers reports that are no vulnerability.',
    how: 'it is your week',
    to: 'lead',
    by: '2026-03-03T09:30:00.000Z',
    summary: 'SRC-4F7K2M: Path traversal in the archive importer\nStage: reported, open for 5 minutes',
    commands: [
      { line: '/take-part triage', help: 'you have this part' },
      { line: '/pass triage because <reason>', help: 'the next in line is asked at once' },
    ],
  },
  contents: true,
  perishable: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
