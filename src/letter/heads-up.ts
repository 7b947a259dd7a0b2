// The public word, before the fix is out, that one will come: when, and what to do until then (S4-24 to S4-26).
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line, moment, prose } from '#letter/fact.ts';

export const headsUp = defineLetter({
  kind: 'heads-up',
  audience: 'public',
  help: 'Tells everybody that a fix will be released, when, and what to do until then; nothing of what it fixes.',
  facts: z.strictObject({
    releaseAt: moment,
    mitigation: prose.optional(),
    /** The moment of an earlier heads-up that no longer holds. */
    instead: moment.optional(),
    signedBy: line.optional(),
    contact: line,
  }),
  sample: {
    releaseAt: '2026-03-10T16:00:00.000Z',
    mitigation: 'Import archives from trusted sources only.',
    contact: 'security@example.org',
  },
  contents: true,
  autoSubmitted: 'no',
  html: true,
});
