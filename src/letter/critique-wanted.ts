// After the release: asks everybody who took part what went well and what did not.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { commands, line, moment } from '#letter/fact.ts';

export const critiqueWanted = defineLetter({
  kind: 'critique-wanted',
  audience: 'team',
  help: 'Asks those who took part for their critique, for the retrospective.',
  facts: z.strictObject({ id: line, releasedAt: moment, by: moment.optional(), commands }),
  sample: {
    id: 'SRC-4F7K2M',
    releasedAt: '2026-03-10T16:00:00.000Z',
    by: '2026-03-13T16:00:00.000Z',
    commands: [{ line: '/critique', help: 'The lines after it, up to /end, go into the retrospective.' }],
  },
  contents: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
