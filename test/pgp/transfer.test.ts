// The name of a charset stands outside the signature: it must not make other words of those that were signed.
import { describe, expect, it } from 'vitest';
import { readable, safeCharset } from '#pgp/transfer.ts';

const read = (bytes: Buffer, label: string | undefined) => {
  const safe = safeCharset(bytes, label);
  return safe === undefined ? undefined : readable(bytes, safe);
};

describe('signed text', () => {
  it.each([undefined, '', 'utf-8', 'us-ascii', 'koi8-r', 'windows-1251', 'iso-8859-1', 'latin1'])(
    'in UTF-8 stays the same under the label %s',
    (label) => {
      expect(read(Buffer.from('/note Zoë, ключ'), label)).toBe('/note Zoë, ключ');
    },
  );

  it('in a single-byte charset is read as it says', () => {
    expect(read(Buffer.from('/note Zo\u00eb', 'latin1'), 'ISO-8859-1')).toBe('/note Zoë');
  });

  it.each(['utf-7', 'utf-16', 'utf-16be', 'iso-2022-jp', 'gb18030', 'shift_jis', 'hz-gb-2312', 'x-none'])(
    'is nobody’s under the label %s',
    (label) => {
      expect(read(Buffer.from('+AC8-note x'), label)).toBeUndefined();
    },
  );

  it('that is not what it is called is nobody’s', () => {
    expect(read(Buffer.from('Zo\u00eb', 'latin1'), 'utf-8')).toBeUndefined();
  });
});
