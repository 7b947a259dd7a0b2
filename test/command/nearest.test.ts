// "Did you mean": near enough to be meant, and silent otherwise.
import { expect, test } from 'vitest';
import { nearest } from '#command/nearest.ts';

const known = ['accept', 'accept-handoff', 'ask', 'take', 'status', 'notify', 'note', 'severity'];

test.each([
  ['acept', 'accept'],
  ['accpet', 'accept'],
  ['acceptt', 'accept'],
  ['accept-handof', 'accept-handoff'],
  ['statsu', 'status'],
  ['sk', 'ask'],
  ['tkae', 'take'],
  ['severty', 'severity'],
])('%s means %s', (typed, meant) => {
  expect(nearest(typed, known)).toBe(meant);
});

test.each(['xyzzy', 'publish', 'q', 'etc', ''])('"%s" means nothing we know', (typed) => {
  expect(nearest(typed, known)).toBeUndefined();
});

test('knows nothing where nothing is known', () => {
  expect(nearest('accept', [])).toBeUndefined();
});
