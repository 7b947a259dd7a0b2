// The vault: what it seals opens for the same place with the same key, and never otherwise.
import { describe, expect, test } from 'vitest';
import { openVault } from '#store/vault.ts';

const key = (id: string, of = id) => ({ id, key: Buffer.alloc(32, of) });
const mac = Buffer.alloc(32, 'mac');
const vault = openVault({ keys: [key('a')], mac });

describe('a vault', () => {
  test.each([0, 1, 15, 16, 17, 100_000])('opens what it sealed: %i bytes', (length) => {
    const bytes = Buffer.alloc(length, 'x');
    expect(vault.open(vault.seal(bytes, 'message/1/raw'), 'message/1/raw')).toEqual(bytes);
  });

  test('carries values as JSON', () => {
    const value = { text: 'ü\u0000', list: [1, null, { deep: true }] };
    expect(vault.openJson(vault.sealJson(value, 'x'), 'x')).toEqual(value);
    expect(vault.openJson(vault.sealJson(undefined, 'x'), 'x')).toBeNull();
  });

  test('seals the same bytes differently each time', () => {
    const seals = new Set(Array.from({ length: 100 }, () => vault.seal(Buffer.from('same'), 'x').toString('hex')));
    expect(seals.size).toBe(100);
  });

  test('tampering: no altered byte goes unnoticed, wherever it lies', () => {
    const sealed = vault.seal(Buffer.from('secret'), 'x');
    for (let at = 0; at < sealed.length; at += 1) {
      const altered = Buffer.from(sealed);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(() => vault.open(altered, 'x'), `byte ${at}`).toThrow(/^cannot open x: /);
    }
  });

  test('tampering: no shortened value opens', () => {
    const sealed = vault.seal(Buffer.from('secret'), 'x');
    for (let length = 0; length < sealed.length; length += 1)
      expect(() => vault.open(sealed.subarray(0, length), 'x')).toThrow(/^cannot open x: /);
  });

  test('a value moved to another place does not open', () => {
    expect(() => vault.open(vault.seal(Buffer.from('secret'), 'message/1/raw'), 'message/2/raw')).toThrow(/moved from another row/);
  });

  test('the first key seals, all open; a missing key is named', () => {
    const both = openVault({ keys: [key('b'), key('a')], mac });
    const old = vault.seal(Buffer.from('old'), 'x');
    expect(both.open(old, 'x').toString()).toBe('old');
    expect(() => vault.open(both.seal(Buffer.from('new'), 'x'), 'x')).toThrow(/sealed with key "b", which is not among/);
    expect(() => openVault({ keys: [key('a', 'other')], mac }).open(old, 'x')).toThrow(/another key of the name "a"/);
  });

  test('errors tell no contents', () => {
    const sealed = vault.seal(Buffer.from('the secret words'), 'x');
    expect(() => openVault({ keys: [key('a', 'other')], mac }).open(sealed, 'x')).not.toThrow(/secret words/);
  });

  test('a look-up value depends on purpose, text and key, and tells nothing', () => {
    expect(vault.mac('address', 'reporter@example.net')).toMatch(/^[0-9a-f]{64}$/);
    const other = openVault({ keys: [key('a')], mac: Buffer.alloc(32, 'other') });
    const values = [vault.mac('a', 'bc'), vault.mac('ab', 'c'), vault.mac('a', 'bd'), other.mac('a', 'bc')];
    expect(new Set(values).size).toBe(4);
  });

  test.each([
    ['no key', { keys: [], mac }],
    ['a short key', { keys: [{ id: 'a', key: Buffer.alloc(31) }], mac }],
    ['a short mac key', { keys: [key('a')], mac: Buffer.alloc(16) }],
    ['a name twice', { keys: [key('a'), key('a')], mac }],
    ['a name that is too long', { keys: [key('a'.repeat(33))], mac }],
    ['an empty name', { keys: [{ id: '', key: Buffer.alloc(32) }], mac }],
  ])('does not open with %s', (_, from) => {
    expect(() => openVault(from)).toThrow();
  });
});
