// A report is public already, or whoever published it has answered: what that means, and what is due now (S1-42, S1-44, S1-51).
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { commands, line, moment } from '#letter/fact.ts';

export const publicPath = defineLetter({
  kind: 'public-path',
  audience: 'team',
  help: 'Tells the team that an issue is public already or what whoever published it answered, with all that is due now.',
  facts: z.strictObject({
    id: line,
    /** all: everything is due at once; usual: the usual dates hold; agreed: they go on in private. */
    pace: z.enum(['all', 'usual', 'agreed']),
    what: line,
    because: line.optional(),
    means: line,
    waives: line.optional(),
    due: z.array(z.strictObject({ what: line, at: moment })),
    commands,
  }),
  sample: {
    id: 'SRC-4F7K2M',
    pace: 'all',
    what: 'lead marked the report as public already.',
    because: 'it is in an issue of the repository since yesterday',
    means: 'everything is due at once (ASAP)',
    waives: 'the 7 days of the distributors that they would have, since it is public already.',
    due: [{ what: 'The report awaits a verdict.', at: '2026-03-03T12:00:00.000Z' }],
    commands: [{ line: '/privacy ask', help: 'asks whoever published it to go on in private' }],
  },
  contents: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
