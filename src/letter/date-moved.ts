// The day of publication moved or is open again: told to the distributors who hold the notice, and to the fix team.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line, moment } from '#letter/fact.ts';

export const dateMoved = defineLetter({
  kind: 'date-moved',
  audience: 'any',
  help: 'Tells the distributors who have the notice, and the fix team, that the embargo ends at another moment, or that its end is open again.',
  facts: z.strictObject({
    id: line,
    reader: z.enum(['distributor', 'fix-team']).default('distributor'),
    publicAt: moment.optional(),
    because: line.optional(),
  }),
  sample: { id: 'SRC-4F7K2M', publicAt: '2026-03-12T16:00:00.000Z', because: 'the patch for 1.9 needs two more days' },
  contents: true,
  autoSubmitted: 'no',
  html: false,
});
