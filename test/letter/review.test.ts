// A draft to be read and approved.
import { expect, test } from 'vitest';
import { commandLines, renderer } from '#test/letter/rendered.ts';

const review = await renderer('review');

test('shows the draft with its mark, what is missing and how to approve', () => {
  const { subject, text } = review();
  expect(subject).toBe('[SRC-4F7K2M] Draft of the announcement to review');
  expect(text).toContain('lead drafted the announcement a1b2c3 of SRC-4F7K2M.');
  expect(text).toContain('Still missing:\n  - mitigation');
  expect(text).toContain('  /approve a1b2c3');
  expect(text).toContain('Subject: [Security Advisory] CVE-1900-0001: Path traversal in the archive importer\n');
  expect(text).toContain('| Fixed in 2.3.1.');
});

test('does not speak of missing parts when none is missing', () => {
  expect(review({ missing: [] }).text).not.toContain('missing');
});

test('threat: a draft cannot imitate a command', () => {
  expect(commandLines(review({ text: '/approve a1b2c3' }).text)).toEqual([]);
});
