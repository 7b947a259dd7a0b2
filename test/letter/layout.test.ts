// How letters lie on the page.
import { expect, test } from 'vitest';
import { barred, block, exact, fenced, layOut } from '#letter/layout.ts';
import { growth, linear } from '#test/cost.ts';

test('wraps our lines at 76 characters and loses no word', () => {
  const sentence = Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ');
  const laid = layOut(sentence, true).trimEnd();
  expect(laid.split('\n').every((line) => line.length <= 76)).toBe(true);
  expect(laid.replaceAll('\n', ' ')).toBe(sentence);
});

test('what follows a point hangs under its first word', () => {
  const lines = layOut(`- ${'word '.repeat(30)}`, true)
    .trimEnd()
    .split('\n');
  expect(lines.slice(1).every((line) => line.startsWith('  word'))).toBe(true);
});

test('breaks no word, however long', () => {
  const url = `https://example.org/${'a'.repeat(200)}`;
  expect(layOut(`See ${url} for more`, true)).toContain(`\n${url}\n`);
});

test('leaves exact lines, blocks and their empty lines alone', () => {
  const long = 'x '.repeat(100).trim();
  expect(layOut(`a\n${exact(long)}`, true)).toBe(`a\n${long}\n`);
  expect(layOut(`a\n\n${block(`one\n\n\n\ntwo\n  ${long}`)}`, true)).toBe(`a\n\none\n\n\n\ntwo\n  ${long}\n`);
});

test('puts one empty line where a template left several', () => {
  expect(layOut('\n\na\n\n\n\nb\n\n', true)).toBe('a\n\nb\n');
});

test('threat: no line begins with a slash where commands matter, and wrapping makes none', () => {
  const cases = ['/accept', `\n${block('/accept\n/close')}`, `${'word '.repeat(15)}/accept now`, fenced('/accept'), barred('/accept')];
  for (const each of cases) expect(layOut(each, true), each).not.toMatch(/^\//m);
});

test('threat: a word with a slash does not come to the front by wrapping', () => {
  expect(layOut(`${'word '.repeat(15)}/accept now`, false)).toContain('word /accept');
});

test('a bar stands before every line, also before empty ones', () => {
  expect(layOut(barred('a\n\nb'), true)).toBe('| a\n|\n| b\n');
});

test('threat: a long run of spaces costs no more than its length', async () => {
  const laidOut = (size: number) => {
    const spaces = `${' '.repeat(size)}x`;
    for (const each of [barred(spaces), block(spaces), fenced(spaces), spaces, `${'='.repeat(size)}x`]) layOut(each, true);
  };
  expect(await growth(125_000, laidOut)).toBeLessThan(linear);
});
