// The report is a security issue.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const verdictPositive = await renderer('verdict-positive');

test('says so, says what comes next and asks about credit', () => {
  const { subject, text } = verdictPositive();
  expect(subject).toBe('[SRC-4F7K2M] Your report is a security issue');
  expect(text).toContain('Thank you for the second archive');
  expect(text).toContain('We prepare a fix, agree with you on a day');
  expect(text).toContain('Please keep it private until then.');
  expect(text).toContain('credited');
});

test('does without words of the team', () => {
  const { text } = verdictPositive({ text: undefined });
  expect(text).not.toContain('second archive');
  expect(text).not.toContain('\n\n\n');
});

test('owns up where the first answer was no (S4-03)', () => {
  expect(verdictPositive({ again: true }).text).toContain('we looked at your report again');
  expect(verdictPositive().text).not.toContain('again');
});
