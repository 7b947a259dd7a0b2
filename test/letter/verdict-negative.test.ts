// The report is not handled as a security issue.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const verdictNegative = await renderer('verdict-negative');

test('gives the reason as the team wrote it and leaves the door open', () => {
  const { subject, text } = verdictNegative();
  expect(subject).toBe('[SRC-4F7K2M] What we decided about your report');
  expect(text).toContain('and only that user can choose the archive.\nWe would be glad');
  expect(text).toContain('reply to this mail and we look again');
});

test('a decision without words of the team is a whole sentence', () => {
  const { text } = verdictNegative({ text: '' });
  expect(text.replaceAll('\n', ' ')).toContain('do not handle it as a security issue. ');
});

test('is not made when the text is missing', () => {
  expect(() => verdictNegative({ text: undefined })).toThrow('text');
});
