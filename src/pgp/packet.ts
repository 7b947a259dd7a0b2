// OpenPGP packets as slices of their bytes (RFC 9580 §4.2): enough to bound and trim a certificate before the library sees it.
import { createHash } from 'node:crypto';

/** One packet: its type id, all its bytes, and the body behind the header. Views, not copies. */
export interface Packet {
  readonly tag: number;
  readonly bytes: Buffer;
  readonly body: Buffer;
}

export const tags = { signature: 2, secretKey: 5, publicKey: 6, secretSubkey: 7, userId: 13, publicSubkey: 14, userAttribute: 17 } as const;

/**
 * Cuts bytes into packets, old and new format. Undefined when a header or length is broken, when a length is partial or open
 * (never in keys), or when there are more than `most`.
 */
export function packets(bytes: Buffer, most: number): Packet[] | undefined {
  const found: Packet[] = [];
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at] ?? 0;
    if (first < 0x80 || found.length >= most) return undefined;
    const isNew = (first & 0x40) !== 0;
    const size = isNew ? newLength(bytes, at + 1) : oldLength(bytes, at + 1, first & 3);
    if (!size) return undefined;
    const start = at + 1 + size.octets;
    const end = start + size.length;
    if (end > bytes.length) return undefined;
    found.push({ tag: isNew ? first & 0x3f : (first >> 2) & 0x0f, bytes: bytes.subarray(at, end), body: bytes.subarray(start, end) });
    at = end;
  }
  return found;
}

/** The length field of a new-format packet or of a signature subpacket (RFC 9580 §4.2.1, §5.2.3.7) at an offset. */
function newLength(bytes: Buffer, at: number, partial = true): { octets: number; length: number } | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  if (first < 192) return { octets: 1, length: first };
  if (first === 255) return at + 5 <= bytes.length ? { octets: 5, length: bytes.readUInt32BE(at + 1) } : undefined;
  if (partial && first >= 224) return undefined;
  const second = bytes[at + 1];
  return second === undefined ? undefined : { octets: 2, length: ((first - 192) << 8) + second + 192 };
}

function oldLength(bytes: Buffer, at: number, type: number): { octets: number; length: number } | undefined {
  const octets = [1, 2, 4][type];
  if (octets === undefined || at + octets > bytes.length) return undefined;
  return { octets, length: bytes.readUIntBE(at, octets) };
}

/** Fingerprint of a version 4 key packet's body, upper-case hex (RFC 9580 §5.5.4.2); undefined for other versions. */
export function fingerprint4(body: Buffer): string | undefined {
  if (body[0] !== 4 || body.length > 0xffff) return undefined;
  const prefix = Buffer.from([0x99, body.length >> 8, body.length & 0xff]);
  return createHash('sha1').update(prefix).update(body).digest('hex').toUpperCase();
}

/** The key ids (16 upper-case hex digits) a version 4 signature body says it is from; empty when it says nothing readable. */
export function issuers(body: Buffer): string[] {
  if (body[0] !== 4 || body.length < 8) return [];
  const hashedEnd = 6 + body.readUInt16BE(4);
  if (hashedEnd + 2 > body.length) return [];
  const unhashedEnd = Math.min(body.length, hashedEnd + 2 + body.readUInt16BE(hashedEnd));
  return [...issuersIn(body.subarray(6, hashedEnd)), ...issuersIn(body.subarray(hashedEnd + 2, unhashedEnd))];
}

function issuersIn(area: Buffer): string[] {
  const found: string[] = [];
  let at = 0;
  while (at < area.length) {
    const size = newLength(area, at, false);
    if (!size || size.length === 0) break;
    const start = at + size.octets;
    const value = area.subarray(start + 1, start + size.length);
    const type = (area[start] ?? 0) & 0x7f;
    if (type === 16 && value.length === 8) found.push(value.toString('hex').toUpperCase());
    if (type === 33 && value.length === 21) found.push(value.subarray(13).toString('hex').toUpperCase());
    at = start + size.length;
  }
  return found;
}
