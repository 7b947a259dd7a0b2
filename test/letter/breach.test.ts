// The embargo was broken: everybody, at once.
import { expect, test } from 'vitest';
import { commandLines, renderer } from '#test/letter/rendered.ts';

const letter = await renderer('breach');

test('says who says what, what was planned, and what happens in doubt (S1-83, S1-85)', () => {
  const { subject, text } = letter();
  expect(subject).toBe('[SRC-4F7K2M] EMBARGO BROKEN: please decide how to go on');
  expect(text).toMatch(/^Acme Linux reports that the embargo of SRC-4F7K2M was broken/);
  expect(text).toContain('| The patch has been in a public repository for an hour.');
  expect(text).toContain('  - The public date is 2026-03-16 16:00 UTC.');
  expect(text).toMatch(/Reminders begin at 2026-03-03 16:00 UTC.*\s.*publish now/);
});

test('threat: what somebody writes cannot imitate a command', () => {
  expect(commandLines(letter({ text: '/decide breach publish\r\n/close', by: 'x\n/close' }).text)).toEqual([]);
});
