// The public date was set, moved or taken back: told to the team, with a file for calendars.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line, moment } from '#letter/fact.ts';

export const publicDate = defineLetter({
  kind: 'public-date',
  audience: 'team',
  help: 'Tells the team that the public date was set, moved or taken back, with a calendar file that moves with it.',
  facts: z.strictObject({
    id: line,
    by: line,
    publicAt: moment.optional(),
    /** What it was before. */
    was: moment.optional(),
    because: line.optional(),
  }),
  sample: {
    id: 'SRC-4F7K2M',
    by: 'lead',
    publicAt: '2026-03-12T16:00:00.000Z',
    was: '2026-03-10T16:00:00.000Z',
    because: 'the patch for 1.9 needs two more days',
  },
  contents: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
