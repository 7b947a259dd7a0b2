// Whoever made it public is asked to go on in private.
import { expect, test } from 'vitest';
import { commandLines, renderer } from '#test/letter/rendered.ts';

const letter = await renderer('ask-private');

test('asks for one word, says what each means and on which condition it makes sense (S1-43, S4-06)', () => {
  const { subject, text } = letter();
  expect(subject).toBe('[SRC-4F7K2M] Can we go on in private?');
  expect(text.replace(/\s+/g, ' ')).toContain('for example if the full details of an exploit are not published yet');
  expect(text).toContain('  YES   we go on in private');
  expect(text).toContain('  NO    we go on in public');
  expect(text).toContain('https://example.org/security');
});

test('reveals nothing of the incident and offers no commands', () => {
  const { text } = letter({ link: undefined });
  expect(text).not.toContain('How we handle');
  expect(commandLines(text)).toEqual([]);
});
