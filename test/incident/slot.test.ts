// The recommended moment: 16:00 UTC on a non-Friday weekday, and how long distributors know before.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hourOn, nextSlot, noticeObjection, slotObjection } from '#incident/slot.ts';
import { policy } from '#test/situation.ts';

const at = (text: string) => new Date(text);

test.each([
  ['on a Tuesday morning it is that day', '2026-03-03T09:00:00Z', '2026-03-03T16:00:00Z'],
  ['at the very moment it is now', '2026-03-03T16:00:00Z', '2026-03-03T16:00:00Z'],
  ['a second later it is tomorrow', '2026-03-03T16:00:01Z', '2026-03-04T16:00:00Z'],
  ['on a Thursday evening it is Monday, never Friday', '2026-03-05T17:00:00Z', '2026-03-09T16:00:00Z'],
  ['on a Sunday it is Monday', '2026-03-08T00:00:00Z', '2026-03-09T16:00:00Z'],
  ['over the end of a year', '2026-12-31T17:00:00Z', '2027-01-04T16:00:00Z'],
])('%s (S1-97)', (_, from, slotAt) => {
  expect(nextSlot(at(from), policy())).toEqual(at(slotAt));
});

test('the next slot always fits, is never before, and is less than a week ahead (S1-97)', () => {
  const moment = fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2036-01-01T00:00:00Z'), noInvalidDate: true });
  fc.assert(
    fc.property(moment, (from) => {
      const found = nextSlot(from, policy());
      expect(slotObjection(found, policy())).toBeUndefined();
      expect(found.getTime()).toBeGreaterThanOrEqual(from.getTime());
      expect(found.getTime() - from.getTime()).toBeLessThan(7 * 86_400_000);
      expect([1, 2, 3, 4]).toContain(found.getUTCDay());
    }),
  );
});

const festive = (...holidays: string[]) => policy({ calendar: { zone: 'Europe/Berlin', holidays } });

test('a holiday of the team is neither proposed nor taken without a reason (S1-61, S1-97)', () => {
  expect(nextSlot(at('2026-12-23T17:00:00Z'), festive('2026-12-24'))).toEqual(at('2026-12-28T16:00:00Z'));
  expect(slotObjection(at('2026-12-24T16:00:00Z'), festive('2026-12-24'))).toBe('That day is a holiday of the team.');
  expect(slotObjection(at('2026-12-24T16:00:00Z'), festive())).toBeUndefined();
  expect(slotObjection(at('2026-12-25T16:00:00Z'), festive())).toBe('That is not the recommended slot (16:00 UTC on mon, tue, wed, thu).');
});

test('a year of holidays hangs nobody: the next recommended hour is proposed all the same', () => {
  const days = Array.from({ length: 400 }, (_, index) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10));
  expect(nextSlot(at('2026-01-02T00:00:00Z'), festive(...days))).toEqual(at('2026-01-05T16:00:00Z'));
});

test('without a recommendation any minute fits', () => {
  expect(nextSlot(at('2026-03-06T09:00:30Z'), { ...policy(), slot: undefined })).toEqual(at('2026-03-06T09:01:00Z'));
  expect(slotObjection(at('2026-03-06T03:00:00Z'), { ...policy(), slot: undefined })).toBeUndefined();
  expect(hourOn(at('2026-03-06T00:00:00Z'), undefined)).toEqual(at('2026-03-06T16:00:00Z'));
});

test('a notice is late within seven days and early before four weeks (S1-75, S1-77)', () => {
  const release = at('2026-03-31T16:00:00Z');
  expect(noticeObjection(at('2026-03-24T16:00:00Z'), release, policy())).toBeUndefined();
  expect(noticeObjection(at('2026-03-24T16:01:00Z'), release, policy())).toBe('Distributors would have 6 days 23 hours, less than 7 days.');
  expect(noticeObjection(at('2026-03-03T16:00:00Z'), release, policy())).toBeUndefined();
  expect(noticeObjection(at('2026-03-03T15:00:00Z'), release, policy())).toBe(
    'That is 28 days 1 hour before the public date, more than 28 days.',
  );
});
