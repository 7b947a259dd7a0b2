// Where an incident stands, in lines: the answer to /status and the body of a hand-off.
import { deadlinesOf } from '#incident/deadline.ts';
import type { Draft, Incident } from '#incident/incident.ts';
import { stageOf } from '#incident/stage.ts';
import { actionWords } from '#incident/tell.ts';
import type { Policy } from '#team/policy.ts';
import { between, shown } from '#time.ts';

/** The incident in about a dozen lines; moments in UTC and the team's zone, what is late said first among the dates. */
export function summary(incident: Incident, policy: Policy, now: Date): string {
  const { zone } = policy;
  const lines = [
    `${incident.id}: ${incident.advisory.title ?? incident.title}`,
    `Stage: ${stageOf(incident)}, open for ${between(incident.openedAt, now)}`,
    `Incident commander: ${incident.commander ?? 'nobody'}${incident.commander && !incident.taken ? ' (on call, not confirmed)' : ''}`,
    `Fix lead: ${incident.lead ?? 'nobody'}`,
    `Severity: ${severityWords(incident)}`,
    `CVE: ${incident.cve.id ?? incident.cve.state}`,
    `Public date: ${incident.publicAt ? shown(incident.publicAt, zone) : 'not set'}`,
  ];
  if (incident.handoff) lines.push(`Offered to ${incident.handoff.to}, no answer yet`);
  for (const [kind, draft] of Object.entries(incident.drafts)) lines.push(`Draft ${kind}: ${draftWords(draft)}`);
  if (incident.notice)
    lines.push(
      `Notice: released ${shown(incident.notice.at, zone)} to ${incident.notice.distributors.length - incident.notice.unreached.length} distributors${incident.notice.unreached.length > 0 ? `; not reached: ${incident.notice.unreached.join(', ')}` : ''}`,
    );
  if (incident.announcement && !incident.announcedAt) lines.push(`Announcement: leaves ${shown(incident.announcement.at, zone)}`);
  if (incident.announcedAt) lines.push(`Announced: ${shown(incident.announcedAt, zone)}`);
  if (incident.pending && incident.pending.expires > now) lines.push(`Awaits /confirm: ${actionWords(incident.pending.action)}`);
  const due = deadlinesOf(incident, policy).sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  for (const deadline of due) {
    const late = deadline.dueAt < now ? `LATE by ${between(deadline.dueAt, now)}` : `in ${between(now, deadline.dueAt)}`;
    lines.push(`Due ${shown(deadline.dueAt, zone)} (${late}): ${deadline.what}`);
  }
  return lines.join('\n');
}

/** The severity in words: "high (CVSS 8.1)". */
export function severityWords({ severity }: Incident): string {
  if (!severity) return 'not rated';
  const score = severity.score === undefined ? '' : ` (CVSS ${severity.score.toFixed(1)}, ${severity.vector})`;
  return `${severity.level}${score}${severity.because ? ` because ${severity.because}` : ''}`;
}

function draftWords({ mark, approvedBy }: Draft): string {
  return approvedBy.length > 0 ? `${mark}, approved by ${approvedBy.join(', ')}` : `${mark}, not approved`;
}
