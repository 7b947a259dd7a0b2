// Distributors hear that the embargo goes on after a breach.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const letter = await renderer('embargo-holds');

test('says until when, and how to report more of it (S1-83, S1-84)', () => {
  const { subject, text } = letter();
  expect(subject).toBe('[SRC-4F7K2M] [EMBARGOED] The embargo holds until 2026-03-16 16:00 UTC');
  expect(text).toMatch(/^EMBARGOED until 2026-03-16 16:00 UTC/);
  expect(text).toContain('  /breach <what you saw, and where>');
});

test('does without a date', () => {
  expect(letter({ publicAt: undefined }).text).toContain('EMBARGOED: the embargo holds until you hear from us.');
});
