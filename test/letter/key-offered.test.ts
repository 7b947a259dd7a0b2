// The team hears of an offered key with its whole fingerprint and what counts until now.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const letter = await renderer('key-offered');

test('shows the new key, those before and the lines that decide', () => {
  const { subject, text } = letter();
  expect(subject).toBe('A new OpenPGP key in the name of acme');
  expect(text).toContain('  /accept-key acme DDDD4444EEEE5555AAAA1111BBBB2222CCCC3333');
});

test('says so where no key counted before', () => {
  expect(letter({ before: [] }).text).toContain('Until now no key of theirs counts.');
});
