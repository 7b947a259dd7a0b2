// A letter waits for somebody whose key we lack: asks for the key and says nothing else.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line } from '#letter/fact.ts';

export const keyWanted = defineLetter({
  kind: 'key-wanted',
  audience: 'any',
  help: 'Asks a recipient for a usable OpenPGP key when a letter may only leave encrypted. Without contents.',
  facts: z.strictObject({ id: line.optional(), audienceWords: line, why: line, fingerprint: line }),
  sample: {
    id: 'SRC-4F7K2M',
    audienceWords: 'a confidential notice',
    why: 'your key expired on 2026-02-01',
    fingerprint: 'AAAA 1111 BBBB 2222 CCCC  3333 DDDD 4444 EEEE 5555',
  },
  contents: false,
  attachTeamKey: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
