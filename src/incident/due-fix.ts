// What is due while the fix is made: a team, access, a rating, a CVE id, the fix itself.
import { openRequests, wordsOf } from '#incident/access.ts';
import type { Deadline } from '#incident/deadline.ts';
import { due } from '#incident/due-course.ts';
import type { Incident } from '#incident/incident.ts';
import { dueAfter, dueInPace, isAsap } from '#incident/pace.ts';
import { lapsed } from '#team/calendar.ts';
import type { Policy } from '#team/policy.ts';
import type { Lapse } from '#time.ts';

/** The deadlines of the fix; those that count from the report never come before it was accepted. */
export function fixDeadlines(incident: Incident, policy: Policy): Deadline[] {
  return [...ofRequests(incident, policy), ...(incident.announcedAt ? [] : whileFixing(incident, policy))];
}

function whileFixing(incident: Incident, policy: Policy): Deadline[] {
  const { verdict, lead, commander, severity } = incident;
  if (verdict?.is !== 'accepted') return [];
  const { spans, cve } = policy;
  const found: Deadline[] = [];
  const owner = [lead ?? commander];
  if (spans.assessment && (!severity || severity.provisional))
    found.push(
      due(
        'assessment',
        dueAfter(verdict.at, spans.assessment, incident, policy),
        owner,
        severity?.provisional
          ? 'The severity is only provisional; a quick rating is better than a perfect one.'
          : 'The severity is not rated yet; a quick rating is better than a perfect one.',
        ['/severity <vector>'],
      ),
    );
  if (policy.fixTeam.from === 'invited' && policy.fixTeam.due && incident.fixTeam.length === 0)
    found.push(
      due('fix-team', sinceReport(spans.fixTeam, incident, policy), [lead, commander], 'Nobody is invited to the fix team yet.', [
        '/fix-team propose <path>',
        '/fix-team invite <person>',
      ]),
    );
  if (policy.fixTeam.access === 'must' && incident.fixTeam.length > 0 && !incident.access.some(({ what }) => what === 'grant'))
    found.push(
      due(
        'access',
        latestOf(sinceReport(spans.fixTeam, incident, policy), joined(incident)),
        owner,
        'The fix team has no access to the private repository yet.',
        ['/access grant all'],
      ),
    );
  const at = fixDue(incident, policy);
  if (at) {
    const slow = policy.decisions.slow && !isAsap(incident, policy) ? ['/decide slow yes because <reason>'] : [];
    found.push(due('fix', at, owner, 'The fix is not ready yet.', ['/fix-ready', ...slow]));
  }
  if (cve.every && cve.when === 'development' && incident.cve.state === 'none')
    found.push(
      due('cve-request', dueAfter(verdict.at, cve.within, incident, policy), owner, 'No CVE id is requested yet.', ['/cve request']),
    );
  if (incident.cve.state === 'requested' && incident.cve.at)
    found.push(
      due('cve-answer', lapsed(incident.cve.at, spans.cveAnswer, policy), owner, 'The numbering authority has not answered yet.', [
        '/cve <id>',
        '/cve request because <reason>',
      ]),
    );
  return found;
}

function ofRequests(incident: Incident, policy: Policy): Deadline[] {
  return openRequests(incident).map(({ number, what, person, by, at }) =>
    due(
      `request:${number}`,
      lapsed(at, policy.spans.request, policy),
      [by === 'embargod' ? (incident.lead ?? incident.commander) : by],
      `Request ${number} (${wordsOf(what)} ${person}) is not answered yet.`,
      [`/answer ${number} done`, `/answer ${number} refused because <reason>`],
    ),
  );
}

/** When the fix must be ready; undefined where it is, or no limit is set. */
export function fixDue(incident: Incident, policy: Policy): Date | undefined {
  const { fix } = policy.spans;
  return fix && !incident.fixReady ? sinceReport(fix, incident, policy, dueInPace) : undefined;
}

// The clock runs from the report. Where its time had passed when the report was accepted, it runs from there: nothing is late the moment it begins.
function sinceReport(lapse: Lapse, incident: Incident, policy: Policy, due = dueAfter): Date {
  const at = due(incident.openedAt, lapse, incident, policy);
  const accepted = incident.verdict?.at;
  return accepted && at < accepted ? due(accepted, lapse, incident, policy) : at;
}

function joined({ fixTeam }: Incident): Date {
  return fixTeam.reduce((last, { since }) => latestOf(last, since), new Date(0));
}

function latestOf(one: Date, other: Date): Date {
  return one > other ? one : other;
}
