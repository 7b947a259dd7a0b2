// The last word to the private distributors before the release: exactly the public text, with its day and hour (S1-93, S1-94).
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line, moment, prose } from '#letter/fact.ts';

export const finalNotice = defineLetter({
  kind: 'final-notice',
  audience: 'distributors',
  help: 'Gives the private distributors exactly the public text, and the day and hour at which it leaves; again, as a correction, when either changes.',
  facts: z.strictObject({
    id: line,
    publicAt: moment,
    subject: line,
    text: prose,
    correction: z.boolean(),
    leavesNow: z.boolean().default(false),
  }),
  sample: {
    id: 'SRC-4F7K2M',
    publicAt: '2026-03-10T16:00:00.000Z',
    subject: '[Security Advisory] CVE-1900-0001: Path traversal in the archive importer',
    text: 'An archive can write outside its target folder.\n\nFixed in 2.3.1.',
    correction: false,
  },
  contents: true,
  autoSubmitted: 'no',
  html: false,
});
