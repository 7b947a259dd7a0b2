// It is public, to the reporter.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const resolution = await renderer('resolution');

test('says that it is public, thanks, and brings the announcement', () => {
  const { subject, text } = resolution();
  expect(subject).toBe('[SRC-4F7K2M] Your report is public: CVE-1900-0001');
  expect(text).toContain('Thank you for your help');
  expect(text).toContain('An archive can write outside its target folder.\n\nFixed in 2.3.1.\n');
});

test('does without a CVE id', () => {
  const { subject, text } = resolution({ cve: undefined });
  expect(subject).toBe('[SRC-4F7K2M] Your report is public');
  expect(text).toContain('is public now. You are free');
});
