// OpenPGP as an attacker has it in hand: packets cut from blocks of other people, and keys of their own to sign and seal with.
import * as openpgp from 'openpgp';
import { armor, dearmor, type Label } from '#pgp/armor.ts';
import { keyOf } from '#test/town.ts';

interface Sealing {
  /** The address of who signs. */
  readonly by?: string;
  /** The address it is encrypted to; without one it is only signed. */
  readonly to?: string;
  readonly at: Date;
}

/** A binary OpenPGP message around bytes given one character each: signed, encrypted, both, or bare. */
export async function sealed(text: string, { by, to, at }: Sealing): Promise<Buffer> {
  const message = await openpgp.createMessage({ binary: bytesOf(text), date: at });
  const signingKeys = by === undefined ? [] : [(await keyOf(by)).key];
  if (to !== undefined) {
    const encryptionKeys = [(await keyOf(to)).certificate.key];
    return Buffer.from((await openpgp.encrypt({ message, encryptionKeys, signingKeys, date: at, format: 'binary' })) as Uint8Array);
  }
  if (signingKeys.length === 0) return Buffer.from(message.write() as Uint8Array);
  return Buffer.from((await openpgp.sign({ message, signingKeys, date: at, format: 'binary' })) as Uint8Array);
}

/** An armored detached signature over the bytes of an entity. */
export async function signature(text: string, by: string, at: Date): Promise<string> {
  const message = await openpgp.createMessage({ binary: bytesOf(text), date: at });
  const made: string = await openpgp.sign({ message, signingKeys: (await keyOf(by)).key, detached: true, date: at });
  return made;
}

/** A clearsigned text as the bytes of its UTF-8. */
export async function clearsigned(text: string, by: string, at: Date): Promise<string> {
  const message = await openpgp.createCleartextMessage({ text });
  const made: string = await openpgp.sign({ message, signingKeys: (await keyOf(by)).key, date: at });
  return Buffer.from(made).toString('latin1');
}

/** A message in armor. */
export function armored(bytes: Buffer, label: Label = 'PGP MESSAGE'): string {
  return armor(label, bytes);
}

/** A text as the bytes of its UTF-8, one character each. */
export function bytewise(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

/** The packets of a block, each with its header; what cannot be cut stays one piece. Partial lengths end a cut: the rest is one packet. */
export function cut(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  let at = 0;
  while (at < bytes.length) {
    const end = endOf(bytes, at);
    found.push(bytes.subarray(at, end));
    at = end;
  }
  return found;
}

function endOf(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  if (first < 0x80 || at + 6 > bytes.length) return bytes.length;
  const length = first & 0x40 ? newLength(bytes, at, second) : oldLength(bytes, at, first & 3);
  return length === undefined || at + length > bytes.length ? bytes.length : at + length;
}

function newLength(bytes: Buffer, at: number, second: number): number | undefined {
  if (second < 192) return 2 + second;
  if (second < 224) return 3 + ((second - 192) << 8) + (bytes[at + 2] ?? 0) + 192;
  return second === 255 ? 6 + bytes.readUInt32BE(at + 2) : undefined;
}

function oldLength(bytes: Buffer, at: number, type: number): number | undefined {
  if (type === 0) return 2 + (bytes[at + 1] ?? 0);
  if (type === 1) return 3 + bytes.readUInt16BE(at + 1);
  return type === 2 ? 5 + bytes.readUInt32BE(at + 1) : undefined;
}

/** A packet with a new-format header (RFC 9580 §4.2.1). */
export function packet(tag: number, body: Buffer): Buffer {
  const length = Buffer.alloc(5, 255);
  length.writeUInt32BE(body.length, 1);
  return Buffer.concat([Buffer.from([0xc0 | tag]), length, body]);
}

export interface Found {
  readonly start: number;
  readonly end: number;
  readonly label: Label;
  readonly text: string;
}

const labels: readonly Label[] = ['PGP MESSAGE', 'PGP SIGNATURE', 'PGP PUBLIC KEY BLOCK'];

/** Armored blocks wherever they stand in a text, quoted and damaged ones too. */
export function blocksIn(text: string): Found[] {
  return labels.flatMap((label) =>
    [...text.matchAll(new RegExp(`-----BEGIN ${label}-----[^]{0,60000}?-----END ${label}-----`, 'g'))].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      label,
      text: match[0],
    })),
  );
}

/** The bytes of a block, or nothing. */
export function bytesIn(block: Pick<Found, 'text'>): Buffer | undefined {
  return dearmor(`${block.text.replace(/\r?\n/g, '\r\n')}\r\n`)?.bytes;
}
