// The facts of a draft, from the incident as it stands: notice, announcement, retrospective.
import { deadlinesOf } from '#incident/deadline.ts';
import type { DraftKind, Recorded } from '#incident/event.ts';
import { evolve, type Incident, incidentOf } from '#incident/incident.ts';
import { tell } from '#incident/tell.ts';
import type { Facts } from '#letter/letter.ts';
import type { Policy } from '#team/policy.ts';
import { memberOf, type Roster } from '#team/roster.ts';
import { between } from '#time.ts';

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
    ...pick(advisory, ['detection', 'details', 'upgrade', 'credit']),
    ...(advisory.references && { references: linesOf(advisory.references) }),
    publishedAt: (incident.announcedAt ?? (incident.publicAt && incident.publicAt > now ? incident.publicAt : now)).toISOString(),
    ...(incident.announcedAt && { updatedAt: now.toISOString() }),
    ...signed(material),
    contact,
  };
}

function retrospectiveFacts({ incident, recorded, policy, roster, now }: Material): Facts {
  return {
    id: incident.id,
    title: titleOf(incident),
    ...(incident.cve.id && { cve: incident.cve.id }),
    people: people(incident, recorded, roster),
    timeline: timeline(incident, recorded, roster),
    late: lateIn(incident, recorded, policy),
    figures: figures(incident, recorded, now),
    critiques: incident.critiques.map(({ text }) => text),
    ...(incident.advisory.references && { links: linesOf(incident.advisory.references) }),
  };
}

// By whose hands a report came names people who did not agree to be named; who was on call says nothing where roles stand for names.
function withoutWay(event: Recorded['event']): Recorded['event'] {
  if (event.type !== 'reported') return event;
  const { via: _, commander: __, ...rest } = event;
  return rest;
}

/** The steps of the process with roles instead of names, each role as it was held at that moment. */
function timeline({ id }: Incident, recorded: readonly Recorded[], roster: Roster): { at: string; text: string }[] {
  const told: { at: string; text: string }[] = [];
  let state: Incident | undefined;
  for (const next of recorded) {
    const before = state;
    state = state ? evolve(state, next) : incidentOf(id, [next]);
    if (!belongs.has(next.event.type)) continue;
    const held = before ?? state;
    const text =
      next.event.type === 'reminded'
        ? `a reminder of "${stepOf(next.event.deadline)}" went out.`
        : tell(withoutWay(next.event), (who) => partOf(who, held, roster));
    told.push({ at: next.at.toISOString(), text: `${text.charAt(0).toUpperCase()}${text.slice(1)}` });
  }
  return told;
}

// Readers of a retrospective want the steps of the process; notes, fields and drafts are the workshop.
const belongs = new Set<Recorded['event']['type']>([
  'reported',
  'taken',
  'handoff-accepted',
  'lead-chosen',
  'accepted',
  'severity-set',
  'cve-requested',
  'cve-assigned',
  'scheduled',
  'fix-ready',
  'heads-up-released',
  'notice-released',
  'final-notice-released',
  'announcement-set',
  'announced',
  'announcement-updated',
  'cancelled',
  'reminded',
]);

function people(incident: Incident, recorded: readonly Recorded[], roster: Roster): { role: string; name: string }[] {
  const name = (who: string) => memberOf(roster, who)?.name ?? who;
  const found: { role: string; name: string }[] = [];
  if (incident.commander) found.push({ role: 'incident commander', name: name(incident.commander) });
  if (incident.lead) found.push({ role: 'fix lead', name: name(incident.lead) });
  const named = new Set([incident.commander, incident.lead]);
  const others = recorded.flatMap(({ event }) => ('by' in event && memberOf(roster, event.by) && !named.has(event.by) ? [event.by] : []));
  for (const who of new Set(others)) found.push({ role: roleOf(who, roster) ?? 'member', name: name(who) });
  if (incident.advisory.credit) found.push({ role: 'thanks', name: incident.advisory.credit.split('\n')[0] ?? '' });
  return found;
}

/** A deadline in a word for readers outside, without whom it is about. */
function stepOf(key: string): string {
  const [kind = '', name] = key.split(':');
  return kind === 'step' && name !== undefined ? name : kind;
}

/** What somebody of the roster is to the team, in words. */
function roleOf(who: string, roster: Roster): string | undefined {
  const roles = memberOf(roster, who)?.roles;
  if (!roles) return undefined;
  return roles.includes('member')
    ? 'member'
    : roles.includes('release-manager')
      ? 'release manager'
      : roles.includes('associate')
        ? 'associate'
        : 'fix team';
}

/** Roles instead of names in the timeline: a look back is about the process (S1-100). */
function partOf(who: string, incident: Incident | undefined, roster: Roster): string {
  if (who === 'embargod') return 'the service';
  if (who === 'reporter') return 'the reporter';
  if (who === incident?.commander) return 'the incident commander';
  if (who === incident?.lead) return 'the fix lead';
  const role = roleOf(who, roster);
  return role === undefined ? 'somebody outside' : role === 'fix team' ? 'the fix team' : `${role === 'associate' ? 'an' : 'a'} ${role}`;
}

/** What came later than the policy's spans, found by walking the journal with the deadlines that held at each step. */
function lateIn(incident: Incident, recorded: readonly Recorded[], policy: Policy): string[] {
  const late = new Map<string, string>();
  const [first, ...rest] = recorded;
  let state = first && incidentOf(incident.id, [first]);
  for (const next of rest) {
    if (!state) break;
    const held = deadlinesOf(state, policy);
    state = evolve(state, next);
    const still = new Map(deadlinesOf(state, policy).map((deadline) => [deadline.key, deadline.dueAt.getTime()]));
    for (const { key, dueAt, acts } of held) {
      const met = still.get(key) !== dueAt.getTime();
      if (!acts && met && next.at > dueAt) late.set(key, `"${stepOf(key)}" came ${between(dueAt, next.at)} after its date.`);
    }
  }
  return [...late.values()];
}

function figures(incident: Incident, recorded: readonly Recorded[], now: Date): { name: string; value: string }[] {
  const found: { name: string; value: string }[] = [];
  const answer = recorded.find(({ event }) => event.type === 'replied' || event.type === 'accepted' || event.type === 'declined');
  if (answer) found.push({ name: 'from report to first answer of a person', value: between(incident.openedAt, answer.at) });
  if (incident.verdict) found.push({ name: 'from report to verdict', value: between(incident.openedAt, incident.verdict.at) });
  if (incident.notice && incident.announcedAt)
    found.push({ name: 'notice to distributors before publication', value: between(incident.notice.at, incident.announcedAt) });
  found.push({ name: 'from report to publication', value: between(incident.openedAt, incident.announcedAt ?? now) });
  return found;
}

function titleOf(incident: Incident): string {
  return incident.advisory.title ?? incident.title;
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
