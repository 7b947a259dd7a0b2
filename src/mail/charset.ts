// Bytes to text by the name of a charset, whatever the name and whatever the bytes: nothing here throws.

// Names mailers use that the WHATWG encoding list does not know.
const aliases: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  cp874: 'windows-874',
  cp65001: 'utf-8',
  'unicode-1-1-utf-8': 'utf-8',
  'utf-8-mac': 'utf-8',
};

// Names that say nothing: the sender's program did not know, so the bytes decide.
const unsaid = new Set(['', 'us-ascii', 'ascii', 'ansi_x3.4-1968', 'unknown-8bit', 'x-unknown', 'unknown', 'default']);

function decoder(label: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}

function asUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

// Node 20 decodes windows-1252 as latin1: 0x80 to 0x9F come out as control characters. The WHATWG index of that range.
const upper = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function windows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (char) => upper[char.charCodeAt(0) - 0x80] ?? char);
}

/** Text of bytes whose charset nobody named: UTF-8 where that is possible (RFC 6532), else Windows-1252, which knows every byte. */
export function guessed(bytes: Uint8Array): string {
  return asUtf8(bytes) ?? windows1252(bytes);
}

/**
 * Text of bytes in a named charset (RFC 2046 §4.1.2). An unknown or empty name is guessed; bytes the charset does not know become U+FFFD.
 * Never throws.
 */
export function decodeCharset(bytes: Uint8Array, charset: string | undefined): string {
  const name = (charset ?? '').trim().toLowerCase().slice(0, 60);
  if (name === 'utf-8' || name === 'utf8') return new TextDecoder('utf-8').decode(bytes);
  if (unsaid.has(name)) return guessed(bytes);
  const known = decoder(aliases[name] ?? name);
  if (known?.encoding === 'windows-1252') return windows1252(bytes);
  return known ? known.decode(bytes) : guessed(bytes);
}
