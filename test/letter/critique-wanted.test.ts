// Asks for critique after a release.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const critiqueWanted = await renderer('critique-wanted');

test('asks about the process, says until when and how', () => {
  const { subject, text } = critiqueWanted();
  expect(subject).toBe('[SRC-4F7K2M] What went well, what did not');
  expect(text).toContain('was released at 2026-03-10');
  expect(text).toContain('about the process, not about people');
  expect(text).toContain('2026-03-13 16:00 UTC');
  expect(text).toContain('  /critique\n');
});
