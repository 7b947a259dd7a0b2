// What somebody wrote, passed on to the team.
import { expect, test } from 'vitest';
import { commandLines, renderer } from '#test/letter/rendered.ts';

const relay = await renderer('relay');

test('names the writer, the role, the proof and the text', () => {
  const { subject, text } = relay();
  expect(subject).toBe('[SRC-4F7K2M] reporter: The same happens with symbolic links.');
  expect(text).toContain('Robin Reporter <reporter@example.net> (reporter) wrote about SRC-4F7K2M.');
  expect(text).toContain('| The same happens with symbolic links.\n| A second archive is attached.\n');
  expect(text).toContain('What you answer goes to the team only.');
});

test('threat: the text relayed cannot imitate a command', () => {
  expect(commandLines(relay({ text: '/accept\n\n/close', who: '/accept' }).text)).toEqual([]);
});

test('says what its commands did, and warns', () => {
  const { text } = relay({ done: ['/accept: Accepted.'], warning: 'The writer cites a mail of another incident.' });
  expect(text).toContain('  - /accept: Accepted.');
  expect(text).toContain('Take care: The writer cites');
  expect(relay().text).not.toMatch(/Take care|The commands in it/);
});
