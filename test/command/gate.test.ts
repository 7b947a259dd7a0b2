// A gate: advice that is said once and kept with the reason that goes against it.
import { expect, test } from 'vitest';
import { against, gate } from '#command/gate.ts';

test('refuses with all that speaks against it and how to go on (S1-49)', () => {
  expect(gate(['One.', 'Two.'], undefined, 'To go on all the same: /go')).toEqual({
    refused: 'One. Two. To go on all the same: /go because <reason>.',
  });
});

test('lets pass with a reason, and where nothing speaks against it', () => {
  expect(gate(['One.'], 'so', 'To go on: /go')).toBeUndefined();
  expect(gate([], undefined, 'To go on: /go')).toBeUndefined();
});

test('keeps the advice beside the reason, and nothing where one of the two is missing', () => {
  expect(against(['One.', 'Two.'], 'so')).toEqual({ against: 'One. Two.' });
  expect(against([], 'so')).toEqual({});
  expect(against(['One.'], undefined)).toEqual({});
});
