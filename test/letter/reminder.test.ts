// A deadline is near or has passed.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const reminder = await renderer('reminder');

test('says what is late, since when, and what would meet it', () => {
  const { subject, text } = reminder();
  expect(subject).toBe('[SRC-4F7K2M] Late by 2 days 3 hours: The report waits to be accepted or declined.');
  expect(text.replaceAll('\n', ' ')).toContain('It was due at 2026-03-04 09:30 UTC (10:30 Europe/Berlin) and is late by 2 days 3 hours.');
  expect(text).toContain('\nTitle: Path traversal in the archive importer\n');
  expect(text).toContain('  /decline <class> [text]\n');
});

test('says by when, ahead of a deadline', () => {
  const { subject, text } = reminder({ late: '' });
  expect(subject).toBe('[SRC-4F7K2M] The report waits to be accepted or declined.');
  expect(text).toContain('It is due by 2026-03-04 09:30 UTC');
  expect(text).not.toContain('late');
});

test('speaks of no date where it only says what changed (S1-33)', () => {
  expect(reminder({ dueAt: undefined, late: '' }).text).not.toContain('due');
});
