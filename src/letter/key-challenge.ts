// A code that only the owner of a new key can read: it goes to the address on file, encrypted to the new key and to nothing else.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line, moment } from '#letter/fact.ts';

export const keyChallenge = defineLetter({
  kind: 'key-challenge',
  audience: 'any',
  help: 'Asks the owner of a new OpenPGP key to prove it: a single-use code, encrypted to that key. Without contents.',
  facts: z.strictObject({ id: line.optional(), key: line, code: line, expires: moment }),
  sample: {
    key: 'DDDD 4444 EEEE 5555 AAAA  1111 BBBB 2222 CCCC 3333',
    code: '7Q2ZD0KX4MB1N8WJ5TRV9CHFGA',
    expires: '2026-03-09T09:00:00.000Z',
  },
  contents: false,
  perishable: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
