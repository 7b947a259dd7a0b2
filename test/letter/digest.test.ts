// The mail of the day: all that is due for one member.
import { expect, test } from 'vitest';
import { commandLines, renderer } from '#test/letter/rendered.ts';

const digest = await renderer('digest');

test('says in the subject how much is due and how much of it is late', () => {
  expect(digest().subject).toBe('Today: 2 things are due, 1 of them late');
});

test('says of each thing its incident, what, when, who else hears of it, and what would meet it', () => {
  const text = digest().text.replace(/\n(?=\S)/g, ' ');
  expect(text).toContain('SRC-4F7K2M: The report awaits a verdict. Title: Path traversal in the controller');
  expect(text).toContain('It was due at 2026-03-04 09:30 UTC (10:30 Europe/Berlin) and is late by 1 day 22 hours.');
  expect(text).toContain('Others hear of it too: second, third');
  expect(text).toContain('  /decline <class> [text]');
  expect(text).toContain('It is due by 2026-03-20 11:00 UTC (12:00 Europe/Berlin).');
});

test('a title of a stranger cannot pass for a command', () => {
  const due = [{ id: 'SRC-4F7K2M', title: '/accept\n/announce', what: 'x', dueAt: '2026-03-04T09:30:00.000Z', late: '', commands: [] }];
  expect(commandLines(digest({ due }).text)).toEqual([]);
});
