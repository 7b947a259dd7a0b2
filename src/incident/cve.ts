// CVE ids of an incident: what a request needs, which id an answer of the authority gives, what speaks against leaving one behind.
import { missingFields } from '#incident/advisory.ts';
import type { Incident } from '#incident/incident.ts';
import type { Policy } from '#team/policy.ts';
import { day, shown } from '#time.ts';

/** What speaks against a request now: a field that it cannot do without (S4-33), a day that is not the policy's (S4-32). */
export function requestAdvice(incident: Incident, policy: Pick<Policy, 'cve' | 'zone'>, now: Date): string[] {
  const { cve } = policy;
  const missing = requestLacks(incident, cve.fields);
  const lines = missing.map((field) => (field === 'cvss' || field === 'severity' ? '/severity <vector>' : `/set ${field} <text>`));
  const found = missing.length > 0 ? [`Still missing: ${missing.join(', ')}. ${lines.join(', ')}.`] : [];
  return [...found, ...tooEarly(incident, policy, now)];
}

/** The fields of a request that nobody has written yet. */
export function requestLacks(incident: Incident, fields: readonly string[]): string[] {
  return fields.filter((field) =>
    field === 'cvss' ? incident.severity?.vector === undefined : missingFields(incident, [field]).length > 0,
  );
}

function tooEarly({ publicAt, announcedAt }: Incident, { cve, zone }: Pick<Policy, 'cve' | 'zone'>, now: Date): string[] {
  if (cve.when !== 'release' || announcedAt) return [];
  if (!publicAt) return ['This team asks for an id on the day of release, and no day is set yet.'];
  return day(now) < day(publicAt) ? [`This team asks for an id on the day of release, ${shown(publicAt, zone)}.`] : [];
}

/** The well-formed CVE ids in a text, each once, in capitals, in their order. */
export function cveIdsIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\bCVE-\d{4}-\d{4,19}\b/gi)].map(([id]) => id.toUpperCase()))];
}

/** Another incident that has an id: one id names one vulnerability. */
export function usedBy(id: string, incident: Pick<Incident, 'id'>, others: readonly Incident[]): Incident | undefined {
  return others.find((other) => other.id !== incident.id && other.cve.id === id);
}

/** What speaks against closing: an id that nobody will use, an answer still awaited, or a request that every incident needs (S4-34). */
export function cveAdvice({ cve, verdict, announcedAt }: Incident, policy: Pick<Policy, 'cve'>): string[] {
  if (!announcedAt && cve.state === 'assigned') return [`${cve.id} would not be used: /cve reject because <reason> tells the CNA.`];
  if (!announcedAt && cve.state === 'requested') return ['A CVE id is still requested: /cve reject because <reason> tells the CNA.'];
  if (policy.cve.every && verdict?.is === 'accepted' && cve.state === 'none') return ['No CVE id was requested: /cve request.'];
  return [];
}
