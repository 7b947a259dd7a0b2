// What the public word before the fix must never say: what the flaw is, its id, its rating, or a patch (S4-24).
import type { Incident } from '#incident/incident.ts';

/** Shorter texts ("none", "2.3.1") stand in any mail by chance. */
const shortest = 12;
const secret = ['title', 'impact', 'affected', 'fixed', 'detection', 'details', 'patches', 'references'] as const;

/**
 * What a text would give away of an incident, as words for a person: fields of the advisory that stand in it, the CVE id, the vector, a patch.
 * White space and case do not hide them. Empty: it gives nothing away that a rule can find; people read it all the same.
 */
export function revealed(
  { advisory, cve, severity, title }: Pick<Incident, 'advisory' | 'cve' | 'severity' | 'title'>,
  text: string,
): string[] {
  const said = plain(text);
  const found: string[] = [];
  for (const field of secret) {
    const lines = (advisory[field] ?? '').split('\n').map(plain);
    if (lines.some((line) => line.length >= shortest && said.includes(line))) found.push(`the ${field}`);
  }
  if (plain(title).length >= shortest && said.includes(plain(title)) && !found.includes('the title'))
    found.push('the subject of the report');
  if (/\bcve-\d{4}-\d{4,19}\b/i.test(text) || (cve.id && said.includes(plain(cve.id)))) found.push('a CVE id');
  if (/\bCVSS:\d|\bAV:[NALP]\/AC:[LH]/i.test(text) || (severity?.vector && said.includes(plain(severity.vector))))
    found.push('a CVSS vector');
  if (/^(?:diff --git |@@ -\d|\+\+\+ |--- a\/|Index: )/m.test(text)) found.push('a patch');
  return found;
}

function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}
