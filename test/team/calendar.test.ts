// Days of work in a team's zone: how long so many of them take, over weekends, holidays and changes of the clocks, and when the mail of the day goes.
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { dailyToday, isHoliday, lapsed, nextDaily, ownHour } from '#team/calendar.ts';
import { Policy } from '#team/policy.ts';
import { after, type Lapse } from '#time.ts';

const team = (zone: string, changes: Readonly<Record<string, unknown>> = {}) =>
  Policy.parse({ process: { name: 'x' }, zone, calendar: { holidays: ['2026-12-25', '2026-04-03'] }, ...changes });
const at = (text: string) => new Date(text);
const shownIn = (moment: Date, zone: string) => DateTime.fromJSDate(moment, { zone }).toFormat('ccc yyyy-MM-dd HH:mm');

test.each([
  ['2026-03-03T12:00:00Z', '3d', 'Fri 2026-03-06 12:00'],
  ['2026-03-03T12:00:00Z', '3wd', 'Fri 2026-03-06 12:00'],
  ['2026-03-05T12:00:00Z', '1wd', 'Fri 2026-03-06 12:00'],
  ['2026-03-06T12:00:00Z', '1wd', 'Mon 2026-03-09 12:00'],
  ['2026-03-06T23:59:00Z', '1wd', 'Mon 2026-03-09 23:59'],
  ['2026-03-07T12:00:00Z', '1wd', 'Tue 2026-03-10 00:00'],
  ['2026-03-08T23:59:00Z', '2wd', 'Wed 2026-03-11 00:00'],
  ['2026-04-02T12:00:00Z', '1wd', 'Mon 2026-04-06 12:00'],
  ['2026-12-24T12:00:00Z', '2wd', 'Tue 2026-12-29 12:00'],
  ['2026-12-25T12:00:00Z', '1wd', 'Tue 2026-12-29 00:00'],
  ['2026-03-07T12:00:00Z', '0wd', 'Mon 2026-03-09 00:00'],
] as [string, Lapse, string][])('from %s, %s end on %s (S1-49)', (from, lapse, end) => {
  expect(shownIn(lapsed(at(from), lapse, team('UTC')), 'UTC')).toBe(end);
});

test.each([
  ['the night that the clocks go forward', 'Europe/Berlin', '2026-03-27T08:00:00Z', 'Fri 2026-03-27 09:00', 'Mon 2026-03-30 09:00'],
  ['the night that they go back', 'Europe/Berlin', '2026-10-23T07:00:00Z', 'Fri 2026-10-23 09:00', 'Mon 2026-10-26 09:00'],
  ['the same on the other side', 'America/Los_Angeles', '2026-03-06T17:00:00Z', 'Fri 2026-03-06 09:00', 'Mon 2026-03-09 09:00'],
  ['and in autumn', 'America/Los_Angeles', '2026-10-30T16:00:00Z', 'Fri 2026-10-30 09:00', 'Mon 2026-11-02 09:00'],
])('a day of work is the same hour on the next one, over %s (C9)', (_, zone, from, begins, ends) => {
  expect(shownIn(at(from), zone)).toBe(begins);
  expect(shownIn(lapsed(at(from), '1wd', team(zone)), zone)).toBe(ends);
});

test('an hour that the clocks skip on the way is there again at the end', () => {
  const sundays = team('Europe/Berlin', { calendar: { days: ['sat', 'sun', 'mon'] } });
  const end = lapsed(at('2026-03-28T01:30:00Z'), '2wd', sundays);
  expect(shownIn(end, 'Europe/Berlin')).toBe('Mon 2026-03-30 02:30');
});

test('whether today is a day of work depends on where the team is', () => {
  const moment = at('2026-03-07T02:00:00Z');
  expect([isWorkday(moment, team('UTC')), isWorkday(moment, team('America/Los_Angeles'))]).toEqual([false, true]);
  expect([isHoliday(at('2026-12-25T02:00:00Z'), team('UTC')), isHoliday(at('2026-12-25T02:00:00Z'), team('America/Los_Angeles'))]).toEqual([
    true,
    false,
  ]);
  expect(isWorkday(at('2026-03-07T02:00:00Z'), team('America/Los_Angeles', { calendar: { zone: 'UTC' } }))).toBe(false);
});

/** What begins on a day of work begins at once. */
function isWorkday(moment: Date, policy: Parameters<typeof lapsed>[2]): boolean {
  return lapsed(moment, '0wd', policy).getTime() === moment.getTime();
}

const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Australia/Lord_Howe', 'Asia/Kathmandu');
const moments = fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2028-01-01T00:00:00Z'), noInvalidDate: true });

test('whatever ends after days of work ends on one, not before it began, and later the more days it takes', () => {
  fc.assert(
    fc.property(zones, moments, fc.integer({ min: 1, max: 30 }), (zone, from, days) => {
      const end = lapsed(from, `${days}wd`, team(zone));
      expect(isWorkday(end, team(zone))).toBe(true);
      expect(end.getTime()).toBeGreaterThan(from.getTime());
      expect(lapsed(from, `${days + 1}wd`, team(zone)).getTime()).toBeGreaterThan(end.getTime());
    }),
  );
});

test('what begins later never ends earlier, but for the hour of a change of the clocks', () => {
  fc.assert(
    fc.property(zones, moments, fc.integer({ min: 0, max: 5_000_000 }), fc.integer({ min: 0, max: 10 }), (zone, from, by, days) => {
      const [one, other] = [lapsed(from, `${days}wd`, team(zone)), lapsed(after(from, by * 1000), `${days}wd`, team(zone))];
      expect(other.getTime()).toBeGreaterThanOrEqual(one.getTime() - (zone === 'UTC' ? 0 : 3_600_000));
    }),
  );
});

test('a calendar without any day of work hangs nobody', () => {
  const never = Array.from({ length: 400 }, (_, index) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10));
  const idle = team('UTC', { calendar: { days: ['mon'], holidays: never } });
  expect(lapsed(at('2026-01-01T12:00:00Z'), '5wd', idle).getTime()).toBeGreaterThan(0);
  expect(nextDaily(at('2026-01-01T12:00:00Z'), idle).getTime()).toBeGreaterThan(0);
});

test.each([
  ['in the morning it is today', '2026-03-03T06:59:59Z', '2026-03-03T07:00:00Z'],
  ['at the hour it is now', '2026-03-03T07:00:00Z', '2026-03-03T07:00:00Z'],
  ['afterwards it is tomorrow', '2026-03-03T07:00:00.001Z', '2026-03-04T07:00:00Z'],
  ['on a Friday it is Monday', '2026-03-06T12:00:00Z', '2026-03-09T07:00:00Z'],
  ['in summer it is an hour earlier in UTC', '2026-03-29T12:00:00Z', '2026-03-30T06:00:00Z'],
  ['over a holiday it is the day after', '2026-04-02T12:00:00Z', '2026-04-06T06:00:00Z'],
])('the next mail of the day of a team in Berlin: %s', (_, from, wanted) => {
  expect(nextDaily(at(from), team('Europe/Berlin'))).toEqual(at(wanted));
});

test('the next mail of the day is at its hour on a day of work, never before and at most a week of holidays away', () => {
  fc.assert(
    fc.property(zones, moments, fc.constantFrom('00:00', '02:30', '08:00', '23:59'), (zone, from, hour) => {
      const policy = team(zone, { reminders: { at: hour } });
      const next = nextDaily(from, policy);
      expect(isWorkday(next, policy)).toBe(true);
      expect(next.getTime()).toBeGreaterThanOrEqual(from.getTime());
      expect(next.getTime()).toBeLessThan(after(from, '6d').getTime());
      if (hour !== '02:30') expect(shownIn(next, zone)).toContain(hour);
      expect(nextDaily(next, policy)).toEqual(next);
    }),
  );
});

test('today has its mail from its hour on, and a day off has none', () => {
  expect(dailyToday(at('2026-03-03T06:59:59Z'), team('Europe/Berlin'))).toBeUndefined();
  expect(dailyToday(at('2026-03-03T23:00:00Z'), team('UTC'))).toEqual(at('2026-03-03T08:00:00Z'));
  expect(dailyToday(at('2026-03-07T12:00:00Z'), team('UTC'))).toBeUndefined();
});

test('whoever lives elsewhere gets it at that hour of their own day, where that comes within half a day', () => {
  const noon = at('2026-03-03T08:00:00Z');
  expect(ownHour(noon, 'America/Los_Angeles', team('UTC'))).toEqual(at('2026-03-03T16:00:00Z'));
  expect(ownHour(noon, 'Europe/Berlin', team('UTC'))).toBeUndefined();
  expect(ownHour(noon, 'UTC', team('UTC'))).toBeUndefined();
});
