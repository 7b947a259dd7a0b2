// Days of work: when a team is there, how long until so many of its days are over, and when what can wait is said.
import { DateTime } from 'luxon';
import type { Policy } from '#team/policy.ts';
import { weekdays } from '#team/policy-word.ts';
import { after, type Lapse, type Span } from '#time.ts';

type Working = Pick<Policy, 'calendar' | 'zone' | 'reminders'>;
// A calendar without any day of work within a year is a mistake that must not hang anybody.
const farthest = 400;

/** The zone that a team's days are counted in. */
export function zoneOf({ calendar, zone }: Pick<Policy, 'calendar' | 'zone'>): string {
  return calendar.zone ?? zone;
}

/** Whether the day of a moment, in the team's zone, is one of its holidays. */
export function isHoliday(moment: Date, policy: Pick<Policy, 'calendar' | 'zone'>): boolean {
  return policy.calendar.holidays.includes(DateTime.fromJSDate(moment, { zone: zoneOf(policy) }).toISODate() ?? '');
}

/** The day of the week of a moment, UTC. */
export function weekdayOf(moment: Date): (typeof weekdays)[number] {
  return weekdays[(moment.getUTCDay() + 6) % 7] ?? 'mon';
}

function works(there: DateTime, { calendar }: Pick<Policy, 'calendar'>): boolean {
  return calendar.days.includes(weekdays[there.weekday - 1] ?? 'mon') && !calendar.holidays.includes(there.toISODate() ?? '');
}

/**
 * The moment a lapse after another. Days of work are counted in the team's zone: the same hour so many of them later, and what begins on a
 * day off begins with the next day of work.
 */
export function lapsed(from: Date, by: Lapse, policy: Pick<Policy, 'calendar' | 'zone'>): Date {
  if (!by.endsWith('wd')) return after(from, by as Span);
  const there = DateTime.fromJSDate(from, { zone: zoneOf(policy) });
  const begin = works(there, policy) ? there : there.plus({ days: nextWorkday(there, 0, policy) }).startOf('day');
  // Counted from where it began: an hour that a change of the clocks takes away on one day is there again on the next.
  let days = 0;
  for (let left = Number(by.slice(0, -2)); left > 0; left -= 1) days = nextWorkday(begin, days, policy);
  return begin.plus({ days }).toJSDate();
}

/** How many days after a moment the next day of work comes that is more than `days` away. */
function nextWorkday(there: DateTime, days: number, policy: Pick<Policy, 'calendar'>): number {
  for (let next = days + 1; next < days + farthest; next += 1) if (works(there.plus({ days: next }), policy)) return next;
  return days + 1;
}

/** The first moment at or after another at which the mail of the day goes out: the hour of the reminders on a day of work. */
export function nextDaily(from: Date, policy: Working): Date {
  const there = DateTime.fromJSDate(from, { zone: zoneOf(policy) });
  for (let days = 0; days < farthest; days += 1) {
    const at = atTheHour(there.plus({ days }), policy);
    if (at >= there && works(at, policy)) return at.toJSDate();
  }
  return atTheHour(there.plus({ days: 1 }), policy).toJSDate();
}

/** The hour at which today's mail of the day goes out, where that has come and today is a day of work. */
export function dailyToday(now: Date, policy: Working): Date | undefined {
  const there = DateTime.fromJSDate(now, { zone: zoneOf(policy) });
  const at = atTheHour(there, policy);
  return at <= there && works(there, policy) ? at.toJSDate() : undefined;
}

/** The same hour in somebody's own zone, where it comes within half a day: until then their mail is held. */
export function ownHour(now: Date, zone: string, policy: Pick<Policy, 'reminders'>): Date | undefined {
  const there = DateTime.fromJSDate(now, { zone });
  const today = atTheHour(there, policy);
  const at = today >= there ? today : atTheHour(there.plus({ days: 1 }), policy);
  return at > there && at <= there.plus({ hours: 12 }) ? at.toJSDate() : undefined;
}

/** The hour of the reminders on the day of a moment, as its zone counts days. */
export function atTheHour(there: DateTime, { reminders }: Pick<Policy, 'reminders'>): DateTime {
  const [hour = 0, minute = 0] = reminders.at.split(':').map(Number);
  return there.set({ hour, minute, second: 0, millisecond: 0 });
}
