// A draft to be read and approved by the team.
import { z } from 'zod';
import { draftKinds } from '#incident/action.ts';
import { defineLetter } from '#letter/define.ts';
import { commands, line, prose } from '#letter/fact.ts';

export const review = defineLetter({
  kind: 'review',
  audience: 'team',
  help: 'Shows a new draft to the team: its text, what is still missing, how to approve or change it.',
  facts: z.strictObject({
    id: line,
    kind: z.enum(draftKinds),
    mark: line,
    subject: line,
    text: prose,
    missing: z.array(line),
    /** Names of the files that go along. */
    files: z.array(line).default([]),
    /** Why it is drafted although something is missing. */
    because: line.optional(),
    by: line,
    /** Who has the part that drafts belong to (S2-30). */
    reader: line.optional(),
    commands,
  }),
  sample: {
    id: 'SRC-4F7K2M',
    kind: 'announcement',
    mark: 'a1b2c3',
    subject: '[Security Advisory] CVE-1900-0001: Path traversal in the archive importer',
    text: 'An archive can write outside its target folder.\n\nFixed in 2.3.1.',
    missing: ['mitigation'],
    by: 'lead',
    commands: [
      { line: '/approve a1b2c3', help: 'Approves exactly this text.' },
      { line: '/set <field> <text>', help: 'Changes a field; a new draft follows.' },
    ],
  },
  contents: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
