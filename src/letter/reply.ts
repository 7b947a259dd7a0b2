// What the team says or asks, to the reporter.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line, prose } from '#letter/fact.ts';

export const reply = defineLetter({
  kind: 'reply',
  audience: 'reporter',
  help: 'Brings what the team wrote with /reply or /ask to the reporter.',
  facts: z.strictObject({ id: line, text: prose, asks: z.boolean() }),
  sample: {
    id: 'SRC-4F7K2M',
    text: 'We can reproduce it with version 2.3.\n\nDoes it also happen when the target folder is on another file system?',
    asks: true,
  },
  contents: true,
  autoSubmitted: 'no',
  html: false,
});
