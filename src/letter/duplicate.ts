// The report repeats one we have: told to its reporter without a word of the other.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line, prose } from '#letter/fact.ts';

export const duplicate = defineLetter({
  kind: 'duplicate',
  audience: 'reporter',
  help: 'Tells the reporter that the issue is known to the team already. Nothing of the other report is in it.',
  facts: z.strictObject({ id: line, text: prose, isPublic: z.boolean().optional() }),
  sample: { id: 'SRC-4F7K2M', text: 'Your second way in was new to us.' },
  contents: true,
  autoSubmitted: 'no',
  html: false,
});
