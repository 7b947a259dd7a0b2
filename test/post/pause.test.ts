// Pauses grow, stop growing, and end early when told.
import { expect, test } from 'vitest';
import { atMost, pause, rest } from '#post/pause.ts';

test.each([
  [1, 1, 100],
  [2, 1, 200],
  [5, 1, 1000],
  [1, 0, 50],
  [4000, 1, 1000],
])('after %i failures with jitter %d: %i ms', (failures, jitter, milliseconds) => {
  expect(pause(failures, { first: 100, most: 1000, jitter: () => jitter })).toBe(milliseconds);
});

test('a rest ends with its signal', async () => {
  const stop = new AbortController();
  const resting = rest(60_000, stop.signal);
  stop.abort();
  await resting;
  await rest(60_000, stop.signal);
});

test('an answer is waited for as long as told', async () => {
  expect(await atMost(1000, Promise.resolve('yes'))).toBe('yes');
  expect(await atMost(10, new Promise(() => {}))).toBeUndefined();
  expect(await atMost(1000, Promise.reject(new Error('no')))).toBeUndefined();
});
