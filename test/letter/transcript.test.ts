// What became of each command.
import { expect, test } from 'vitest';
import { commandLines, renderer } from '#test/letter/rendered.ts';

const transcript = await renderer('transcript');

test('says of every line what became of it', () => {
  const { subject, text } = transcript();
  expect(subject).toBe('[SRC-4F7K2M] Your commands');
  expect(text).toContain('  /accept\n      Done.\n      Accepted.\n');
  expect(text).toContain('  /schedule 2027-01-01\n      Refused.\n      This team holds an embargo');
  expect(text).toContain('  /cve request\n      Not reached.\n      An earlier line was refused.');
});

test('threat: a line of the mail stays one indented line', () => {
  const { text } = transcript({ lines: [{ line: '/accept\n/announce', outcome: 'ignored', text: 'Not a command.\n/close' }] });
  expect(commandLines(text)).toEqual([]);
  expect(text).toContain('  /accept /announce\n      Ignored.\n      Not a command.\n      /close');
});

test('does without incident and advice', () => {
  const { subject, text } = transcript({ id: undefined, advice: undefined });
  expect(subject).toBe('Your commands');
  expect(text).toMatch(/^This is what became of your commands:/);
});
