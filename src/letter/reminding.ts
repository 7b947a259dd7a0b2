// Whom a deadline reminds, and in which letters: one of its own, or the mail of the day with all that can wait.
import { titleOf } from '#incident/advisory.ts';
import { type Deadline, deadlinesOf } from '#incident/deadline.ts';
import type { Event, Who } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { nextLevel } from '#incident/ringing.ts';
import { letter } from '#letter/addressing.ts';
import { helpWith } from '#letter/commands-shown.ts';
import type { Occasion } from '#letter/follow-up.ts';
import type { Letter } from '#letter/letter.ts';
import type { FactsByKind } from '#letter/list.ts';
import { atTheTable, members } from '#letter/recipients.ts';
import { sealOf } from '#letter/sealing.ts';
import { ownHour } from '#team/calendar.ts';
import type { Policy } from '#team/policy.ts';
import { memberOf, type Roster } from '#team/roster.ts';
import { between } from '#time.ts';

type Reminded = Extract<Event, { type: 'reminded' }>;

/** Whom the next reminder of a deadline goes to: its owners, then commander and lead too, then everybody, and so on without end (C7). */
export function heardBy(deadline: Deadline, incident: Incident, roster: Roster): { level: number; to: Who[] } {
  const level = nextLevel(deadline, incident);
  const everybody = atTheTable(roster, incident).map(({ who }) => who);
  const few = [...new Set([...deadline.owners, ...(level > 1 ? [incident.commander, incident.lead] : [])])].filter(
    (who) => who !== undefined,
  );
  const known = few.filter((who) => everybody.includes(who));
  return { level, to: level > 2 || known.length === 0 ? everybody : known };
}

/** The letters of one reminder; none where it stands in the mail of the day. */
export function remind(event: Reminded, occasion: Pick<Occasion, 'incident' | 'policy' | 'roster' | 'now'>): Letter[] {
  const { incident, policy, roster, now } = occasion;
  // The mail of the day is the members'; whoever only sits with them in this incident hears of it by itself.
  const inDigest = event.daily ? members(roster).map(({ who }) => who) : [];
  const to = atTheTable(roster, incident, event.to).filter(({ who }) => !inDigest.includes(who));
  const deadline = to.length === 0 ? undefined : deadlinesOf(incident, policy).find(({ key }) => key === event.deadline);
  if (!deadline) return [];
  const { what, dueAt, commands } = deadline;
  const heard = escalation[Math.min(event.level, 3) - 1];
  const facts: FactsByKind['reminder'] = {
    ...{ id: incident.id, title: titleOf(incident), what, dueAt: dueAt.toISOString(), late: lateBy(dueAt, now) },
    ...(heard && { heard }),
    commands: helpWith(commands),
  };
  return to.map((one) => letter('reminder', 'team', one, occasion, facts));
}

const escalation = [
  undefined,
  'The first reminder was not answered, so others hear of it now.',
  'Earlier reminders were not answered, so every member hears of it now, and again every day.',
] as const;

/** An incident after the reminders that stand in today's mail, and those reminders. */
export interface DayOf {
  readonly incident: Incident;
  readonly events: readonly Reminded[];
}

/**
 * The mail of the day: to each member one letter with all that is due for them over all incidents, what is latest first; to whom nothing is due,
 * none. Whoever lives elsewhere gets it at that hour of their own day, where that comes within half a day.
 */
export function digests(days: readonly DayOf[], { policy, roster }: Pick<Occasion, 'policy' | 'roster'>, now: Date): Letter[] {
  const due = days.flatMap((day) => day.events.flatMap((event) => dueIn(day.incident, event, policy)));
  const sorted = due.sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime());
  return members(roster).flatMap((to) => {
    const theirs = sorted.filter(({ event }) => event.to.includes(to.who));
    if (theirs.length === 0) return [];
    const confidential = theirs.some(({ incident }) => incident.confidential);
    const zone = memberOf(roster, to.who)?.zone;
    const hold = zone && ownHour(now, zone, policy);
    const facts: FactsByKind['digest'] = {
      inShort: inShort(theirs, now),
      asOf: now.toISOString(),
      due: theirs.map((one) => itemOf(one, to.who, now)),
    };
    const seal = sealOf('digest', 'team', policy, confidential ? { confidential } : {});
    return [{ kind: 'digest', audience: 'team', to, seal, facts, ...(hold && { notBefore: hold.toISOString() }) }];
  });
}

interface DueNow extends Deadline {
  readonly incident: Incident;
  readonly event: Reminded;
}

function dueIn(incident: Incident, event: Reminded, policy: Policy): DueNow[] {
  const deadline = deadlinesOf(incident, policy).find(({ key }) => key === event.deadline);
  return deadline ? [{ ...deadline, incident, event }] : [];
}

function inShort(due: readonly DueNow[], now: Date): string {
  const late = due.filter(({ dueAt }) => dueAt < now).length;
  const all = due.length === 1 ? '1 thing is due' : `${due.length} things are due`;
  if (late === 0) return all;
  return late === due.length ? `${all}, late` : `${all}, ${late} of them late`;
}

function itemOf({ incident, event, what, dueAt, commands }: DueNow, who: Who, now: Date) {
  const others = event.to.filter((other) => other !== who);
  return {
    ...{ id: incident.id, title: titleOf(incident), what, dueAt: dueAt.toISOString(), late: lateBy(dueAt, now) },
    ...(others.length > 0 && { others: others.join(', ') }),
    commands: helpWith(commands),
  };
}

function lateBy(dueAt: Date, now: Date): string {
  return dueAt < now ? between(dueAt, now) : '';
}
