// The day of publication moved: told to distributors.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const dateMoved = await renderer('date-moved');

test('says the new end of the embargo in UTC, first of all, and the reason', () => {
  const { subject, text } = dateMoved();
  expect(subject).toBe('[SRC-4F7K2M] [EMBARGOED] The embargo now ends at 2026-03-12 16:00 UTC');
  expect(text.replaceAll('\n', ' ')).toMatch(/^EMBARGOED until 2026-03-12 16:00 UTC \(17:00 Europe\/Berlin\): the end/);
  expect(text).toContain('The reason: the patch for 1.9 needs two more days');
});

test('a first date is set, not moved (S1-50)', () => {
  const { subject, text } = dateMoved({ first: true, reader: 'fix-team' });
  expect(subject).toBe('[SRC-4F7K2M] [EMBARGOED] The embargo ends at 2026-03-12 16:00 UTC');
  expect(text.replaceAll('\n', ' ')).toContain('the end of the embargo is set.');
  expect(text).not.toMatch(/moved|now ends/);
});

test('says to whom a final notice went that it holds no longer, and to release managers that they wait (S1-50, S1-89, S1-94)', () => {
  const taken = { publicAt: undefined, withdrawn: true };
  expect(dateMoved(taken).text.replaceAll('\n', ' ')).toContain('The final notice you have holds no longer: do not publish');
  expect(dateMoved(taken).text).not.toContain('Everything else in the notice holds');
  expect(dateMoved().text).toContain('Everything else in the notice holds');
  expect(dateMoved({ ...taken, reader: 'release-manager' }).text.replaceAll('\n', ' ')).toContain(
    'do nothing that makes the fix public until you are asked again',
  );
});

test('says that the embargo holds when no new day is known', () => {
  const { subject, text } = dateMoved({ publicAt: undefined, because: undefined });
  expect(subject).toBe('[SRC-4F7K2M] [EMBARGOED] The end of the embargo is open again');
  expect(text.replaceAll('\n', ' ')).toContain('The embargo holds until you hear from us.');
  expect(text).not.toContain('reason');
});
