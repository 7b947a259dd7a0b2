// The team has a new key of its own: to everybody who holds the old one.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line } from '#letter/fact.ts';

export const teamKeyChanged = defineLetter({
  kind: 'team-key-changed',
  audience: 'any',
  help: 'Tells members, distributors and the CNA that the team signs with a new OpenPGP key, which goes along. Without contents.',
  facts: z.strictObject({ before: line, fingerprint: line, website: line.optional() }),
  sample: {
    before: '0000 1111 2222 3333 4444  5555 6666 7777 8888 9999',
    fingerprint: 'AAAA 1111 BBBB 2222 CCCC  3333 DDDD 4444 EEEE 5555',
    website: 'https://example.org/security',
  },
  contents: false,
  attachTeamKey: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
