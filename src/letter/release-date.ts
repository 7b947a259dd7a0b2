// A release is planned, moved or open again: told to the release managers whose hands it takes, without a word of what it is about.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line, moment } from '#letter/fact.ts';

export const releaseDate = defineLetter({
  kind: 'release-date',
  audience: 'release-managers',
  help: 'Tells release managers when a release is planned that has steps of theirs, and when that moves, with a calendar file. Not what it is about.',
  // The reason for a date may speak of the issue, so it is no fact of this letter; the steps are the words of the policy.
  facts: z.strictObject({
    id: line,
    publicAt: moment.optional(),
    /** What it was before. */
    was: moment.optional(),
    steps: z.array(line),
  }),
  sample: {
    id: 'SRC-4F7K2M',
    publicAt: '2026-03-12T16:00:00.000Z',
    was: '2026-03-10T16:00:00.000Z',
    steps: ['Merge the pull requests as quickly as possible', 'All binaries are built, publicly available and work'],
  },
  contents: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
