// ASCII armor (RFC 9580 §6): finding blocks in foreign text, reading them, and writing ours with the checksum old readers ask for.

/** A label between the dashes of an armor line. */
export type Label = 'PGP PUBLIC KEY BLOCK' | 'PGP PRIVATE KEY BLOCK' | 'PGP MESSAGE' | 'PGP SIGNED MESSAGE' | 'PGP SIGNATURE';

/** A block in a text: offsets of its first character and of the one after its end line, and the text between. */
export interface Block {
  readonly label: Label;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The first block at or after `from` that carries one of the labels. Both dash lines stand at the start of a line, so that quoted
 * blocks are not taken for blocks. A signed message ends with the end line of its signature. Undefined when there is none whole.
 */
export function nextBlock(text: string, labels: readonly Label[], from = 0): Block | undefined {
  let found: Block | undefined;
  for (const label of labels) {
    const start = lineStart(text, `-----BEGIN ${label}-----`, from);
    if (start === undefined || (found && start >= found.start)) continue;
    const closing = `-----END ${label === 'PGP SIGNED MESSAGE' ? 'PGP SIGNATURE' : label}-----`;
    const close = lineStart(text, closing, start);
    if (close === undefined) continue;
    const end = close + closing.length;
    found = { label, start, end, text: text.slice(start, end) };
  }
  return found;
}

/** All blocks with one of the labels in order, at most `most`. */
export function blocks(text: string, labels: readonly Label[], most: number): Block[] {
  const found: Block[] = [];
  for (let at = 0; found.length < most; ) {
    const block = nextBlock(text, labels, at);
    if (!block) break;
    found.push(block);
    at = block.end;
  }
  return found;
}

/** The offset of a whole line at or after `from`; trailing blanks are forgiven, as mail programs add them. */
function lineStart(text: string, line: string, from: number): number | undefined {
  for (let at = text.indexOf(line, from); at >= 0; at = text.indexOf(line, at + 1)) {
    if (at > 0 && text[at - 1] !== '\n') continue;
    const next = text.indexOf('\n', at + line.length);
    const rest = text.slice(at + line.length, Math.min(next < 0 ? text.length : next, at + line.length + 80));
    if (rest.trim() === '') return at;
  }
  return undefined;
}

/** What an armored block holds. */
export interface Dearmored {
  readonly bytes: Buffer;
  /** The value of a `Charset:` header (RFC 4880 §6.2), lower case; it is not signed and proves nothing. */
  readonly charset: string | undefined;
}

/**
 * Decodes one block, header lines and all. Undefined when there is no empty line after the headers or a character that is not
 * base64. The checksum is not asked for (RFC 9580 §6.1): what is inside is checked by better means.
 */
export function dearmor(block: string): Dearmored | undefined {
  let charset: string | undefined;
  let at = block.indexOf('\n') + 1;
  for (let header = 0; ; header++) {
    const next = block.indexOf('\n', at);
    if (at === 0 || next < 0 || header > 20) return undefined;
    const line = block.slice(at, next);
    at = next + 1;
    if (line.length > 2000) return undefined;
    if (line.trim() === '') break;
    const colon = line.indexOf(':');
    if (colon < 1) return undefined;
    if (line.slice(0, colon).toLowerCase() === 'charset')
      charset = line
        .slice(colon + 1)
        .trim()
        .toLowerCase();
  }
  const close = block.indexOf('\n-----END ', at - 1);
  if (close < 0) return undefined;
  const body = block.slice(at, Math.max(at, close)).trimEnd();
  const sum = /\n=[A-Za-z0-9+/]{4}$/.exec(body.slice(-6));
  const base64 = sum ? body.slice(0, -6) : body;
  if (/[^A-Za-z0-9+/=\s]/.test(base64)) return undefined;
  return { bytes: Buffer.from(base64, 'base64'), charset };
}

/** Armors bytes: 64 characters a line, CRLF, CRC-24. Without the checksum GnuPG 2.2 ends with an error on unpadded base64. */
export function armor(label: Label, bytes: Buffer): string {
  return framed(label, lines(bytes), crc24(bytes));
}

/** The base64 of bytes in lines of 64 characters (48 bytes), each closed by CRLF. */
export function lines(bytes: Buffer): string {
  const base64 = bytes.toString('base64');
  const out: string[] = [];
  for (let at = 0; at < base64.length; at += 64) out.push(base64.slice(at, at + 64));
  return out.length ? `${out.join('\r\n')}\r\n` : '';
}

/** A block around ready lines and a known checksum. */
export function framed(label: Label, base64: string, crc: number): string {
  const sum = Buffer.from([crc >> 16, (crc >> 8) & 0xff, crc & 0xff]).toString('base64');
  return `-----BEGIN ${label}-----\r\n\r\n${base64}=${sum}\r\n-----END ${label}-----\r\n`;
}

const generator = 0x1864cfb;
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 16;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x800000 ? (crc << 1) ^ generator : crc << 1;
  return crc & 0xffffff;
});

/** CRC-24 of RFC 9580 §6.1.1; `from` continues an earlier sum (or 0 for the linear part alone). */
export function crc24(bytes: Uint8Array, from = 0xb704ce): number {
  let crc = from;
  for (const byte of bytes) crc = ((crc << 8) ^ (table[((crc >> 16) ^ byte) & 0xff] ?? 0)) & 0xffffff;
  return crc;
}

/** The checksum of A‖B from that of A, the one of B started at 0, and B's length in bytes: the sum is linear. */
export function crcOfBoth(ofA: number, ofB: number, lengthB: number): number {
  let factor = 1;
  let power = 0x100;
  for (let left = lengthB; left > 0; left = Math.floor(left / 2)) {
    if (left % 2) factor = times(factor, power);
    power = times(power, power);
  }
  return times(ofA, factor) ^ ofB;
}

/** Product of two polynomials over GF(2) modulo the generator. */
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 23; bit >= 0; bit--) {
    product = product & 0x800000 ? ((product << 1) ^ generator) & 0xffffff : product << 1;
    if ((b >> bit) & 1) product ^= a;
  }
  return product;
}
