// The line of an incident's time: marks in order, what is past, under embargo and after, as cells and as text.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countdown, lineOf, type Picture, pictureOf } from '#incident/picture.ts';
import { accepted, announced, incident, noticed, now, reportedAt, scheduled } from '#test/situation.ts';
import { after } from '#time.ts';

const told = ({ marks }: Picture) => marks.map(({ number, what, is }) => `${number} ${what} ${is}`);

test('marks stand in the order of time, each past, now or ahead', () => {
  expect(told(pictureOf(incident(accepted, scheduled(), noticed), '90d', now))).toEqual([
    '1 report past',
    '2 accepted past',
    '3 notice past',
    '4 now now',
    '5 public date ahead',
    '6 longest embargo ahead',
  ]);
});

test('what is public has no embargo to come', () => {
  const picture = pictureOf(incident(accepted, scheduled(), announced), '90d', now);
  expect(told(picture)).toEqual(['1 report past', '2 accepted past', '3 announced past', '4 now now']);
  expect(picture.stretches.map(({ is }) => is)).toEqual(['past', 'past', 'past']);
});

test('the embargo reaches to the public date, and without one to its longest end', () => {
  const is = ({ stretches }: Picture) => stretches.map((stretch) => stretch.is);
  expect(is(pictureOf(incident(scheduled()), '90d', now))).toEqual(['past', 'ahead', 'after']);
  expect(is(pictureOf(incident(), '90d', now))).toEqual(['past', 'ahead']);
});

test('the line as text says the same: = is past, - under embargo, . after the public date', () => {
  expect(lineOf(pictureOf(incident(scheduled()), '30d', now))).toBe('1=2---------------------------3................................4');
  expect(lineOf(pictureOf(incident(), '30d', after(reportedAt, 0)))).toMatch(/^12-{61}3$/);
});

test('whatever the moments are, every mark has a column, the shares are a whole, and the line keeps its width', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 120 }),
      (days, date, longest) => {
        const at = after(reportedAt, days * 86_400_000);
        const publicAt = after(reportedAt, date * 86_400_000).toISOString();
        const picture = pictureOf(incident(accepted, scheduled(publicAt), noticed), `${longest}d`, at);
        const drawn = lineOf(picture);
        expect(drawn.replace(/[^\d]/g, '')).toBe(picture.marks.map(({ number }) => number).join(''));
        expect(drawn.length).toBeLessThanOrEqual(64);
        expect(picture.stretches.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
      },
    ),
    { numRuns: 100 },
  );
});

test.each([
  ['to come', [scheduled()], now, 'Public in 13 days 4 hours'],
  ['passed', [scheduled()], new Date('2026-03-17T16:00:00Z'), 'The public date passed 1 day ago, nothing is announced'],
  ['not set', [], now, 'No public date; the longest embargo ends in 89 days'],
  ['never set', [], new Date('2026-07-01T12:00:00Z'), 'No public date; the longest embargo ended 31 days ago'],
  ['over', [accepted, announced], now, 'Public for 22 hours 58 minutes'],
] as const)('the countdown of a public date that is %s', (_, events, at, words) => {
  expect(countdown(incident(...events), '90d', at)).toBe(words);
});
