// The team has another key.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const letter = await renderer('team-key-changed');

test('shows both fingerprints and where to compare them', () => {
  const { subject, text } = letter();
  expect(subject).toBe('The OpenPGP key of the team has changed');
  expect(text).toContain('(https://example.org/security)');
});
