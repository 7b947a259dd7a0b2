// The bytes of a part, and its text where a signature depends on the exact bytes.
import { decodeCharset } from '#mail/charset.ts';
import { decoded, tidy } from '#mail/decode.ts';
import type { Entity } from '#mail/entity.ts';

const known = new WeakMap<Entity, Promise<Buffer>>();

/** The body of a leaf without its transfer encoding, decoded once for each entity however often it is asked for. */
export function bytesOf(entity: Entity): Promise<Buffer> {
  const bytes = known.get(entity) ?? decoded(entity);
  known.set(entity, bytes);
  return bytes;
}

/** Bytes as the rest of the house reads text. */
export function readable(bytes: Buffer, charset: string | undefined): string {
  return tidy(decodeCharset(bytes, charset));
}

/**
 * The charset in which signed bytes may be read although its name stands outside the signature: one that leaves ASCII as it is, so that
 * no label can make a command of other words. What is UTF-8 is read as UTF-8 whatever it is called (RFC 9580 §7.1): letters of one single-byte
 * charset are hardly ever that by chance. Undefined for all others (UTF-7, UTF-16, ISO-2022, the east-asian ones whose second bytes are ASCII)
 * and for bytes that are not what they are called.
 */
export function safeCharset(bytes: Buffer, charset: string | undefined): string | undefined {
  const name = (charset ?? '').trim().toLowerCase();
  const single = /^(?:iso-8859-\d{1,2}|iso8859-\d{1,2}|latin1|windows-125\d|koi8-[ru])$/.test(name);
  if (!single && !['', 'utf-8', 'utf8', 'us-ascii', 'ascii'].includes(name)) return undefined;
  if (isUtf8(bytes)) return 'utf-8';
  return single ? name : undefined;
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
