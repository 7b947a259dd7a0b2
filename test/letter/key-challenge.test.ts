// The challenge: a code that only the owner of the new key can read.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const letter = await renderer('key-challenge');

test('gives the line to answer with, and until when', () => {
  const { subject, text } = letter();
  expect(subject).toBe('Is this your OpenPGP key?');
  expect(text).toContain('  /prove-key 7Q2ZD0KX4MB1N8WJ5TRV9CHFGA');
});
