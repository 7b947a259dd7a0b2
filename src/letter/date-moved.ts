// The public date is set, moved or open again: told to the distributors who hold a notice, to the fix team, to whoever was told to release.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line, moment } from '#letter/fact.ts';

export const dateMoved = defineLetter({
  kind: 'date-moved',
  audience: 'any',
  help: 'Tells the distributors who have a notice, and the fix team, that the end of the embargo is set, moved or open again; also that a final notice holds no longer.',
  facts: z.strictObject({
    id: line,
    reader: z.enum(['distributor', 'fix-team', 'release-manager']).default('distributor'),
    /** There was no date before. */
    first: z.boolean().default(false),
    /** The confirmed announcement was taken back, and with it the final notice. */
    withdrawn: z.boolean().default(false),
    publicAt: moment.optional(),
    because: line.optional(),
  }),
  sample: { id: 'SRC-4F7K2M', publicAt: '2026-03-12T16:00:00.000Z', because: 'the patch for 1.9 needs two more days' },
  contents: true,
  autoSubmitted: 'no',
  html: false,
});
