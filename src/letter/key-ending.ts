// Keys that come to their end: to each owner their own, to the team all of them in one letter.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line, moment } from '#letter/fact.ts';

export const keyEnding = defineLetter({
  kind: 'key-ending',
  audience: 'any',
  help: 'Warns that OpenPGP keys end soon or can no longer be used, 30, 14 and 3 days ahead, then every week until there are others. Without contents.',
  facts: z.strictObject({
    yours: z.boolean(),
    ours: z.boolean(),
    keys: z.array(z.strictObject({ name: line, key: line, ends: moment, unusable: line.optional() })),
    fingerprint: line,
  }),
  sample: {
    yours: true,
    ours: false,
    keys: [{ name: 'Acme Linux', key: 'DDDD 4444 EEEE 5555 AAAA  1111 BBBB 2222 CCCC 3333', ends: '2026-03-30T09:00:00.000Z' }],
    fingerprint: 'AAAA 1111 BBBB 2222 CCCC  3333 DDDD 4444 EEEE 5555',
  },
  contents: false,
  perishable: true,
  attachTeamKey: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
