// Whom a letter on the wire is encrypted to.
import * as openpgp from 'openpgp';
import type { Message } from '#mail/message.ts';
import { binary } from '#pgp/walk.ts';

/** The OpenPGP message of an encrypted letter (RFC 3156 §4); undefined for one in clear. */
export function binaryOf({ root }: Message): Buffer | undefined {
  const [, cipher] = root.contentType === 'multipart/encrypted' ? root.children : [];
  return cipher && binary(cipher.body);
}

/** The key ids an OpenPGP message is encrypted to, 16 upper-case hex digits each. */
export async function readersOf(bytes: Buffer): Promise<string[]> {
  const message = await openpgp.readMessage({ binaryMessage: new Uint8Array(bytes) });
  return message.getEncryptionKeyIDs().map((id) => id.toHex().toUpperCase());
}
