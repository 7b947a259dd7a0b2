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
 * When a deadline makes itself heard next, as it looks at `now`. Whatever comes due within `reminders.urgent` has a letter of its own, once;
 * what is far ahead, what is repeated, and what a service that was away finds long past waits for the mail of the day. What is pressing never
 * waits and comes again after `remindEvery`. A date that moved past its last reminder starts anew (S1-49, C7).
 */
export function nextRing(deadline: Deadline, incident: Incident, policy: Policy, now: Date): Ring {
  const reminded = remindedOf(deadline, incident);
  const { remindEvery } = policy.spans;
  if (isPressing(deadline, incident, policy)) return { at: reminded ? after(reminded.at, remindEvery) : deadline.ringsAt, daily: false };
  const soon = comesDueSoon(deadline, policy);
  const daily = nextDaily(reminded ? after(reminded.at, Math.max(1, length(remindEvery) - halfADay)) : deadline.ringsAt, policy);
  const alone = (!reminded || reminded.at < soon) && soon <= daily;
  if (!alone) return { at: daily, daily: true };
  const missed = after(deadline.dueAt, policy.reminders.urgent) < now;
  return missed ? { at: nextDaily(soon, policy), daily: true } : { at: soon, daily: false };
}

/**
 * The next level of a reminder: 1 is the owner, 2 the commander too, from 3 on everybody (C7: it does not stop at the second person). What was
 * said in good time of something that can wait does not count as unanswered.
 */
export function nextLevel(deadline: Deadline, incident: Incident, policy: Policy): number {
  const reminded = remindedOf(deadline, incident);
  if (!reminded || (!isPressing(deadline, incident, policy) && reminded.at < comesDueSoon(deadline, policy))) return 1;
  return reminded.level + 1;
}

function remindedOf({ key, ringsAt }: Deadline, incident: Incident): { readonly level: number; readonly at: Date } | undefined {
  const reminded = Object.hasOwn(incident.reminded, key) ? incident.reminded[key] : undefined;
  return reminded && reminded.at >= ringsAt ? reminded : undefined;
}

function comesDueSoon({ ringsAt, dueAt }: Deadline, { reminders }: Policy): Date {
  const soon = before(dueAt, reminders.urgent);
  return soon > ringsAt ? soon : ringsAt;
}
