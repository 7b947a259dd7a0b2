// One OpenPGP message opened with our keys: never without integrity protection, never beyond the limits, one layer at a time.
import * as openpgp from 'openpgp';
import type { Unreadable } from '#mail/message.ts';
import type { OwnKey } from '#pgp/keyring.ts';
import { type Rules, strict } from '#pgp/rules.ts';
import type { Signatures } from '#pgp/verify.ts';

/** The literal content of a message and the signatures inside it; the literal's file name and time are not signed and left out. */
export interface Plain {
  readonly content: Buffer;
  readonly signatures: Signatures;
  readonly encrypted: boolean;
}

const { packet: tag } = openpgp.enums;
const encryptedTags = [tag.symmetricallyEncryptedData, tag.symEncryptedIntegrityProtectedData, tag.aeadEncryptedData];

/**
 * Opens a binary OpenPGP message, encrypted or only signed. Refused with a sentence that says nothing of the contents: damage, missing
 * or failed integrity protection (RFC 9580 §5.7, §13.7), other people's keys, a bomb, ciphertext inside ciphertext.
 */
export async function unseal(bytes: Buffer, own: readonly OwnKey[], now: Date, rules: Rules): Promise<Plain | Unreadable> {
  const config = strict(rules);
  const message = await openpgp.readMessage({ binaryMessage: new Uint8Array(bytes), config }).catch(() => undefined);
  if (!message) return { unreadable: 'The OpenPGP message in this mail is damaged or of a kind we do not read.' };
  const encrypted = message.packets.filterByTag(...encryptedTags).length > 0;
  const keys = encrypted ? keysFor(message, own, rules) : [];
  if ('unreadable' in keys) return keys;
  const options = { message, format: 'binary', date: now, config } as const;
  // Without verification keys: the signatures are taken out here and judged by our own rules.
  const opening = encrypted ? openpgp.decrypt({ ...options, decryptionKeys: keys }) : openpgp.verify({ ...options, verificationKeys: [] });
  const opened = await opening.catch(() => undefined);
  // One sentence for every cause: whoever changes ciphertext must not learn how far it went.
  if (!opened) return { unreadable: 'The OpenPGP part of this mail is damaged, unprotected or too large when unpacked.' };
  const content: unknown = opened.data;
  if (!(content instanceof Uint8Array)) return { unreadable: 'The OpenPGP message in this mail holds no readable contents.' };
  const found = await Promise.all(opened.signatures.map(({ signature }) => signature));
  const packets = found.flatMap((signature) => [...signature.packets]);
  return { content: Buffer.from(content), signatures: { packets, odd: packets.length !== found.length }, encrypted };
}

function keysFor(message: openpgp.Message<Uint8Array>, own: readonly OwnKey[], rules: Rules): openpgp.PrivateKey[] | Unreadable {
  const ids = message.getEncryptionKeyIDs().map((id) => id.toHex().toUpperCase());
  const hidden = ids.filter((id) => /^0+$/.test(id)).length;
  if (ids.length > rules.maxRecipients || hidden > rules.maxHidden)
    return { unreadable: 'This mail is encrypted to too many keys to try.' };
  const keys = own.filter((key) => hidden > 0 || key.keyIds.some((id) => ids.includes(id)));
  if (keys.length === 0) return { unreadable: 'This mail is encrypted, but not to a key we hold.' };
  return keys.map((key) => key.key);
}
