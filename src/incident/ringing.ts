// When a deadline makes itself heard: by itself at once, or with all else that can wait in the mail of the day.
import type { Deadline } from '#incident/deadline.ts';
import type { Incident } from '#incident/incident.ts';
import { isAsap } from '#incident/pace.ts';
import { nextDaily } from '#team/calendar.ts';
import type { Policy } from '#team/policy.ts';
import { after, before, length } from '#time.ts';

/** When a deadline makes itself heard next, and whether it has a letter of its own or waits for the mail of the day. */
export interface Ring {
  readonly at: Date;
  readonly daily: boolean;
}

// What somebody else waits for, or what cannot be made good afterwards. Keys up to the colon.
const pressing = new Set([
  'handoff',
  'breach',
  'notice',
  'notice-again',
  'heads-up',
  'final-notice',
  'announcement',
  'announcement-held',
  'announce',
]);
// The mail of the day comes at its hour, and a reminder of yesterday evening is old enough by then.
const halfADay = 43_200_000;

/** Whether a deadline never waits for the mail of the day: others depend on it, the daemon acts on it, or everything is due at once. */
function isPressing(deadline: Deadline, incident: Incident, policy: Policy): boolean {
  return deadline.acts === true || pressing.has(deadline.key.split(':', 1)[0] ?? '') || isAsap(incident, policy);
}

/**
 * When a deadline makes itself heard next, as it looks at `now`. The first word has a letter of its own where its date is within
 * `reminders.urgent`; what was first said farther ahead stood in the mail of the day and is not said again before its date. What is repeated, and
 * what a service that was away finds long past, waits for the mail of the day. What is pressing never waits and comes again after `remindEvery`.
 * A date that moved past its last reminder starts anew (S1-49, C7).
 */
export function nextRing(deadline: Deadline, incident: Incident, policy: Policy, now: Date): Ring {
  const reminded = remindedOf(deadline, incident);
  const { remindEvery } = policy.spans;
  if (isPressing(deadline, incident, policy)) return { at: reminded ? after(reminded.at, remindEvery) : deadline.ringsAt, daily: false };
  const { dueAt, ringsAt } = deadline;
  if (reminded) {
    const again = after(reminded.at, Math.max(1, length(remindEvery) - halfADay));
    return { at: nextDaily(again > dueAt ? again : dueAt, policy), daily: true };
  }
  const urgent = before(dueAt, policy.reminders.urgent);
  const soon = urgent > ringsAt ? urgent : ringsAt;
  const daily = nextDaily(ringsAt, policy);
  const missed = after(dueAt, policy.reminders.urgent) < now;
  return soon > daily || missed ? { at: daily, daily: true } : { at: soon, daily: false };
}

/** The next level of a reminder: 1 is the owner, 2 the commander too, from 3 on everybody (C7: it does not stop at the second person). */
export function nextLevel(deadline: Deadline, incident: Incident): number {
  return (remindedOf(deadline, incident)?.level ?? 0) + 1;
}

function remindedOf({ key, ringsAt }: Deadline, incident: Incident): { readonly level: number; readonly at: Date } | undefined {
  const reminded = Object.hasOwn(incident.reminded, key) ? incident.reminded[key] : undefined;
  return reminded && reminded.at >= ringsAt ? reminded : undefined;
}
