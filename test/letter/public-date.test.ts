// The public date was set, moved or taken back: told to the team, with a calendar file.
import { expect, test } from 'vitest';
import { lettersOf, whoGets } from '#test/letter/occasion.ts';
import { renderer } from '#test/letter/rendered.ts';
import { noticed, scheduled } from '#test/situation.ts';

const publicDate = await renderer('public-date');
const moved = scheduled('2026-03-18T16:00:00.000Z');
const cancelled = { type: 'cancelled', by: 'lead', what: 'schedule', because: 'no fix yet' } as const;

test('says who set it, both dates in UTC and the zone of the team, and the reason (C9)', () => {
  const { subject, text } = publicDate();
  expect(subject).toBe('[SRC-4F7K2M] Public date: 2026-03-12 16:00 UTC');
  expect(text).toContain('lead set the public date of SRC-4F7K2M to 2026-03-12 16:00 UTC (17:00 Europe/Berlin).');
  expect(text).toContain('Before it was 2026-03-10 16:00 UTC (17:00 Europe/Berlin).');
  expect(text).toContain('The reason: the patch for 1.9 needs two more days');
});

test('says that the embargo holds when the date was taken back', () => {
  const { subject, text } = publicDate({ publicAt: undefined });
  expect(subject).toBe('[SRC-4F7K2M] The public date is open again');
  expect(text).toContain('The embargo holds until another is set.');
});

test('every member gets it when a date is set, moved, or taken back; the calendar counts the changes (S1-50)', () => {
  const first = lettersOf([scheduled()]);
  expect(whoGets(first)).toEqual(['public-date to lead', 'public-date to second', 'public-date to third']);
  expect(first[0]).toMatchObject({ seal: 'must', calendar: { at: '2026-03-16T16:00:00.000Z', change: 1 } });
  const [second] = lettersOf([scheduled(), moved]);
  expect(second).toMatchObject({ facts: { was: '2026-03-16T16:00:00.000Z' }, calendar: { at: '2026-03-18T16:00:00.000Z', change: 2 } });
  const [third] = lettersOf([scheduled(), moved, cancelled]);
  expect(third).toMatchObject({
    facts: { because: 'no fix yet' },
    calendar: { at: '2026-03-18T16:00:00.000Z', change: 3, cancelled: true },
  });
});

test('whoever holds the notice gets the calendar with the moved date (S1-50, S1-72)', () => {
  const letters = lettersOf([scheduled(), noticed, moved]).filter(({ audience }) => audience === 'distributors');
  expect(whoGets(letters)).toEqual(['date-moved to acme', 'date-moved to gamma']);
  for (const one of letters) expect(one.calendar).toEqual({ at: '2026-03-18T16:00:00.000Z', change: 2 });
});
