// Which lines are commands, and how far their texts reach.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { looksLikeCommand, ordersIn } from '#command/order.ts';
import { cost } from '#test/cost.ts';

const split = (text: string, code: readonly number[] = []) =>
  ordersIn(
    text.split('\n').map((line, index) => ({ text: line, code: code.includes(index) })),
    (word, rest) => word === 'reply' && rest === '',
  );

test.each([
  ['/accept', true],
  ['/severity low because so', true],
  ['/accept   ', true],
  ['/etc/passwd', false],
  ['/Accept', true],
  ['/\u0430ccept', true],
  ['/usr/bin/id says root', false],
  [' /accept', false],
  ['please /accept', false],
  ['/', false],
  ['// accept', false],
  [`/${'a'.repeat(40)}`, false],
])('"%s" looks like a command: %s', (line, is) => {
  expect(looksLikeCommand(line)).toBe(is);
});

test('parts commands from what is said beside them', () => {
  expect(split('Hello,\n/accept\n/severity low because so\nbye')).toEqual({
    orders: [
      { line: '/accept', word: 'accept', rest: '' },
      { line: '/severity low because so', word: 'severity', rest: 'low because so' },
    ],
    remarks: 'Hello,\nbye',
  });
});

test('a line may be as long as a mail program makes it, and is a command all the same', () => {
  const long = 'words '.repeat(2000).trim();
  expect(split(`/note ${long}`).orders).toEqual([{ line: `/note ${long}`.slice(0, 2000), word: 'note', rest: long }]);
});

test('a line of code is said, never ordered', () => {
  expect(split('/accept', [0])).toEqual({ orders: [], remarks: '/accept' });
});

test('a block reaches to /end, and what follows is said to the team', () => {
  expect(split('/reply\n\nDear reporter,\n\nthank you.\n\n/end\nOnly for us.')).toEqual({
    orders: [{ line: '/reply', word: 'reply', rest: '', block: 'Dear reporter,\n\nthank you.' }],
    remarks: 'Only for us.',
  });
});

test('a block without an end takes nothing: the words after it may be meant for the team', () => {
  expect(split('/reply\nFor them?\nFor us?')).toEqual({
    orders: [{ line: '/reply', word: 'reply', rest: '', unended: true }],
    remarks: 'For them?\nFor us?',
  });
});

test('an empty block before another command is no block', () => {
  expect(split('/reply\n\n/note\n/end').orders.map(({ word, block }) => [word, block])).toEqual([
    ['reply', undefined],
    ['note', undefined],
  ]);
});

test('a stray /end is only said', () => {
  expect(split('/end\n/accept')).toEqual({ orders: [{ line: '/accept', word: 'accept', rest: '' }], remarks: '/end' });
});

test('whatever is written, no word gets lost or is obeyed out of a block', () => {
  const word = fc.constantFrom('/reply', '/accept', '/end', 'text', '', '/etc/passwd', '> quote');
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), (lines) => {
      const { orders, remarks } = split(lines.join('\n'));
      const kept = `${orders.map(({ line, block = '' }) => `${line}\n${block}`).join('\n')}\n${remarks}`;
      for (const line of lines) if (line !== '/end') expect(kept).toContain(line);
      expect(orders.filter(({ word: one }) => one === 'accept').length).toBeLessThanOrEqual(
        lines.filter((line) => line === '/accept').length,
      );
    }),
  );
});

test('a line of a million characters is read in time', async () => {
  const text = `/reply ${'because '.repeat(200_000)}\n${'/'.repeat(1_000_000)}`;
  expect(await cost(() => split(text))).toBeLessThan(1000);
});
