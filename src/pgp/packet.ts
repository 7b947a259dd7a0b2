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
  for (let at = 0; at < bytes.length; ) {
    const head = headAt(bytes, at);
    if (head?.form !== 'whole' || found.length >= most) return undefined;
    const end = head.start + head.length;
    found.push({ tag: head.tag, bytes: bytes.subarray(at, end), body: bytes.subarray(head.start, end) });
    at = end;
  }
  return found;
}

/** What the length field of a packet says: where the body or its first piece begins, and how many octets it has, all of them there. */
export interface Length {
  readonly start: number;
  readonly length: number;
  /** `partial`: another length and piece follow (RFC 9580 §4.2.1.4); `open`: to the end of the bytes (§4.2.2). */
  readonly form: 'whole' | 'partial' | 'open';
}

/** The header of the packet at an offset, old or new format; undefined when it is broken or there are fewer bytes than it says. */
export function headAt(bytes: Uint8Array, at: number): (Length & { readonly tag: number }) | undefined {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return undefined;
  const length = (first & 0x40) !== 0 ? lengthAt(bytes, at + 1) : oldLength(bytes, at + 1, first & 3);
  return length && { tag: (first & 0x40) !== 0 ? first & 0x3f : (first >> 2) & 0x0f, ...length };
}

/** The length field of a new-format packet, or of a further piece of one (RFC 9580 §4.2.1), at an offset. */
export function lengthAt(bytes: Uint8Array, at: number): Length | undefined {
  const first = bytes[at] ?? 255;
  if (first < 224 || first === 255) {
    const size = newLength(bytes, at);
    return size && within(bytes, at + size.octets, size.length, 'whole');
  }
  return within(bytes, at + 1, 2 ** (first & 0x1f), 'partial');
}

function within(bytes: Uint8Array, start: number, length: number, form: Length['form']): Length | undefined {
  return start + length <= bytes.length ? { start, length, form } : undefined;
}

/** A length of one, two or five octets (RFC 9580 §4.2.1); signature subpackets have the same, and two octets up to 254 (§5.2.3.7). */
function newLength(bytes: Uint8Array, at: number): { octets: number; length: number } | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  if (first < 192) return { octets: 1, length: first };
  if (first === 255) return at + 5 <= bytes.length ? { octets: 5, length: number(bytes, at + 1, 4) } : undefined;
  const second = bytes[at + 1];
  return second === undefined ? undefined : { octets: 2, length: ((first - 192) << 8) + second + 192 };
}

function oldLength(bytes: Uint8Array, at: number, type: number): Length | undefined {
  const octets = [1, 2, 4][type];
  if (octets === undefined) return { start: at, length: bytes.length - at, form: 'open' };
  return at + octets <= bytes.length ? within(bytes, at + octets, number(bytes, at, octets), 'whole') : undefined;
}

function number(bytes: Uint8Array, at: number, octets: number): number {
  let value = 0;
  for (let index = 0; index < octets; index++) value = value * 256 + (bytes[at + index] ?? 0);
  return value;
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
    const size = newLength(area, at);
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
