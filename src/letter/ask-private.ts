// Something about us can be read in public: whoever published it is asked to go on in private (S1-43, S4-06).
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line } from '#letter/fact.ts';

export const askPrivate = defineLetter({
  kind: 'ask-private',
  audience: 'reporter',
  help: 'Asks whoever made an issue public to go on in private; their YES or NO is taken from the answer.',
  facts: z.strictObject({ id: line, link: line.optional() }),
  sample: { id: 'SRC-4F7K2M', link: 'https://example.org/security' },
  // It may go to somebody who never wrote to us.
  contents: false,
  autoSubmitted: 'no',
  html: false,
});
