// The next patch release.
import { expect, test } from 'vitest';
import { nextPatch, nextPatches } from '#incident/version.ts';

test.each([
  ['v0.12.0', 'v0.12.1'],
  ['0.12.9', '0.12.10'],
  ['v1.30.0-rc.1', 'v1.30.0'],
  ['v1.2.3+build.7', 'v1.2.4'],
  ['v1.2', undefined],
  ['latest', undefined],
  ['v1.2.3.4', undefined],
  ['', undefined],
])('after %s comes %s (S4-28)', (latest, next) => {
  expect(nextPatch(latest)).toBe(next);
});

test('goes through several branches and leaves out what is no version', () => {
  expect(nextPatches('v1.30.2\nmain\n v1.29.7 ')).toEqual(['v1.30.3', 'v1.29.8']);
});
