// A mail about the team's own matters, not about an incident, whole, to the team.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { foreign, line } from '#letter/fact.ts';

export const desk = defineLetter({
  kind: 'desk',
  audience: 'team',
  help: 'Brings the team a mail of somebody on the roster that belongs to no incident: an answer about keys, a word to the team.',
  facts: z.strictObject({
    who: line,
    role: line,
    subject: line,
    proof: z.enum(['none', 'domain', 'signed']),
    signature: line,
    text: foreign,
    attachments: z.array(line),
    /** Its commands, with what became of each. */
    done: z.array(line),
  }),
  sample: {
    who: 'Acme Linux',
    role: 'distributor',
    subject: 'Re: Your OpenPGP key needs you',
    proof: 'domain',
    signature: 'not signed',
    text: 'Our new key is attached.',
    attachments: ['acme.asc (2 kB)'],
    done: [],
  },
  contents: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
