// Where an incident stands as the fix team is told: their work and the dates, nothing of the reporter, the distributors or the team's own affairs.
import { titleOf } from '#incident/advisory.ts';
import type { Incident } from '#incident/incident.ts';
import { isAsap } from '#incident/pace.ts';
import { openSteps } from '#incident/step.ts';
import { severityWords } from '#incident/summary.ts';
import type { Policy } from '#team/policy.ts';
import { shown } from '#time.ts';

/** The incident in a few lines for somebody of the fix team; moments in UTC and the team's zone. */
export function fixSummary(incident: Incident, policy: Policy): string {
  const { zone } = policy;
  const { fixReady, publicAt, announcedAt, fixTeam } = incident;
  const asap = isAsap(incident, policy) ? ', due ASAP' : '';
  const steps = openSteps(incident, policy, announcedAt ? 'after' : 'fix');
  return [
    `${incident.id}: ${titleOf(incident)}`,
    `Fix lead: ${incident.lead ?? 'nobody yet'}`,
    `Severity: ${ratingWords(incident)}`,
    `CVE: ${incident.cve.id ?? incident.cve.state}`,
    `Fix: ${fixReady ? `the ${fixReady.what} is ready since ${shown(fixReady.at, zone)}` : `not ready${asap && ', due ASAP since it is public already'}`}`,
    `Public date: ${announcedAt ? `announced ${shown(announcedAt, zone)}` : publicAt ? shown(publicAt, zone) : 'not set'}`,
    `Fix team: ${fixTeam.map(({ person }) => person).join(', ')}`,
    ...steps.map(({ what, lines }) => `Open${asap}: ${what} (${lines.join(', ')})`),
  ].join('\n');
}

/** The severity without the reason for it, which may speak of what only the team knows. */
export function ratingWords(incident: Incident): string {
  const { severity } = incident;
  if (!severity) return severityWords(incident);
  const { because: _, ...rating } = severity;
  return severityWords({ ...incident, severity: rating });
}
