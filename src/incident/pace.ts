// How fast an incident goes: as the policy says, slowed down by a decision, or everything at once because it is public already.
import { hasDecided } from '#incident/course.ts';
import type { Incident } from '#incident/incident.ts';
import { lapsed } from '#team/calendar.ts';
import type { Policy } from '#team/policy.ts';
import type { Lapse } from '#time.ts';

/**
 * Whether everything is due at once: public already, nobody agreed to go on in private, and severe enough where the policy asks for that
 * (S1-42, S1-44, S1-51, S4-14). What is not rated yet is taken as severe.
 */
export function isAsap({ exposure, severity, announcedAt }: Incident, policy: Policy): boolean {
  const { asap, from } = policy.exposure;
  return asap && exposure !== undefined && exposure.answer !== 'yes' && announcedAt === undefined && (severity?.score ?? 10) >= from;
}

/** When something is due that may take so long from a moment on; at once where everything is. */
export function dueAfter(from: Date, lapse: Lapse, incident: Incident, policy: Policy): Date {
  if (isAsap(incident, policy) && incident.exposure) return new Date(Math.max(from.getTime(), incident.exposure.at.getTime()));
  return lapsed(from, lapse, policy);
}

/** The same for what a decision to slow down stretches: fix, plan and release (S1-61). */
export function dueInPace(from: Date, lapse: Lapse, incident: Incident, policy: Policy): Date {
  const due = dueAfter(from, lapse, incident, policy);
  const { slow } = policy.decisions;
  return slow && hasDecided(incident, 'slow') && !isAsap(incident, policy) ? lapsed(due, slow.by, policy) : due;
}
