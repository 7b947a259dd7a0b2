// The disclosure plan of an incident: every mail to the outside that left or is to come, to whom, when, and what is missing for it (S1-72).
import { requestLacks } from '#incident/cve.ts';
import { deadlinesOf } from '#incident/deadline.ts';
import type { Incident } from '#incident/incident.ts';
import { isAsap } from '#incident/pace.ts';
import { beforeRelease } from '#incident/plan-release.ts';
import { hurried, named, type Planned, sent, toCome } from '#incident/planned.ts';
import { isOpen } from '#incident/stage.ts';
import type { Policy } from '#team/policy.ts';
import type { Roster } from '#team/roster.ts';
import { after } from '#time.ts';

/** The plan as it stands at `now`: what was sent in the order of its moments, then what is to come; what has no date yet comes last. */
export function planOf(incident: Incident, policy: Policy, roster: Roster, now: Date): Planned[] {
  const upToRelease = [
    ...ofReporter(incident, policy, now),
    ...ofFixTeam(incident, policy),
    ...ofCve(incident, policy, roster),
    ...beforeRelease(incident, policy, roster, now),
  ];
  const all = [...(isAsap(incident, policy) ? upToRelease.map(hurried) : upToRelease), ...afterwards(incident, policy, roster)];
  const left = all.filter(({ state }) => state === 'sent');
  const open = isOpen(incident) ? all.filter(({ state }) => state === 'to come') : [];
  return [...left.sort(byMoment), ...open.sort(byMoment)];
}

// Stable, so that what has the same moment, or none, keeps the order of the process.
function byMoment(one: Planned, other: Planned): number {
  return (one.at?.getTime() ?? farAway) - (other.at?.getTime() ?? farAway);
}

const farAway = 8.64e15;

/** Something that a deadline of the incident asks for, with its date. */
function dueAt(key: string, incident: Incident, policy: Policy): Date | undefined {
  return deadlinesOf(incident, policy).find((deadline) => deadline.key === key)?.dueAt;
}

function ofReporter(incident: Incident, policy: Policy, now: Date): Planned[] {
  const { reporter, verdict, answeredAt } = incident;
  const triage = dueAt('triage', incident, policy);
  if (!reporter)
    return verdict ? [] : [toCome('verdict', 'the reporter', 'by', triage, ['nobody knows the reporter (/reporter <address>)'])];
  const to = `the reporter (${reporter.address})`;
  const found: Planned[] = [];
  if (verdict && verdict.is !== 'spam') found.push(sent(`verdict: ${verdict.is}`, to, verdict.at));
  if (answeredAt && answeredAt.getTime() !== verdict?.at.getTime()) found.push(sent('last answer', to, answeredAt));
  if (!verdict) found.push(toCome('verdict', to, 'by', triage, ['/accept or /decline']));
  const update = dueAt('update', incident, policy);
  if (update && verdict) found.push(toCome('word on how it goes', to, 'by', update, update < now ? ['/reply'] : []));
  return found;
}

function ofFixTeam(incident: Incident, policy: Policy): Planned[] {
  const { fixTeam, verdict } = incident;
  const joined = new Map<number, string[]>();
  for (const { person, since } of fixTeam) joined.set(since.getTime(), [...(joined.get(since.getTime()) ?? []), person]);
  const left = [...joined].map(([at, people]) => sent('invitation', named('person', people), new Date(at)));
  const due = dueAt('fix-team', incident, policy);
  if (verdict?.is !== 'accepted' || !due) return left;
  return [...left, toCome('invitation', 'the fix team', 'by', due, ['nobody is invited (/fix-team)'])];
}

function ofCve(incident: Incident, policy: Policy, roster: Roster): Planned[] {
  const { cve, verdict } = incident;
  const to = roster.cna ? `the CNA (${roster.cna.name})` : 'the CNA';
  // Where an id came by other means nobody was written to, and the journal's state cannot tell: /who-knows can.
  if (cve.state === 'requested') return cve.at ? [sent('CVE request', to, cve.at)] : [];
  if (cve.state !== 'none' || verdict?.is !== 'accepted' || !policy.cve.every) return [];
  const lacking = requestLacks(incident, policy.cve.fields);
  const missing = [...(roster.cna ? [] : ['the roster names no CNA']), ...(lacking.length > 0 ? [`fields: ${lacking.join(', ')}`] : [])];
  return [toCome('CVE request', to, 'by', dueAt('cve-request', incident, policy), missing)];
}

function afterwards(incident: Incident, policy: Policy, roster: Roster): Planned[] {
  const { announcedAt, publicAt, reviewedAt, verdict, updates } = incident;
  if (verdict && verdict.is !== 'accepted') return [];
  const lists = roster.retrospective.length > 0 ? ` and ${named('channel', roster.retrospective)}` : '';
  const to = `the team${lists}`;
  const said = updates.map(({ at }) => sent('update of the announcement', 'the same channels', at));
  if (reviewedAt) return [...said, sent('retrospective', to, reviewedAt)];
  const due = announcedAt ? dueAt('retrospective', incident, policy) : undefined;
  const guess = publicAt && !announcedAt ? after(publicAt, policy.spans.retrospectiveFrom) : undefined;
  const draft = incident.drafts.retrospective;
  const missing = draft ? (draft.approvedBy.length > 0 ? [] : ['not approved']) : ['no draft (/retrospective)'];
  return [...said, toCome('retrospective', to, 'by', due ?? guess, announcedAt ? missing : [])];
}
