// Signatures over keys that say what we want them to say: preferences that every reader knows, and one key vouching for another.
import * as openpgp from 'openpgp';
import { KeyRefused } from '#pgp/certificate.ts';
import { defaults, strict } from '#pgp/rules.ts';

const { enums } = openpgp;

/** The fields of a signature that say something of the key (RFC 9580 §5.2.3), under the library's names. */
export type Says = Partial<
  Pick<
    openpgp.SignaturePacket,
    'isPrimaryUserID' | 'keyExpirationTime' | 'keyNeverExpires' | 'preferredSymmetricAlgorithms' | 'preferredCompressionAlgorithms'
  >
> & {
  readonly signatureType: openpgp.enums.signature;
  readonly keyFlags?: readonly number[];
  readonly features?: readonly number[];
  readonly preferredHashAlgorithms?: readonly openpgp.enums.hash[];
  /** Pairs of cipher and AEAD mode (RFC 9580 §5.2.3.15). */
  readonly preferredCipherSuites?: readonly (readonly [openpgp.enums.symmetric, openpgp.enums.aead])[];
};

/** The library's own method; its published types know neither keys as what is signed nor the settings. */
interface Signing {
  sign(key: openpgp.SecretKeyPacket, over: object, date: Date, detached: boolean, config: openpgp.Config): Promise<void>;
}

/**
 * Makes a signature over a key, or over a key with a user id, with SHA-512. Throws KeyRefused where the secret of the signing primary key is
 * not here (kept offline, or locked).
 */
export async function signKey(
  by: openpgp.SecretKeyPacket,
  says: Says,
  over: { key: openpgp.PublicKeyPacket | openpgp.SecretKeyPacket; userID?: openpgp.UserIDPacket },
  now: Date,
): Promise<openpgp.SignaturePacket> {
  if (!isWhole(by)) throw new KeyRefused('The secret of this primary key is not here: it cannot certify or revoke.');
  const packet = new openpgp.SignaturePacket();
  Object.assign(packet, says, { publicKeyAlgorithm: by.algorithm, hashAlgorithm: enums.hash.sha512 });
  const signing: Signing = packet;
  await signing.sign(by, over, now, false, strict(defaults));
  return packet;
}

/** Whether the secret of a primary key is here and open: it may be kept offline ("gnu-dummy") while subkeys work. */
export function isWhole(primary: openpgp.SecretKeyPacket): boolean {
  return !primary.isDummy() && primary.isDecrypted() === true;
}

/** The primary key's packet with its secret. Throws KeyRefused when the key holds none. */
export function primaryOf(key: openpgp.PrivateKey): openpgp.SecretKeyPacket {
  if (key.keyPacket instanceof openpgp.SecretKeyPacket) return key.keyPacket;
  throw new KeyRefused('There is no private key in this.');
}

/**
 * The key with a certification by another key on each user id it also bears (RFC 9580 §5.2.1.8, positive), so that programs show
 * the chain from the key people have to the one that follows it. Throws KeyRefused as signKey does.
 */
export async function certifiedBy(key: openpgp.PrivateKey, by: openpgp.PrivateKey, now: Date): Promise<openpgp.PrivateKey> {
  const known = new Set(by.getUserIDs());
  const packets = new openpgp.PacketList<openpgp.AnyPacket>();
  for (const packet of key.toPacketList()) {
    packets.push(packet);
    if (!(packet instanceof openpgp.UserIDPacket) || !known.has(packet.userID)) continue;
    const over = { key: key.keyPacket, userID: packet };
    packets.push(await signKey(primaryOf(by), { signatureType: enums.signature.certPositive }, over, now));
  }
  return new openpgp.PrivateKey(packets);
}
