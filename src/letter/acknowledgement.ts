// The first answer to a report: it is here, what happens next, how to write encrypted. Repeats nothing of the report.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line, moment, prose } from '#letter/fact.ts';

export const acknowledgement = defineLetter({
  kind: 'acknowledgement',
  audience: 'reporter',
  help: 'Tells the reporter that the report is here, what happens next and by when, and how to add to it.',
  facts: z.strictObject({
    id: line,
    nextSteps: prose,
    triageBy: moment,
    link: line.optional(),
    fingerprint: line,
    acceptsEncryption: z.boolean().default(true),
  }),
  sample: {
    id: 'SRC-4F7K2M',
    nextSteps: 'If it is a security issue, we agree with you on a day of publication and credit you if you like.',
    triageBy: '2026-03-04T09:30:00.000Z',
    link: 'https://example.org/security',
    fingerprint: 'AAAA 1111 BBBB 2222 CCCC  3333 DDDD 4444 EEEE 5555',
    acceptsEncryption: true,
  },
  contents: false,
  attachTeamKey: true,
  autoSubmitted: 'auto-replied',
  html: false,
});
