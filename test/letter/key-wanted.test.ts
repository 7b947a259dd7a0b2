// Asks for a key, without contents.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const keyWanted = await renderer('key-wanted');

test('says that a letter waits, why, and what to send', () => {
  const { subject, text } = keyWanted();
  expect(subject).toBe('[SRC-4F7K2M] Something waits for you: please send your OpenPGP key');
  expect(text).toContain('a confidential notice waits for you.');
  expect(text).toContain('your key expired on 2026-02-01');
  expect(text).toContain('  AAAA 1111 BBBB 2222 CCCC  3333 DDDD 4444 EEEE 5555');
});

test('threat: no fact can carry the contents of what waits', () => {
  expect(() => keyWanted({ text: 'the embargoed notice' })).toThrow('text (unrecognized_keys)');
});
