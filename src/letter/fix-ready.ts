// Tells the fix lead that the fix is ready, or that it is not after all (S2-64).
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { commands, line } from '#letter/fact.ts';

export const fixReady = defineLetter({
  kind: 'fix-ready',
  audience: 'team',
  help: 'Tells the fix lead that the fix or a mitigation is ready, or that it is not after all, and what is still open.',
  facts: z.strictObject({
    id: line,
    by: line,
    what: z.enum(['fix', 'mitigation']),
    ready: z.boolean(),
    because: line.optional(),
    open: z.array(line),
    commands,
  }),
  sample: {
    id: 'SRC-4F7K2M',
    by: 'engineer',
    what: 'fix',
    ready: true,
    because: 'the second review comes with the cherry-pick',
    open: ['All commits of the fix have an LGTM of an owner'],
    commands: [{ line: '/schedule', help: 'the public date; alone it proposes one' }],
  },
  contents: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
