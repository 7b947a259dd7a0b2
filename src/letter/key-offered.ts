// Somebody brought a new key: the team hears which, whose it is said to be, and what makes it count.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { commands, line } from '#letter/fact.ts';

export const keyOffered = defineLetter({
  kind: 'key-offered',
  audience: 'team',
  help: 'Tells the team that a new OpenPGP key came in the name of somebody on the roster, and how it can count.',
  facts: z.strictObject({
    who: line,
    name: line,
    key: line,
    from: z.enum(['attached', 'inline', 'autocrypt', 'wkd', 'file']),
    before: z.array(line),
    challenged: z.boolean(),
    commands,
  }),
  sample: {
    who: 'acme',
    name: 'Acme Linux',
    key: 'DDDD 4444 EEEE 5555 AAAA  1111 BBBB 2222 CCCC 3333',
    from: 'attached',
    before: ['0000 1111 2222 3333 4444  5555 6666 7777 8888 9999'],
    challenged: true,
    commands: [
      { line: '/accept-key acme DDDD4444EEEE5555AAAA1111BBBB2222CCCC3333', help: 'you compared the fingerprint with them' },
      { line: '/decline-key acme DDDD4444EEEE5555AAAA1111BBBB2222CCCC3333', help: 'they did not send it' },
    ],
  },
  contents: false,
  autoSubmitted: 'auto-generated',
  html: false,
});
