// A public text for a place that mail does not reach, to be pasted there by a person.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line, prose } from '#letter/fact.ts';

export const paste = defineLetter({
  kind: 'paste',
  audience: 'team',
  help: 'Hands over the approved text for a channel that mail does not reach, to be pasted there now.',
  facts: z.strictObject({
    id: line,
    what: z.enum(['announcement', 'heads-up']).default('announcement'),
    channel: line,
    where: line,
    subject: line,
    text: prose,
  }),
  sample: {
    id: 'SRC-4F7K2M',
    channel: 'chat',
    where: 'https://chat.example.org/announcements',
    subject: '[Security Advisory] CVE-1900-0001: Path traversal in the archive importer',
    text: 'An archive can write outside its target folder.\n\nFixed in 2.3.1.',
  },
  contents: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
