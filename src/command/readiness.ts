// What speaks against telling anybody outside: the fix that is not ready, and what the policy wants done before (S1-73, S2-68, S3-31, S4-23).
import type { Incident } from '#incident/incident.ts';
import { type OpenStep, stepsBefore } from '#incident/step.ts';
import type { Policy } from '#team/policy.ts';

/** A sentence for each thing that is not ready before the first word leaves. */
export function notReady(incident: Incident, policy: Policy): string[] {
  const fix = incident.fixReady ? [] : ['Neither a fix nor a mitigation is ready: /fix-ready says when one is.'];
  return [...fix, ...stepsBefore(incident, policy, 'notice').map(notDone)];
}

/** The sentence of a step that is open, with the lines that say it is done. */
export function notDone({ key, what, lines }: OpenStep): string {
  return `Not done: ${key} (${what}): ${lines.join(', ')}.`;
}
