// Keys that end: to their owner, and to the team in one letter.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const letter = await renderer('key-ending');

test('tells an owner which key ends when and what to do', () => {
  const { subject, text } = letter();
  expect(subject).toBe('Your OpenPGP key needs you');
  expect(text).toContain('  ends on 2026-03-30 09:00 UTC');
});

test('tells the team of all of them, and the operator what to do about the team’s own', () => {
  const { subject, text } = letter({ yours: false, ours: true });
  expect(subject).toBe('OpenPGP keys that need somebody');
  expect(text).toContain('embargod key rotate');
});
