// The report is not handled as a security issue: the reasons, to the reporter.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line, prose } from '#letter/fact.ts';

export const verdictNegative = defineLetter({
  kind: 'verdict-negative',
  audience: 'reporter',
  help: 'Tells the reporter why the team does not handle the report as a security issue.',
  facts: z.strictObject({ id: line, text: prose }),
  sample: {
    id: 'SRC-4F7K2M',
    text: 'The importer runs with the rights of the user who starts it, and only that user can choose the archive.\nWe would be glad to see it as an ordinary issue in the public tracker.',
  },
  contents: true,
  autoSubmitted: 'no',
  html: false,
});
