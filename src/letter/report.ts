// A new report, whole, to the team that must triage it.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { commands, foreign, line, moment } from '#letter/fact.ts';

export const report = defineLetter({
  kind: 'report',
  audience: 'team',
  help: 'Brings a new report to the team, with what is known of its sender and what can be done now.',
  facts: z.strictObject({
    id: line,
    title: line,
    from: z.strictObject({ name: line, address: line }),
    via: line.optional(),
    proof: z.enum(['none', 'domain', 'signed']),
    origin: line,
    signature: line,
    encrypted: z.boolean(),
    text: foreign,
    attachments: z.array(line),
    commander: line.optional(),
    commands,
    triageBy: moment,
    question: line.optional(),
    /** What a rule of the policy makes of it, and what the report says by which it may be public: for people to judge. */
    noise: line.optional(),
    exposed: line.optional(),
    similar: z.array(z.strictObject({ id: line, title: line.optional(), stage: line, why: line })).optional(),
  }),
  sample: {
    id: 'SRC-4F7K2M',
    title: 'Path traversal in the archive importer',
    from: { name: 'Robin Reporter', address: 'reporter@example.net' },
    proof: 'domain',
    origin: 'mx.example.org; dmarc=pass header.from=example.net',
    signature: 'The mail is not signed.',
    encrypted: true,
    text: 'Hello,\n\nan archive with .. in its names writes outside the target folder.\nProof of concept attached.',
    attachments: ['poc.tar (12 KB)'],
    commander: 'lead',
    commands: [
      { line: '/accept', help: 'It is a security issue; the clock of the policy starts.' },
      { line: '/decline <class> [text]', help: 'It is none; the reporter gets the text of the class or yours.' },
      { line: '/ask', help: 'Asks the reporter: the lines after it, up to /end.' },
    ],
    triageBy: '2026-03-04T09:30:00.000Z',
    noise: 'it looks like "mail-records" (spf, dmarc). If it is that: /decline out-of-scope',
    exposed: 'it says "already public". If it is: /public',
    similar: [
      { id: 'SRC-9Q1Z0X', title: 'Archive importer follows links', stage: 'fixing', why: 'words of both titles: archive, importer' },
    ],
  },
  contents: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
