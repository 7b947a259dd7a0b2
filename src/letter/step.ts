// The time of a step has come: told to those whose it is, at that moment and not before (S1-89).
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { commands, line, moment, prose } from '#letter/fact.ts';

export const step = defineLetter({
  kind: 'step',
  audience: 'any',
  help: 'Tells those who own a step of the process, such as the release managers, that its time has come.',
  facts: z.strictObject({
    id: line,
    title: line,
    what: line,
    lead: line.optional(),
    publicAt: moment.optional(),
    patches: prose.optional(),
    references: prose.optional(),
    /** Other steps that are theirs and open. */
    others: z.array(line),
    commands,
  }),
  sample: {
    id: 'SRC-4F7K2M',
    title: 'Path traversal in the archive importer',
    what: 'Merge the pull requests as quickly as possible; nothing in them may change now',
    lead: 'lead',
    publicAt: '2026-03-10T16:00:00.000Z',
    patches: 'https://example.org/pulls/17',
    others: ['All binaries are built, publicly available and work'],
    commands: [{ line: '/done merge', help: 'it is done' }],
  },
  contents: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
