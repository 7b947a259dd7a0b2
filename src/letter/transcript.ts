// What became of every command in a mail, to whoever sent them.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line, prose } from '#letter/fact.ts';

export const transcript = defineLetter({
  kind: 'transcript',
  audience: 'team',
  help: 'Tells the sender of commands what became of each line.',
  facts: z.strictObject({
    id: line.optional(),
    lines: z.array(z.strictObject({ line, outcome: z.enum(['done', 'refused', 'not-reached', 'ignored']), text: prose })),
    advice: line.optional(),
  }),
  sample: {
    id: 'SRC-4F7K2M',
    lines: [
      { line: '/accept', outcome: 'done', text: 'Accepted.' },
      { line: '/list', outcome: 'done', text: 'SRC-4F7K2M | accepted | high\nSRC-9Q1Z0X | reported | not rated' },
      { line: '/schedule 2027-01-01', outcome: 'refused', text: 'This team holds an embargo until 2026-05-30 at most.' },
      { line: '/cve request', outcome: 'not-reached', text: 'An earlier line was refused.' },
    ],
    advice: 'Mend the refused line and send it again with those after it; the others are done.',
  },
  contents: true,
  perishable: true,
  autoSubmitted: 'auto-replied',
  html: false,
});
