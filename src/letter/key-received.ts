// Somebody's new key came in, to the person it names: it does not count yet, and here is how it may.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line } from '#letter/fact.ts';

export const keyReceived = defineLetter({
  kind: 'key-received',
  audience: 'any',
  help: 'Tells somebody that a new OpenPGP key came in their name, whether it can be used and what makes it count. Without contents.',
  facts: z.strictObject({
    key: line,
    /** Why it cannot be used; absent where it can. */
    why: line.optional(),
    /** It came as the private key. */
    exposed: z.boolean(),
    challenged: z.boolean(),
    compared: z.boolean(),
    fingerprint: line,
  }),
  sample: {
    key: 'DDDD 4444 EEEE 5555 AAAA  1111 BBBB 2222 CCCC 3333',
    exposed: false,
    challenged: true,
    compared: true,
    fingerprint: 'AAAA 1111 BBBB 2222 CCCC  3333 DDDD 4444 EEEE 5555',
  },
  contents: false,
  autoSubmitted: 'auto-replied',
  html: false,
});
