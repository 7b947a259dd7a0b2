// Exactly what would leave, to whom and when, before it is confirmed.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line, moment, prose } from '#letter/fact.ts';

export const preview = defineLetter({
  kind: 'preview',
  audience: 'team',
  help: 'Shows exactly what would go to whom and when, and asks for the confirmation; each reader who may give it has a code of their own.',
  facts: z.strictObject({
    id: line,
    action: z.enum(['notify', 'heads-up', 'announce', 'update', 'retrospective']),
    /** The reader's own; absent for whoever may not confirm. */
    code: line.optional(),
    /** Whether the answer must be signed. */
    signed: z.boolean().default(true),
    subject: line,
    text: prose,
    recipients: z.array(z.strictObject({ name: line, address: line, sealed: line })),
    unreachable: z.array(z.strictObject({ name: line, why: line })),
    at: moment.optional(),
    by: line,
    expires: moment,
    second: z.boolean(),
    warnings: z.array(line),
    /** Names of the files that go along. */
    files: z.array(line).default([]),
  }),
  sample: {
    id: 'SRC-4F7K2M',
    action: 'notify',
    code: '7QK4',
    subject: '[EMBARGOED until 2026-03-10 16:00 UTC] CVE-1900-0001: Path traversal in the archive importer',
    text: 'EMBARGOED until 2026-03-10 16:00 UTC.\n\nAn archive can write outside its target folder.',
    recipients: [{ name: 'Distribution One', address: 'security@one.example.net', sealed: 'encrypted to AAAA 1111' }],
    unreachable: [{ name: 'Distribution Two', why: 'its key expired on 2026-02-01' }],
    by: 'lead',
    expires: '2026-03-03T09:30:00.000Z',
    second: true,
    warnings: ['The notice leaves 5 days before the public date; the policy asks for 7.'],
  },
  contents: true,
  perishable: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
