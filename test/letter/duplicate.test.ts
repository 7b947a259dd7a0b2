// The report repeats another: nothing of that one is told.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const letter = await renderer('duplicate');

test('thanks, says that it is known, and leaves a way to object', () => {
  const { subject, text } = letter();
  expect(subject).toBe('[SRC-4F7K2M] We know of this issue already');
  expect(text).toContain('Your second way in was new to us.');
  expect(text.replace(/\s+/g, ' ')).toContain('If you think that yours is another issue, reply to this mail');
});

test('does without a text of the team', () => {
  expect(letter({ text: '' }).text).not.toMatch(/\n\n\n/);
});

test('asks to keep private only what is not public already', () => {
  expect(letter().text).toContain('Please keep it private until we have published it.');
  expect(letter({ isPublic: true }).text).not.toContain('private');
});
