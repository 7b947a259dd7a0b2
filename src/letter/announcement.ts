// The public announcement: what everybody needs to know to be safe again.
import { z } from 'zod';
import { levels } from '#incident/severity.ts';
import { defineLetter } from '#letter/define.ts';
import { line, moment, prose } from '#letter/fact.ts';

export const announcement = defineLetter({
  kind: 'announcement',
  audience: 'public',
  help: 'Announces an issue and its fix to everybody.',
  facts: z.strictObject({
    id: line.optional(),
    title: line,
    cve: line.optional(),
    severity: z.enum(levels).optional(),
    score: z.number().min(0).max(10).optional(),
    vector: line.optional(),
    impact: prose,
    /** Who is vulnerable, beyond running an affected version. */
    conditions: prose.optional(),
    affected: prose,
    fixed: prose,
    mitigation: prose,
    detection: prose.optional(),
    details: prose.optional(),
    upgrade: prose.optional(),
    credit: prose.optional(),
    references: z.array(line).optional(),
    publishedAt: moment,
    /** It adds to what was announced before. */
    updatedAt: moment.optional(),
    signedBy: line.optional(),
    contact: line,
  }),
  sample: {
    title: 'Path traversal in the archive importer',
    cve: 'CVE-1900-0001',
    severity: 'high',
    score: 7.5,
    vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:H/A:N',
    impact: 'Whoever supplies an archive to the importer can write files outside the target folder, with the rights of the importer.',
    conditions: 'You are vulnerable if you import archives that others supply.',
    affected: '2.0.0 to 2.3.0\n1.9.0 to 1.9.7',
    fixed: '2.3.1\n1.9.8',
    mitigation: 'Import archives from trusted sources only, or run the importer in a folder of its own with no rights elsewhere.',
    detection: 'Look in the log of the importer for names that contain "..":\n\ngrep -F "../" /var/log/importer.log',
    details: 'The importer joined names from the archive to the target folder without checking them.',
    upgrade: 'Follow the usual upgrade path; no configuration changes.',
    credit: 'Reported by Robin Reporter. Fixed by lead and second of the example project.',
    references: ['https://example.org/advisories/CVE-1900-0001', 'https://example.org/releases/2.3.1'],
    publishedAt: '2026-03-10T16:00:00.000Z',
    contact: 'security@example.org',
  },
  contents: true,
  autoSubmitted: 'no',
  html: true,
});
