// The moments of the weekly digest.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { weekly } from '#team/week.ts';
import { policy } from '#test/situation.ts';

const monday = { at: '08:00', urgent: '24h', weekly: 'mon' };
const on = (calendar = {}, changes = {}) => policy({ reminders: monday, calendar, ...changes });

test('the last one and the next one, to the minute', () => {
  const at = new Date('2026-03-09T08:00:00Z');
  expect(weekly(at, on())).toEqual({ last: at, next: new Date('2026-03-16T08:00:00Z') });
  expect(weekly(new Date(at.getTime() - 1), on())).toEqual({ last: new Date('2026-03-02T08:00:00Z'), next: at });
});

test('a holiday moves it to the next day of work', () => {
  const off = on({ days: ['mon', 'tue', 'wed', 'thu', 'fri'], holidays: ['2026-03-09', '2026-03-10'] });
  expect(weekly(new Date('2026-03-08T00:00:00Z'), off)?.next).toEqual(new Date('2026-03-11T08:00:00Z'));
});

test('the hour is that of the zone of the calendar, on both sides of a change of the clocks', () => {
  const there = on({ zone: 'Europe/Berlin' });
  expect(weekly(new Date('2026-03-24T00:00:00Z'), there)).toEqual({
    last: new Date('2026-03-23T07:00:00Z'),
    next: new Date('2026-03-30T06:00:00Z'),
  });
});

test('a team that names no day has none', () => {
  expect(weekly(new Date('2026-03-09T08:00:00Z'), policy({ reminders: { at: '08:00' } }))).toBeUndefined();
});

test.each([
  ['a day in full', { weekly: 'monday' }, /mon/],
  ['a picture that is neither here nor there', { picture: 'inline' }, /attached/],
])('%s is refused with what would be right', (_, reminders, words) => {
  expect(() => policy({ reminders })).toThrow(words);
});

test('whenever it is asked, the last is not after now, the next is, and nothing lies between', () => {
  const calendar = { holidays: ['2026-03-09', '2026-04-06', '2026-12-28'] };
  fc.assert(
    fc.property(fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }), (now) => {
      const found = weekly(now, on(calendar));
      if (!found) throw new Error('there is always one');
      expect(found.last.getTime()).toBeLessThanOrEqual(now.getTime());
      expect(found.next.getTime()).toBeGreaterThan(now.getTime());
      expect(weekly(found.next, on(calendar))?.last).toEqual(found.next);
    }),
    { numRuns: 100 },
  );
});
