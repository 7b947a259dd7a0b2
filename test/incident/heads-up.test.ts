// What a heads-up must not give away.
import { expect, test } from 'vitest';
import { revealed } from '#incident/heads-up.ts';
import { cve, field, incident } from '#test/situation.ts';

const known = incident(
  cve,
  field('title', 'Path traversal in the importer'),
  field('impact', 'Whoever supplies an archive can write outside the target folder.'),
  field('fixed', '2.3.1'),
  field('patches', 'https://example.org/private/17'),
  field('mitigation', 'Import archives from trusted sources only.'),
  { type: 'severity-set', by: 'lead', level: 'high', vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:H/A:N', score: 7.5 },
);

test.each([
  ['the title, whatever its case and line breaks', 'We fix a path\n traversal in THE importer.', ['the title']],
  ['the impact', 'Whoever supplies an archive can write outside the target folder.', ['the impact']],
  ['an id, ours or another', 'See CVE-1900-0001 and cve-1900-4444.', ['a CVE id']],
  ['the vector', 'It is AV:N/AC:L/PR:N.', ['a CVSS vector']],
  ['a patch', 'diff --git a/x b/x', ['a patch']],
  ['the patches, by their link', 'Look at https://example.org/private/17', ['the patches']],
])('threat: it finds %s (S4-24)', (_, text, found) => {
  expect(revealed(known, text)).toEqual(found);
});

test('the date, the mitigation and short words that stand in any mail give nothing away (S4-25)', () => {
  expect(revealed(known, 'On 2026-03-16 at 16:00 UTC. Import archives from trusted sources only. Not 2.3.1.')).toEqual([]);
});
