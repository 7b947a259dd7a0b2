// A key counts from now on, or counts no more: to its owner and to the team, so that nothing changes silently.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line } from '#letter/fact.ts';

export const keyChanged = defineLetter({
  kind: 'key-changed',
  audience: 'any',
  help: 'Tells the owner and the team that an OpenPGP key counts from now on, or counts no more, and what made it so. Without contents.',
  facts: z.strictObject({
    name: line,
    yours: z.boolean(),
    key: line,
    counts: z.boolean(),
    way: z.enum(['old-key', 'second-person', 'challenge', 'withdrawn']),
    by: line,
    because: line.optional(),
    replaces: z.array(line),
  }),
  sample: {
    name: 'Acme Linux',
    yours: false,
    key: 'DDDD 4444 EEEE 5555 AAAA  1111 BBBB 2222 CCCC 3333',
    counts: true,
    way: 'second-person',
    by: 'lead',
    replaces: ['0000 1111 2222 3333 4444  5555 6666 7777 8888 9999'],
  },
  contents: false,
  autoSubmitted: 'auto-generated',
  html: false,
});
