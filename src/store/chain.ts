// The hash chain of a journal: each event's hash covers the one before, so that whoever changes the past changes every later hash.
import { createHash } from 'node:crypto';

/** What the first event of a subject stands on. */
export const genesis: Buffer = Buffer.alloc(32);

export interface Link {
  readonly subject: string;
  readonly number: number;
  readonly type: string;
  readonly at: Date;
  /** The event as it is sealed: the chain is checked without any key. */
  readonly payload: Buffer;
}

/**
 * SHA-256 over the hash before, then subject, number, type, moment (ISO 8601, UTC, milliseconds) and payload, each with its length in
 * bytes (32 bits, big-endian) before it, so that no two different events read the same.
 */
export function linked(prev: Buffer, link: Link): Buffer {
  const hash = createHash('sha256').update(prev);
  for (const part of [link.subject, String(link.number), link.type, link.at.toISOString(), link.payload]) {
    const bytes = Buffer.from(part as string);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  }
  return hash.digest();
}
