// The embargo was broken somewhere and goes on all the same: to those who hold the notice (S1-84).
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line, moment } from '#letter/fact.ts';

export const embargoHolds = defineLetter({
  kind: 'embargo-holds',
  audience: 'distributors',
  help: 'Tells distributors that the embargo was broken somewhere and that it is decided to keep it until its date.',
  facts: z.strictObject({ id: line, publicAt: moment.optional() }),
  sample: { id: 'SRC-4F7K2M', publicAt: '2026-03-16T16:00:00.000Z' },
  contents: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
