// Something written to the fix team: by a member with /tell, or by one of the fix team, whose words all of them read (S1-55).
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { commands, foreign, line } from '#letter/fact.ts';

export const message = defineLetter({
  kind: 'message',
  audience: 'fix-team',
  help: 'Passes a message to the fix team: what a member tells them, or what one of them wrote.',
  facts: z.strictObject({
    id: line,
    who: line,
    role: line,
    proof: z.enum(['none', 'domain', 'signed']),
    text: foreign,
    attachments: z.array(line),
    /** Its first words, for the subject. */
    gist: line,
    commands,
  }),
  sample: {
    id: 'SRC-4F7K2M',
    who: 'lead example',
    role: 'fix lead',
    proof: 'signed',
    text: 'The check belongs into the reader, not into the writer.\nA test is attached.',
    attachments: ['links_test.patch (2 kB)'],
    gist: 'The check belongs into the reader, not into the writer.',
    commands: [{ line: '/fix-ready', help: 'the fix can be released' }],
  },
  contents: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
