// A key counts or counts no more: nothing changes silently.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const letter = await renderer('key-changed');

test('tells the team what counts now, what made it so and how to undo it', () => {
  const { subject, text } = letter();
  expect(subject).toBe('A new OpenPGP key counts: Acme Linux');
  expect(text).toContain('lead of the team compared its fingerprint.');
});

test('tells its owner of a withdrawal with the reason', () => {
  const { subject, text } = letter({ yours: true, counts: false, way: 'withdrawn', because: 'the laptop was stolen', replaces: [] });
  expect(subject).toBe('An OpenPGP key counts no more: Acme Linux');
  expect(text).toContain('lead withdrew it: the laptop was stolen.');
});
