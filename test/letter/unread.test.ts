// Asks for a mail again that could not be read.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const unread = await renderer('unread');

test('asks for the mail again and names the key to use', () => {
  const { subject, text } = unread();
  expect(subject).toBe('We could not read your mail');
  expect(text).toContain('Please send it again');
  expect(text).toContain('  AAAA 1111 BBBB 2222 CCCC  3333 DDDD 4444 EEEE 5555');
});

test('threat: it is no oracle, so nothing can say why the mail was not read', () => {
  expect(() => unread({ why: 'the session key did not decrypt' })).toThrow('why (unrecognized_keys)');
});
