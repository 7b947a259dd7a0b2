// Moments and spans, in UTC, over the ends of months and the change of clocks.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  after,
  before,
  between,
  day,
  inUtc,
  isZone,
  length,
  readMoment,
  readMomentIn,
  type Span,
  shown,
  span,
  spanInWords,
} from '#time.ts';

test.each(['24h', '7d', '0s', '90m', '4w'])('%s is a span', (text) => {
  expect(span(text)).toBe(text);
});
test.each(['', 'd', '7', '-7d', '7 d', '7D', '1.5d', '123456d', '7d7d', 'ñd'])('"%s" is none', (text) => {
  expect(span(text)).toBeUndefined();
});

test.each([
  ['1s', 1000],
  ['90m', 5_400_000],
  ['24h', 86_400_000],
  ['1d', 86_400_000],
  ['1w', 604_800_000],
] as const)('%s lasts %d ms', (text, ms) => {
  expect(length(text)).toBe(ms);
});

test('before and after are the way back and forth', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
      fc.integer({ min: 0, max: 99_999 }),
      (at, count) => {
        const by = `${count}m` as Span;
        expect(before(after(at, by), by)).toEqual(at);
      },
    ),
  );
  expect(after(new Date('2024-02-28T12:00:00Z'), '1d')).toEqual(new Date('2024-02-29T12:00:00Z'));
});

test('spans in words', () => {
  expect(['1d', '7d', '1h', '72h', '0s'].map((one) => spanInWords(one as Span))).toEqual([
    '1 day',
    '7 days',
    '1 hour',
    '72 hours',
    '0 seconds',
  ]);
});

test.each([
  ['2026-03-03T12:00:00Z', '2026-03-03T12:00:59Z', 'less than a minute'],
  ['2026-03-03T12:00:00Z', '2026-03-03T13:01:00Z', '1 hour 1 minute'],
  ['2026-03-03T12:00:00Z', '2026-03-06T16:59:00Z', '3 days 4 hours'],
  ['2026-03-06T12:00:00Z', '2026-03-03T12:00:00Z', '3 days'],
])('between %s and %s lie %s', (from, to, words) => {
  expect(between(new Date(from), new Date(to))).toBe(words);
});

test.each([
  ['UTC', '2026-03-01 16:00 UTC'],
  ['Europe/Berlin', '2026-03-01 16:00 UTC (17:00 Europe/Berlin)'],
  ['America/Los_Angeles', '2026-03-01 16:00 UTC (08:00 America/Los_Angeles)'],
  ['Pacific/Auckland', '2026-03-01 16:00 UTC (2026-03-02 05:00 Pacific/Auckland)'],
  ['Nowhere/Land', '2026-03-01 16:00 UTC'],
])('a moment is shown in %s', (zone, words) => {
  expect(shown(new Date('2026-03-01T16:00:00Z'), zone)).toBe(words);
});

test('summer time moves the hour there, not here', () => {
  expect(shown(new Date('2026-07-01T16:00:00Z'), 'Europe/Berlin')).toBe('2026-07-01 16:00 UTC (18:00 Europe/Berlin)');
  expect([day(new Date('2026-03-01T23:59:59Z')), inUtc(new Date('2026-03-01T23:59:59Z'))]).toEqual(['2026-03-01', '2026-03-01 23:59 UTC']);
  expect([isZone('Europe/Berlin'), isZone('Europe/Nowhere')]).toEqual([true, false]);
});

test.each([
  ['2026-03-01', '2026-03-01T00:00:00.000Z', false],
  ['2026-03-01 16:00', '2026-03-01T16:00:00.000Z', true],
  ['2026-03-01T16:00Z', '2026-03-01T16:00:00.000Z', true],
  ['2026-03-01 16:00 UTC', '2026-03-01T16:00:00.000Z', true],
  ['2026-03-01T16:00:30.5Z', '2026-03-01T16:00:30.000Z', true],
  ['2026-03-01T16:00+01:00', '2026-03-01T15:00:00.000Z', true],
  ['2024-02-29', '2024-02-29T00:00:00.000Z', false],
])('reads %s', (text, at, hour) => {
  expect(readMoment(text)).toEqual({ at: new Date(at), hour });
});

test.each([
  '',
  'tomorrow',
  '2026-02-30',
  '2026-13-01',
  '2026-03-01 25:00',
  '2026-03-01 24:00',
  '2026-03-01 24:61',
  '2026-03-01 16:00+25:00',
  '2026-03-01 16:00 +99:99',
  '2026-03-01 +05:00',
  '2026-3-1',
  '01.03.2026',
  '2026-03-01 16:00 CET',
  '2026-03-01 16',
])('"%s" is no moment', (text) => {
  expect(readMoment(text)).toBeUndefined();
});

test.each([
  ['2026-03-06 09:00 America/Los_Angeles', '2026-03-06T17:00:00Z'],
  ['2026-07-06 09:00 America/Los_Angeles', '2026-07-06T16:00:00Z'],
  ['2026-03-06T09:00 Europe/Berlin', '2026-03-06T08:00:00Z'],
  ['2026-03-06 09:00 Asia/Kathmandu', '2026-03-06T03:15:00Z'],
  ['2026-03-06 09:00 Pacific/Kiritimati', '2026-03-05T19:00:00Z'],
  ['2026-03-06 09:00 UTC', '2026-03-06T09:00:00Z'],
  ['2026-03-06 09:00 utc', '2026-03-06T09:00:00Z'],
  ['2026-03-06 09:00 +05:30', '2026-03-06T03:30:00Z'],
  ['2026-03-06', '2026-03-06T00:00:00Z'],
])('reads %s in its zone (C9)', (text, at) => {
  expect(readMomentIn(text)).toMatchObject({ at: new Date(at) });
});

test.each([
  ['2026-02-30 09:00 Europe/Berlin'],
  ['2026-03-06 25:00 Europe/Berlin'],
  ['tomorrow Europe/Berlin'],
  ['2026-03-06 09:00 Europe/Berlin please'],
])('%s is no moment', (text) => {
  expect(readMomentIn(text)).toBeUndefined();
});

test('every hour of a year is read back as it is shown, skipped, or named twice, in zones on both sides of UTC (C9)', () => {
  for (const zone of ['Europe/Berlin', 'America/Los_Angeles', 'Australia/Lord_Howe']) {
    let odd = 0;
    for (let hour = 0; hour < 365 * 24; hour += 1) {
      const written = new Date(Date.UTC(2026, 0, 1, hour, 30)).toISOString().slice(0, 16).replace('T', ' ');
      const read = readMomentIn(`${written} ${zone}`);
      if (!read || 'wrong' in read) odd += 1;
      else expect(shown(read.at, zone)).toContain(written.slice(11));
    }
    // A year has an hour that is skipped and one that comes twice; half an hour on Lord Howe.
    expect(odd).toBeGreaterThanOrEqual(1);
    expect(odd).toBeLessThanOrEqual(2);
  }
});
