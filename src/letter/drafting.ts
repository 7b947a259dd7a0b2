// The facts of a draft, from the incident as it stands: notice, announcement, retrospective.
import { titleOf } from '#incident/advisory.ts';
import type { DraftKind, Recorded } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import type { Facts } from '#letter/letter.ts';
import { lookingBack } from '#letter/looking-back.ts';
import type { Policy } from '#team/policy.ts';
import { memberOf, type Roster } from '#team/roster.ts';

/** What a draft is made from. `recorded` is the journal; `contact` the team's address. */
export interface Material {
  readonly incident: Incident;
  readonly recorded: readonly Recorded[];
  readonly policy: Policy;
  readonly roster: Roster;
  readonly contact: string;
  readonly now: Date;
}

/** The facts of a draft of this kind. */
export function draftFacts(kind: DraftKind, material: Material): Facts {
  switch (kind) {
    case 'notice':
      return noticeFacts(material);
    case 'heads-up':
      return headsUpFacts(material);
    case 'announcement':
      return announcementFacts(material);
    case 'retrospective':
      return retrospectiveFacts(material);
    default:
      return kind satisfies never;
  }
}

function noticeFacts({ incident, contact, now }: Material): Facts {
  const { advisory } = incident;
  const attached = incident.patches.length > 0 ? { patches: attachedWords(incident) } : {};
  const written = { ...attached, ...pick(advisory, ['affected', 'fixed', 'mitigation', 'detection', 'patches', 'credit', 'deployment']) };
  const wanted = { affected: 'affected versions', fixed: 'fixed versions', patches: 'patches', mitigation: 'mitigation' } as const;
  return {
    id: incident.id,
    title: titleOf(incident),
    ...(incident.cve.id && { cve: incident.cve.id }),
    ...(incident.severity && { severity: incident.severity.level }),
    ...(incident.severity?.vector && { vector: incident.severity.vector }),
    embargoEnds: (incident.publicAt ?? now).toISOString(),
    impact: advisory.impact ?? '',
    ...written,
    contact,
    toFollow: Object.entries(wanted).flatMap(([field, words]) => (field in written ? [] : [words])),
  };
}

function attachedWords({ patches }: Incident): string {
  return `Attached: ${patches.map(({ names, branch }) => `${names.join(', ')}${branch === undefined ? '' : ` (${branch})`}`).join('; ')}.`;
}

function headsUpFacts(material: Material): Facts {
  const { incident, contact, now } = material;
  const { headsUp, publicAt = now } = incident;
  const mitigation = incident.advisory.mitigation?.trim() ?? '';
  return {
    releaseAt: publicAt.toISOString(),
    ...(mitigation !== '' && mitigation.toLowerCase() !== 'none' && { mitigation }),
    ...(headsUp && headsUp.publicAt.getTime() !== publicAt.getTime() && { instead: headsUp.publicAt.toISOString() }),
    ...signed(material),
    contact,
  };
}

// S4-49: "communicated by the Fix Lead".
function signed({ incident, policy, roster }: Material): { signedBy?: string } {
  const lead = incident.lead ?? incident.commander;
  const name = lead && memberOf(roster, lead)?.name;
  return policy.advisory.signedBy === 'lead' && name ? { signedBy: name } : {};
}

function announcementFacts(material: Material): Facts {
  const { incident, contact, now } = material;
  const { advisory, severity } = incident;
  return {
    title: titleOf(incident),
    ...(incident.cve.id && { cve: incident.cve.id }),
    ...(severity && { severity: severity.level }),
    ...(severity?.score !== undefined && { score: severity.score }),
    ...(severity?.vector && { vector: severity.vector }),
    impact: advisory.impact ?? '',
    affected: advisory.affected ?? '',
    fixed: advisory.fixed ?? '',
    mitigation: advisory.mitigation ?? 'none',
    ...pick(advisory, ['conditions', 'detection', 'details', 'upgrade', 'credit']),
    ...(advisory.references && { references: linesOf(advisory.references) }),
    publishedAt: (incident.announcedAt ?? (incident.publicAt && incident.publicAt > now ? incident.publicAt : now)).toISOString(),
    ...(incident.announcedAt && { updatedAt: now.toISOString() }),
    ...signed(material),
    contact,
  };
}

function retrospectiveFacts(material: Material): Facts {
  const { incident } = material;
  return {
    id: incident.id,
    title: titleOf(incident),
    ...(incident.cve.id && { cve: incident.cve.id }),
    ...lookingBack(material),
    critiques: incident.critiques.map(({ text }) => text),
    ...(incident.advisory.references && { links: linesOf(incident.advisory.references) }),
  };
}

function pick(advisory: Readonly<Record<string, string>>, fields: readonly string[]): Record<string, string> {
  return Object.fromEntries(fields.flatMap((field) => (advisory[field]?.trim() ? [[field, advisory[field]]] : [])));
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
