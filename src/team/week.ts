// The moments of the weekly digest: a day of the week at the hour of the reminders, in the zone that the team's days are counted in.
import { DateTime } from 'luxon';
import { atTheHour, nextDaily, zoneOf } from '#team/calendar.ts';
import type { Policy } from '#team/policy.ts';
import { weekdays } from '#team/policy-word.ts';

/**
 * The last moment of the weekly digest at or before `now` and the first one after it; undefined for a team that has none. On a holiday it
 * moves to the next mail of the day.
 */
export function weekly(
  now: Date,
  policy: Pick<Policy, 'calendar' | 'zone' | 'reminders'>,
): { readonly last: Date; readonly next: Date } | undefined {
  const { weekly: on } = policy.reminders;
  if (!on) return undefined;
  const monday = DateTime.fromJSDate(now, { zone: zoneOf(policy) }).startOf('week');
  // Holidays may push one digest by more than a week; the last that came lies a few weeks back at most.
  const moments = [-4, -3, -2, -1, 0, 1, 2, 3, 4, 5].map((week) => {
    const day = monday.plus({ weeks: week, days: weekdays.indexOf(on) });
    const moment = atTheHour(day, policy);
    return policy.calendar.holidays.includes(day.toISODate() ?? '') ? nextDaily(moment.toJSDate(), policy) : moment.toJSDate();
  });
  const last = moments.filter((moment) => moment <= now).at(-1);
  const next = moments.find((moment) => moment > now);
  return last && next && { last, next };
}
