// The report is a security issue: the news to the reporter.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line, prose } from '#letter/fact.ts';

export const verdictPositive = defineLetter({
  kind: 'verdict-positive',
  audience: 'reporter',
  help: 'Tells the reporter that the report is a security issue, and what comes next.',
  facts: z.strictObject({
    id: line,
    text: prose.optional(),
    /** It was declined before. */
    again: z.boolean().optional(),
    /** The issue is public, and nobody agreed to keep the rest private. */
    isPublic: z.boolean().optional(),
  }),
  sample: {
    id: 'SRC-4F7K2M',
    text: 'Thank you for the second archive, it helped us.',
  },
  contents: true,
  autoSubmitted: 'no',
  html: false,
});
