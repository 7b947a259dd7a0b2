// Something somebody wrote about an incident, passed on to the team and nobody else.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { commands, foreign, line } from '#letter/fact.ts';

export const relay = defineLetter({
  kind: 'relay',
  audience: 'team',
  help: 'Passes what somebody wrote about an incident on to the team, with what is known of the writer.',
  facts: z.strictObject({
    id: line,
    who: line,
    role: line,
    proof: z.enum(['none', 'domain', 'signed']),
    origin: line,
    signature: line,
    text: foreign,
    attachments: z.array(line),
    /** What the message is about, for the subject: its first words, or the commands it gave. */
    gist: line,
    done: z.array(line).optional(),
    commands,
    warning: line.optional(),
    /** What the team should know or decide about it, with the line that does. */
    question: line.optional(),
  }),
  sample: {
    id: 'SRC-4F7K2M',
    who: 'Robin Reporter <reporter@example.net>',
    role: 'reporter',
    proof: 'domain',
    origin: 'mx.example.org; dmarc=pass header.from=example.net',
    signature: 'The mail is not signed.',
    text: 'The same happens with symbolic links.\nA second archive is attached.',
    attachments: ['links.tar (4 KB)'],
    gist: 'The same happens with symbolic links.',
    commands: [{ line: '/reply', help: 'Answers the reporter: the lines after it, up to /end.' }],
  },
  contents: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
