// A decision about the way of an incident, with its rationale, to every member: it must be discussed where all can read it (S1-62, S2-67, S4-22).
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line } from '#letter/fact.ts';

export const decision = defineLetter({
  kind: 'decision',
  audience: 'team',
  help: 'Tells every member what was decided about an incident, why, and what the process advised against it.',
  facts: z.strictObject({
    id: line,
    by: line,
    /** What, as the words after "decided". */
    words: line,
    because: line,
    against: line.optional(),
    severity: line,
  }),
  sample: {
    id: 'SRC-4F7K2M',
    by: 'lead',
    words: 'to go slower than usual',
    because: 'two maintainers are away until Monday',
    against: 'It is for a score under 4.0, and the score is 6.5.',
    severity: 'medium (CVSS 6.5)',
  },
  contents: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
