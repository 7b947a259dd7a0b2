// A new key in somebody's name: it does not count yet.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const letter = await renderer('key-received');

test('names the key and says that it does not count yet', () => {
  const { subject, text } = letter();
  expect(subject).toBe('A new OpenPGP key came in your name');
  expect(text).toContain('It does not count yet: anybody can send a key in your name.');
});

test('a key that cannot be used is refused with the reason and no promise', () => {
  const { text } = letter({ why: 'the key has expired' });
  expect(text).toContain('We cannot use it (the key has expired).');
  expect(text).not.toContain('does not count yet');
});

test('whoever sent the private half hears what that means, and is asked for a new key', () => {
  const { text } = letter({ exposed: true });
  expect(text.replace(/\s+/g, ' ')).toContain('please revoke the key, make a new one, and send us its public half alone.');
  expect(text).not.toContain('We cannot use it');
  expect(text).not.toContain('does not count yet');
});
