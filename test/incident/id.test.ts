// Incident ids: speakable, unguessable, read as people write them, and never found in what only resembles one.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idBytes, idsIn, makeId, readId } from '#incident/id.ts';

test('an id is a prefix and six characters that cannot be mistaken for each other', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: idBytes, maxLength: idBytes }), (bytes) => {
      const made = makeId('SRC', bytes);
      expect(made).toMatch(/^SRC-[0-9A-HJKMNP-TV-Z]{6}$/);
      expect(readId(made.toLowerCase(), 'SRC')).toBe(made);
    }),
  );
});

test.each([
  ['SRC-4F7K2M', 'SRC-4F7K2M'],
  [' src-4f7k2m ', 'SRC-4F7K2M'],
  ['SRC-OIL123', 'SRC-011123'],
  ['SRC-4F7K2U', undefined],
  ['SRC-4F7K2', undefined],
  ['SRC-4F7K2MM', undefined],
  ['ABC-4F7K2M', undefined],
  ['4F7K2M', undefined],
])('reads %s as %s', (text, id) => {
  expect(readId(text, 'SRC')).toBe(id);
});

test('finds ids in text, each once, in order', () => {
  expect(idsIn('Re: [SRC-4F7K2M] and src-000001, SRC-4F7K2M again', 'SRC')).toEqual(['SRC-4F7K2M', 'SRC-000001']);
});

test('finds none of another prefix, none inside other words', () => {
  expect(idsIn('ABC-4F7K2M XSRC-4F7K2M SRC-4F7K2MX', 'SRC')).toEqual([]);
});

test('gives up after twenty', () => {
  expect(idsIn(Array.from({ length: 50 }, (_, index) => `SRC-0000${10 + index}`).join(' '), 'SRC')).toHaveLength(20);
});
