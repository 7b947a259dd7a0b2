// The embargo was broken: to every member at once, with what was planned and what happens in doubt (S1-83, S1-85).
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { commands, foreign, line, moment } from '#letter/fact.ts';

export const breach = defineLetter({
  kind: 'breach',
  audience: 'team',
  help: 'Alarms every member that the embargo was broken: who says so, what leaked, what was planned and is held now.',
  facts: z.strictObject({
    id: line,
    by: line,
    text: foreign,
    planned: z.array(line),
    decideBy: moment,
    commands,
  }),
  sample: {
    id: 'SRC-4F7K2M',
    by: 'Acme Linux',
    text: 'The patch has been in a public repository for an hour.',
    planned: ['The notice is with 2 distributors.', 'The public date is 2026-03-16 16:00 UTC.'],
    decideBy: '2026-03-03T16:00:00.000Z',
    commands: [{ line: '/decide breach publish because <reason>', help: 'publish now' }],
  },
  contents: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
