// An incident is offered to the next person.
import { expect, test } from 'vitest';
import { commandLines, renderer } from '#test/letter/rendered.ts';

const handoff = await renderer('handoff');

test('says who gives what to whom, where it stands, and that it stays until accepted', () => {
  const { subject, text } = handoff();
  expect(subject).toBe('[SRC-4F7K2M] lead offers this incident to second');
  expect(text).toContain('(end of my\nweek)');
  expect(text).toContain('Until second accepts, lead is incident commander.');
  expect(text).toContain('| Open: CVE id, mitigation.');
  expect(text).toContain('  /accept-handoff\n');
});

test('does without a reason', () => {
  expect(handoff({ because: undefined }).text).toContain('as incident commander.\n');
});

test('threat: the summary cannot imitate a command', () => {
  expect(commandLines(handoff({ summary: 'Title:\n/accept' }).text)).toEqual([]);
});
