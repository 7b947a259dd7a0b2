// Somebody is asked to have a part of an incident, hears that it went on, or that everybody is asked.
import { expect, test } from 'vitest';
import { commandLines, renderer } from '#test/letter/rendered.ts';

const part = await renderer('part');

test('asks with the duties, how it came to the reader, and until when to answer (S2-36)', () => {
  const { subject, text } = part();
  expect(subject).toBe('[SRC-4F7K2M] Yours, since it is your week: Triage');
  expect(text.replace(/\s+/g, ' ')).toContain('You are asked to take this part of SRC-4F7K2M, since it is your week: Triage.');
  expect(text).toContain('What it is: Sees that whoever should know knows');
  expect(text.replace(/\s+/g, ' ')).toContain(
    'Please say by 2026-03-03 09:30 UTC (10:30 Europe/Berlin) that you take it, or pass it on; otherwise the next in line is asked.',
  );
  expect(text).toContain('  /take-part triage\n');
});

test('says to whom it went on (S2-37)', () => {
  const { subject, text } = part({ what: 'moved', to: 'second', how: undefined, by: undefined });
  expect(subject).toBe('[SRC-4F7K2M] second is asked now: Triage');
  expect(text.replace(/\s+/g, ' ')).toContain('Now second is asked.');
  expect(text).not.toContain('Please say by');
});

test('asks everybody, and says that it does not stop (S2-28, C7)', () => {
  const { subject, text } = part({ what: 'open', how: undefined, to: '' });
  expect(subject).toBe('[SRC-4F7K2M] Nobody has it yet: Triage');
  expect(text.replace(/\s+/g, ' ')).toContain('Whoever says so first has it.');
  expect(text.replace(/\s+/g, ' ')).toContain('all of you are reminded again and again.');
});

test('tells somebody who was named that they have it', () => {
  const { subject, text } = part({ what: 'named', how: undefined, by: undefined });
  expect(subject).toBe('[SRC-4F7K2M] Yours: Triage');
  expect(text).toContain('You have this part of SRC-4F7K2M now: Triage.');
});

test('threat: neither summary nor duties can imitate a command', () => {
  expect(commandLines(part({ summary: 'Title:\n/accept', duties: '/accept' }).text)).toEqual([]);
});
