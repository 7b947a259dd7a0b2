// Whose turn it is: derived from the roster's order, the day, and who had a turn before; nobody has to store or advance it.
import { DateTime } from 'luxon';
import type { Member, Roster, Turns } from '#team/roster.ts';
import { memberOf } from '#team/roster.ts';
import { day } from '#time.ts';

/** Whether a member has told the team that they are away at this moment (days are UTC, both ends included). */
export function onLeave(member: Member, now: Date): boolean {
  return member.leave.some(({ from, to }) => from <= day(now) && day(now) <= to);
}

/** The last day (UTC) of the leave somebody is on at a moment; undefined when they are there. */
export function awayUntil(member: Member, now: Date): string | undefined {
  return member.leave.find(({ from, to }) => from <= day(now) && day(now) <= to)?.to;
}

/** The member on call at a moment (S1-34); people on leave are passed over. Undefined without a rotation or when all are away. */
export function onCall(roster: Roster, now: Date): Member | undefined {
  return roster.oncall && lineAt(roster.oncall, roster, now)[0];
}

/** Everybody of a rotation in the order they are asked at a moment: whose turn it is, then the next ones; without those who are away (S2-35). */
export function lineAt(turns: Turns, roster: Roster, now: Date): Member[] {
  const { order } = turns;
  const first = ((turnAt(turns, now) % order.length) + order.length) % order.length;
  return present([...order.slice(first), ...order.slice(0, first)], roster, now);
}

/** The members with these handles who are not away, in this order; a handle that no member has is passed over. */
export function present(order: readonly string[], roster: Roster, now: Date): Member[] {
  return [...new Set(order)].flatMap((handle) => {
    const member = memberOf(roster, handle);
    return member?.roles.includes('member') && !onLeave(member, now) ? [member] : [];
  });
}

/** One turn of duty in a rotation: from a moment until the next one begins. */
export interface Turn {
  readonly from: Date;
  readonly until: Date;
}

/** The turn that a moment falls into, or one so many turns later. */
export function turnOf(turns: Turns, now: Date, later = 0): Turn {
  const number = turnAt(turns, now) + later;
  return { from: begins(turns, number), until: begins(turns, number + 1) };
}

/** When somebody else is on call for the first time after a moment (leave not counted); undefined where it is always the same person. */
export function turnEnds(roster: Roster, now: Date): Date | undefined {
  const turns = roster.oncall;
  const holder = onCall(roster, now)?.handle;
  if (!turns || holder === undefined) return undefined;
  for (let later = 0; later < turns.order.length; later++) {
    const { until } = turnOf(turns, now, later);
    const next = onCall(roster, until)?.handle;
    if (next !== undefined && next !== holder) return until;
  }
  return undefined;
}

// Counted in days of the rotation's zone, so that a turn also changes at its hour after a clock change.
function turnAt(turns: Turns, now: Date): number {
  const { days } = DateTime.fromJSDate(now, { zone: turns.zone }).diff(firstOf(turns), 'days');
  return Math.floor(days / lasts(turns));
}

function begins(turns: Turns, number: number): Date {
  return firstOf(turns)
    .plus({ days: number * lasts(turns) })
    .toJSDate();
}

function firstOf({ from, hour, zone }: Turns): DateTime {
  return DateTime.fromISO(`${from}T${hour}`, { zone });
}

function lasts({ every }: Turns): number {
  return every === 'day' ? 1 : 7;
}

/**
 * A queue after turns that were taken, the newest first: whoever has waited longest stands first, those who never had a turn before all others
 * and in the order of the list (S2-39, S2-40). Who volunteered had a turn like any other and stands at the end.
 */
export function queueOf(order: readonly string[], taken: readonly string[]): string[] {
  const recent = [...new Set(taken)].filter((who) => order.includes(who));
  return [...order.filter((who) => !recent.includes(who)), ...recent.reverse()];
}

/** The order in which members lead: that of the roster. */
export function leadOrder(roster: Roster): string[] {
  return roster.members.filter(({ roles }) => roles.includes('member')).map(({ handle }) => handle);
}
