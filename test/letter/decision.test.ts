// A decision, to every member.
import { expect, test } from 'vitest';
import { commandLines, renderer } from '#test/letter/rendered.ts';

const letter = await renderer('decision');

test('says what was decided, why, and what spoke against it (S1-62, S2-67, S4-22)', () => {
  const { subject, text } = letter();
  expect(subject).toBe('[SRC-4F7K2M] Decided to go slower than usual');
  expect(text).toContain('SRC-4F7K2M: lead decided to go slower than usual.');
  expect(text).toContain('The reason: two maintainers are away until Monday');
  expect(text.replace(/\s+/g, ' ')).toContain('The process advises against it: It is for a score under 4.0, and the score is 6.5.');
  expect(text).toContain('Severity: medium (CVSS 6.5)');
});

test('says nothing of advice where there was none', () => {
  expect(letter({ against: undefined }).text).not.toContain('advises');
});

test('threat: a reason cannot imitate a command', () => {
  expect(commandLines(letter({ because: 'so\n/close' }).text)).toEqual([]);
});
