// We could not read a mail that was encrypted: asks for it again. Says nothing about what we could and could not do.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line } from '#letter/fact.ts';

export const unread = defineLetter({
  kind: 'unread',
  audience: 'reporter',
  help: 'Tells the sender of an encrypted mail that we could not read it, and how to write so that we can.',
  facts: z.strictObject({ fingerprint: line }),
  sample: { fingerprint: 'AAAA 1111 BBBB 2222 CCCC  3333 DDDD 4444 EEEE 5555' },
  contents: false,
  attachTeamKey: true,
  autoSubmitted: 'auto-replied',
  html: false,
});
