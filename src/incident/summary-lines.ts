// The lines of /status about people, work and what was said outside; each only where there is something to say.
import { openRequests } from '#incident/access.ts';
import type { Draft } from '#incident/draft.ts';
import type { Incident } from '#incident/incident.ts';
import { isAsap } from '#incident/pace.ts';
import { heldPart, partWords } from '#incident/part.ts';
import { openSteps } from '#incident/step.ts';
import { actionWords } from '#incident/tell.ts';
import type { Policy } from '#team/policy.ts';

type Zoned = (moment: Date) => string;

/** Who has which part (S1-32, S2-37, S2-98): the commander and the lead where the process has them, standing parts, the fix team. */
export function peopleLines(incident: Incident, { parts }: Policy): string[] {
  const { commander, taken, lead, handoff, fixTeam } = incident;
  const lines: string[] = [];
  if (parts.commander !== 'none' || commander)
    lines.push(`Incident commander: ${commander ?? 'nobody'}${commander && !taken ? ' (on call, not confirmed)' : ''}`);
  if (parts.lead !== 'none' || lead)
    lines.push(`Fix lead: ${lead ?? (heldPart(incident, 'lead') ? partWords(incident, 'lead') : 'nobody')}`);
  for (const [part, { title }] of Object.entries(parts.standing)) lines.push(`${title}: ${partWords(incident, part)}`);
  if (handoff) lines.push(`Offered to ${handoff.to}, no answer yet`);
  if (fixTeam.length > 0) lines.push(`Fix team: ${fixTeam.map(({ person }) => person).join(', ')}`);
  return lines;
}

/** The fix: whether it is ready, the steps of its phase that are open, the requests for access nobody has answered. */
export function workLines(incident: Incident, policy: Policy, zoned: Zoned): string[] {
  const { fixReady, access } = incident;
  const lines: string[] = [];
  if (fixReady) lines.push(`Fix: the ${fixReady.what} is ready since ${zoned(fixReady.at)}, says ${fixReady.by}`);
  const open = stepsNow(incident, policy);
  if (open.length > 0)
    lines.push(
      `Not done${isAsap(incident, policy) ? ', due ASAP' : ''}: ${open.map(({ key, left }) => (left.length > 0 ? `${key} (${left.join(', ')})` : key)).join(', ')}`,
    );
  const requests = openRequests({ access });
  for (const { number, what, person, at } of requests)
    lines.push(`Request ${number}: ${what === 'grant' ? 'access for' : 'removal of'} ${person}, open since ${zoned(at)}`);
  return lines;
}

// The steps of phases to come stand in the plan; here they would bury what is to be done now.
function stepsNow(incident: Incident, policy: Policy) {
  if (incident.closedAt || incident.verdict?.is !== 'accepted') return [];
  if (incident.announcedAt) return openSteps(incident, policy, 'after');
  return [...openSteps(incident, policy, 'fix'), ...(incident.fixReady ? openSteps(incident, policy, 'release') : [])];
}

/** What was said to distributors and the public, what is drafted, and what waits for a confirmation. */
export function disclosureLines(incident: Incident, { zone }: Policy, now: Date, zoned: Zoned): string[] {
  const { headsUp, notice, finalNotice, announcement, announcedAt, updates, cvePublishedAt, reviewedAt, pending } = incident;
  const lines = Object.entries(incident.drafts).map(([kind, draft]) => `Draft ${kind}: ${draftWords(draft)}`);
  if (headsUp) lines.push(`Heads-up: released ${zoned(headsUp.at)}, naming ${zoned(headsUp.publicAt)}`);
  if (notice) lines.push(`Notice: released ${zoned(notice.at)} to ${noticeWords(notice)}`);
  if (finalNotice) lines.push(`Final notice: released ${zoned(finalNotice.at)} to ${counted(finalNotice.distributors.length)}`);
  if (announcement && !announcedAt) lines.push(`Announcement: leaves ${zoned(announcement.at)}`);
  if (announcedAt) lines.push(`Announced: ${zoned(announcedAt)}`);
  for (const { at } of updates) lines.push(`Updated: ${zoned(at)}`);
  if (cvePublishedAt) lines.push(`CVE record: published ${zoned(cvePublishedAt)}`);
  if (reviewedAt) lines.push(`Retrospective: released ${zoned(reviewedAt)}`);
  if (pending && pending.expires > now) lines.push(`Awaits /confirm: ${actionWords(pending.action, zone)}`);
  return lines;
}

function noticeWords({ distributors, unreached, later }: NonNullable<Incident['notice']>): string {
  const missed = unreached.length > 0 ? `; not reached: ${unreached.join(', ')}` : '';
  const waits = later.length > 0 ? `; later, as their own rules say: ${later.map(({ who }) => who).join(', ')}` : '';
  return `${counted(distributors.length - unreached.length)}${missed}${waits}`;
}

function counted(distributors: number): string {
  return `${distributors} distributor${distributors === 1 ? '' : 's'}`;
}

function draftWords({ mark, approvedBy }: Draft): string {
  return approvedBy.length > 0 ? `${mark}, approved by ${approvedBy.join(', ')}` : `${mark}, not approved`;
}
