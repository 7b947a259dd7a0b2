// What we will say: the fields of an advisory that people write with /set. Severity, CVE id and dates come from the incident itself.
import { hasDecided } from '#incident/course.ts';
import type { DraftKind } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import type { Policy } from '#team/policy.ts';

/** The fields and what belongs into each. */
export const advisoryFields = {
  title: 'one line that names the flaw without its exploit',
  impact: 'what an attacker can do, and who is affected',
  conditions: 'how to tell whether one is affected, beyond the version',
  affected: 'affected versions',
  fixed: 'fixed versions',
  mitigation: 'what to do before upgrading, or "none"',
  detection: 'how to tell whether it was exploited',
  details: 'more details',
  patches: 'patches or links to them, for distributors',
  deployment: 'whether patches may be deployed during the embargo',
  upgrade: 'how to upgrade, where the binaries are',
  credit: 'who is to be thanked',
  references: 'links, one a line',
  latest: 'the latest release of each branch, one a line: the next one is proposed',
} as const;

export type AdvisoryField = keyof typeof advisoryFields;

/** Whether the advisory has a field of this name. */
export function isAdvisoryField(name: string): name is AdvisoryField {
  return Object.hasOwn(advisoryFields, name);
}

/** What people call an incident: the title of its advisory; before there is one, the subject of its report. */
export function titleOf({ advisory, title }: Pick<Incident, 'advisory' | 'title'>): string {
  return advisory.title ?? title;
}

/** What of `required` is not known yet: fields of the advisory, or `severity` and `cve`, which the incident itself has. */
export function missingFields(incident: Incident, required: readonly string[]): string[] {
  return required.filter((field) => {
    if (field === 'severity') return !incident.severity;
    if (field === 'cve') return !incident.cve.id;
    return !incident.advisory[field]?.trim();
  });
}

/** The fields that a draft cannot do without; where disclosing before there is a fix was decided, its versions come later (S1-71). */
export function requiredFields(kind: DraftKind, incident: Incident, { advisory, headsUp }: Policy): readonly string[] {
  if (kind === 'retrospective') return [];
  if (kind === 'heads-up') return headsUp?.fields ?? [];
  const early = kind === 'announcement' && hasDecided(incident, 'early') && !incident.fixReady;
  return advisory[kind].filter((field) => !early || (field !== 'fixed' && field !== 'upgrade'));
}
