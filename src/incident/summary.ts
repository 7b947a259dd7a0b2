// Where an incident stands, in lines: the answer to /status and the body of a hand-off.
import { titleOf } from '#incident/advisory.ts';
import { deadlinesOf } from '#incident/deadline.ts';
import { courseLines } from '#incident/decision.ts';
import type { Recorded } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { isAsap } from '#incident/pace.ts';
import { type Skipped, skipped } from '#incident/skipped.ts';
import { stageOf } from '#incident/stage.ts';
import { disclosureLines, peopleLines, workLines } from '#incident/summary-lines.ts';
import type { Policy } from '#team/policy.ts';
import { between, shown } from '#time.ts';

/**
 * The incident in about a dozen lines, nothing that is not there; moments in UTC and the team's zone, what is late said first among the dates.
 * With its journal it also knows why stages were passed by (S3-17).
 */
export function summary(incident: Incident, policy: Policy, now: Date, recorded: readonly Recorded[] = []): string {
  const zoned = (moment: Date) => shown(moment, policy.zone);
  return [
    `${incident.id}: ${titleOf(incident)}`,
    `Stage: ${stageOf(incident)}, ${incident.closedAt ? `closed after ${between(incident.openedAt, incident.closedAt)}` : `open for ${between(incident.openedAt, now)}`}`,
    ...skippedWords(skipped(incident, policy, recorded)),
    ...peopleLines(incident, policy),
    `Severity: ${severityWords(incident)}`,
    `CVE: ${incident.cve.id ?? incident.cve.state}`,
    `Public date: ${incident.publicAt ? zoned(incident.publicAt) : 'not set'}`,
    ...courseLines(incident, policy, zoned),
    ...workLines(incident, policy, zoned),
    ...disclosureLines(incident, policy, now, zoned),
    ...dueLines(incident, policy, now, zoned),
  ].join('\n');
}

function skippedWords(passed: readonly Skipped[]): string[] {
  if (passed.length === 0) return [];
  return [`Skipped: ${passed.map(({ stage, because }) => `${stage}${because ? ` (because ${because})` : ''}`).join('; ')}`];
}

function dueLines(incident: Incident, policy: Policy, now: Date, zoned: (moment: Date) => string): string[] {
  const atOnce = isAsap(incident, policy);
  return deadlinesOf(incident, policy)
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
    .map(({ dueAt, what }) => {
      // S1-51: what nobody had a date for is not late by the hours since it became urgent.
      if (atOnce && dueAt <= now) return `Due ASAP, since ${zoned(dueAt)}: ${what}`;
      return `Due ${zoned(dueAt)} (${dueAt < now ? `LATE by ${between(dueAt, now)}` : `in ${between(now, dueAt)}`}): ${what}`;
    });
}

/** The severity in words: "high (CVSS 8.1)". */
export function severityWords({ severity, classification }: Incident): string {
  // S2-62: better a quick rating than none.
  if (!severity) return classification ? `${classification.level} by the catalogue, provisionally` : 'not rated';
  const score = severity.score === undefined ? '' : ` (CVSS ${severity.score.toFixed(1)}, ${severity.vector})`;
  return `${severity.level}${severity.provisional ? ', provisionally' : ''}${score}${severity.because ? ` because ${severity.because}` : ''}`;
}
