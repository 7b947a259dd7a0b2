// What is due after the announcement, and when nobody says anything: the retrospective, access taken back, the CVE record, the close.
import { neverAskedToLeave, withoutRemoval } from '#incident/access.ts';
import type { Deadline } from '#incident/deadline.ts';
import { due } from '#incident/due-course.ts';
import type { Incident } from '#incident/incident.ts';
import { openSteps, stillToDo } from '#incident/step.ts';
import { lapsed } from '#team/calendar.ts';
import type { Policy } from '#team/policy.ts';
import { after, type Lapse, spanInWords } from '#time.ts';

/** The deadlines after disclosure, and of silence. */
export function laterDeadlines(incident: Incident, policy: Policy): Deadline[] {
  const { announcedAt } = incident;
  return [
    ...(announcedAt ? afterAnnouncement(incident, announcedAt, policy) : []),
    ...ofUnusedId(incident),
    ...ofSilence(incident, policy),
  ];
}

function afterAnnouncement(incident: Incident, announcedAt: Date, policy: Policy): Deadline[] {
  const { spans, fixTeam } = policy;
  const owner = [incident.lead ?? incident.commander];
  const found: Deadline[] = [];
  if (!incident.reviewedAt && spans.retrospectiveBy) {
    const at = lapsed(announcedAt, spans.retrospectiveBy, policy);
    found.push({
      ...due('retrospective', at, owner, 'The retrospective is due.', ['/retrospective', '/critique']),
      ringsAt: after(announcedAt, spans.retrospectiveFrom),
    });
  }
  // S2-69l, S4-38: on the day of release it is asked for without anybody's doing; what was refused needs a person.
  const toAsk = fixTeam.removal === 'release' ? neverAskedToLeave(incident) : [];
  const held = fixTeam.removal === 'none' ? [] : [...new Set([...withoutRemoval(incident), ...toAsk])];
  if (held.length > 0) {
    const at = fixTeam.removal === 'release' ? announcedAt : lapsed(announcedAt, spans.retrospectiveBy ?? spans.quiet, policy);
    const what = `Access to the private repository is still held by: ${held.join(', ')}.`;
    found.push({ ...due('removal', at, owner, what, ['/access remove all']), ...(toAsk.length > 0 && { acts: true as const }) });
  }
  if (incident.cve.state === 'assigned' && !incident.cvePublishedAt)
    found.push(
      due('cve-record', after(announcedAt, spans.cveRecord), owner, `The record of ${incident.cve.id} must be published.`, [
        '/cve published',
      ]),
    );
  for (const { key, what, lines, at } of openSteps(incident, policy, 'after'))
    found.push({ ...due(`step:${key}`, at, owner, stillToDo(what), lines), ringsAt: announcedAt });
  return found;
}

// An id that nobody will use must be rejected with the authority, or it hangs for years.
function ofUnusedId({ verdict, cve, lead, commander }: Incident): Deadline[] {
  if (verdict?.is !== 'declined' || cve.state === 'none' || cve.state === 'rejected') return [];
  const what = `The report is declined, and ${cve.id ?? 'a CVE id'} is still ${cve.state}.`;
  return [due('cve-unused', verdict.at, [lead ?? commander], what, ['/cve reject because <reason>'])];
}

function ofSilence(incident: Incident, policy: Policy): Deadline[] {
  const { spans } = policy;
  const { commander, reviewedAt, announcedAt, publicAt, severity, verdict } = incident;
  if (reviewedAt)
    return [
      due('close', lapsed(reviewedAt, spans.quiet, policy), [commander], 'Everything is done; the incident is still open.', ['/close']),
    ];
  // Another date keeps these in sight; without one nobody must forget an open incident (C7).
  const hasDate = announcedAt ? spans.retrospectiveBy !== undefined : publicAt !== undefined && verdict?.is !== 'declined';
  if (hasDate) return [];
  const level = severity?.level;
  const quiet: Lapse = (level && level !== 'none' ? spans.quietBySeverity[level] : undefined) ?? spans.quiet;
  return [
    due(
      'quiet',
      lapsed(incident.lastWordAt, quiet, policy),
      [commander],
      `An open incident is to be looked at every ${spanInWords(quiet)}.`,
      ['/status', '/note', '/close'],
    ),
  ];
}
