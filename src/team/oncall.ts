// Whose turn it is: derived from the roster's order and the day alone, so nobody has to store or advance it.
import type { Member, Roster } from '#team/roster.ts';
import { memberOf } from '#team/roster.ts';
import { day } from '#time.ts';

const oneDay = 86_400_000;

/** Whether a member has told the team that they are away at this moment (days are UTC, both ends included). */
export function onLeave(member: Member, now: Date): boolean {
  return member.leave.some(({ from, to }) => from <= day(now) && day(now) <= to);
}

/** The member on call at a moment (S1-34); people on leave are passed over. Undefined without a rotation or when all are away. */
export function onCall(roster: Roster, now: Date): Member | undefined {
  if (!roster.oncall) return undefined;
  const { from, every, order } = roster.oncall;
  const turns = Math.floor((now.getTime() - Date.parse(`${from}T00:00:00Z`)) / (every === 'day' ? oneDay : 7 * oneDay));
  for (let step = 0; step < order.length; step++) {
    const index = (((turns + step) % order.length) + order.length) % order.length;
    const member = memberOf(roster, order[index] ?? '');
    if (member && !onLeave(member, now)) return member;
  }
  return undefined;
}

/** The member whose turn it is to lead: the first of the roster's order after the one who led last, leave passed over (S1-48). */
export function nextLead(roster: Roster, lastLead: string | undefined, now: Date): Member | undefined {
  const order = roster.members.filter((member) => member.roles.includes('member'));
  const last = order.findIndex((member) => member.handle === lastLead);
  const turns = [...order.slice(last + 1), ...order.slice(0, last + 1)];
  return turns.find((member) => !onLeave(member, now));
}
