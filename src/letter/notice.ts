// The embargoed notice to the private distributors.
import { z } from 'zod';
import { levels } from '#incident/severity.ts';
import { defineLetter } from '#letter/define.ts';
import { line, moment, prose } from '#letter/fact.ts';

export const notice = defineLetter({
  kind: 'notice',
  audience: 'distributors',
  help: 'Tells the private distributors of an issue under embargo: until when, what they may do, whom to ask.',
  facts: z.strictObject({
    id: line,
    title: line,
    cve: line.optional(),
    severity: z.enum(levels).optional(),
    vector: line.optional(),
    embargoEnds: moment,
    impact: prose,
    affected: prose.optional(),
    fixed: prose.optional(),
    mitigation: prose.optional(),
    detection: prose.optional(),
    patches: prose.optional(),
    credit: prose.optional(),
    /** Whether and where patches may be deployed during the embargo, in the team's words; absent: nowhere. */
    deployment: prose.optional(),
    contact: line,
    toFollow: z.array(line),
  }),
  sample: {
    id: 'SRC-4F7K2M',
    title: 'Path traversal in the archive importer',
    cve: 'CVE-1900-0001',
    severity: 'high',
    vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:H/A:N',
    embargoEnds: '2026-03-10T16:00:00.000Z',
    impact: 'Whoever supplies an archive can write files outside the target folder.',
    affected: '2.0.0 to 2.3.0',
    fixed: '2.3.1',
    mitigation: 'Import archives from trusted sources only.',
    patches: 'attached: 0001_v2.3.patch',
    credit: 'Robin Reporter',
    contact: 'security@example.org',
    toFollow: ['how to detect exploitation'],
  },
  contents: true,
  autoSubmitted: 'no',
  html: false,
});
