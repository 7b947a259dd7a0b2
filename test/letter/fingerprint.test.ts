// Fingerprints as people compare them.
import { expect, test } from 'vitest';
import { grouped } from '#letter/fingerprint.ts';

test.each([
  ['version 4', '0123456789ABCDEF0123456789ABCDEF01234567', '0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567'],
  [
    'version 6',
    '0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF',
    '0123 4567 89AB CDEF 0123 4567 89AB CDEF  0123 4567 89AB CDEF 0123 4567 89AB CDEF',
  ],
  ['nothing', '', ''],
])('%s stands in groups of four, the halves apart', (_, fingerprint, shown) => {
  expect(grouped(fingerprint)).toBe(shown);
  expect(grouped(fingerprint).replace(/ /g, '')).toBe(fingerprint);
});
