// A text for a place that mail does not reach.
import { expect, test } from 'vitest';
import { commandLines, renderer } from '#test/letter/rendered.ts';

const paste = await renderer('paste');

test('says where, and gives the text to copy between two rules', () => {
  const { subject, text } = paste();
  expect(subject).toBe('[SRC-4F7K2M] Please post in chat');
  expect(text).toContain('  https://chat.example.org/announcements\n');
  expect(text).toMatch(/={40}\nAn archive can write outside its target folder.\n\nFixed in 2.3.1.\n={40}\n$/);
});

test('rules are longer than any in the text, so that the end is the end', () => {
  expect(paste({ text: `a\n${'='.repeat(60)}\nb` }).text).toMatch(/={61}\na\n={60}\nb\n={61}\n$/);
});

test('threat: no line of the text can be a command of whoever answers', () => {
  const { text } = paste({ text: 'a\n/close' });
  expect(commandLines(text)).toEqual([]);
  expect(text).toContain('\n /close\n');
});
