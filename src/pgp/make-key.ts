// Makes an OpenPGP key for ourselves: one that programs of today and of ten years ago read without a warning.
import * as openpgp from 'openpgp';
import { armor } from '#pgp/armor.ts';
import { KeyRefused } from '#pgp/certificate.ts';
import { primaryOf, type Says, signKey } from '#pgp/certify.ts';
import { defaults, strict } from '#pgp/rules.ts';

const { enums } = openpgp;

/** Integrity protection that we can open, as a key announces it (RFC 9580 §5.2.3.32). */
const integrity = { one: 0x01, two: 0x08 } as const;

/** A fresh key pair, armored, with a revocation certificate to be kept apart. */
export interface MadeKey {
  readonly private: string;
  readonly public: string;
  readonly revocation: string;
  readonly fingerprint: string;
}

/** What is asked of a new key. `expires`: the moment from which neither half can be used; absent: none. */
export interface WishedKey {
  readonly name: string;
  readonly email: string;
  /** In brackets between name and address, as older keys have it. */
  readonly comment?: string;
  readonly now: Date;
  readonly passphrase?: string;
  readonly expires?: Date;
  readonly version?: 4 | 6;
}

/**
 * Makes a key that signs and a subkey to encrypt to; both end at `expires`. Version 4 (the default): Ed25519 and Curve25519 in their older
 * ("legacy") encoding, as GnuPG 2.2 and sq 0.27 cannot read the newer one. Version 6: Ed25519 and X25519 with integrity protection
 * version 2 announced (RFC 9580 §5.2.3.32). Throws KeyRefused for an end that is no later than the begin. Randomness comes from the system.
 */
export async function makeKey(wish: WishedKey): Promise<MadeKey> {
  const seconds = wish.expires ? Math.floor((wish.expires.getTime() - wish.now.getTime()) / 1000) : 0;
  if (seconds < 0 || (wish.expires && seconds === 0)) throw new KeyRefused('A key cannot end before it begins.');
  const six = wish.version === 6;
  const config = { ...strict(defaults), v6Keys: six, aeadProtect: six, preferredHashAlgorithm: enums.hash.sha512 };
  const pair = await openpgp.generateKey({
    ...(six ? { type: 'curve25519' } : { type: 'ecc', curve: 'curve25519Legacy' }),
    userIDs: [{ name: wish.name, email: wish.email, ...(wish.comment !== undefined && { comment: wish.comment }) }],
    date: wish.now,
    keyExpirationTime: seconds,
    format: 'object',
    config,
  });
  const open = await restated(pair.privateKey, seconds, wish.now);
  const closed = wish.passphrase === undefined ? open : await locked(open, wish.passphrase);
  return {
    private: armored(closed),
    public: armored(open.toPublic()),
    revocation: pair.revocationCertificate,
    fingerprint: open.getFingerprint().toUpperCase(),
  };
}

/** The key under a passphrase. */
export async function locked(key: openpgp.PrivateKey, passphrase: string): Promise<openpgp.PrivateKey> {
  return openpgp.encryptKey({ privateKey: key, passphrase, config: strict(defaults) });
}

/** A key in armor: CRC-24 for version 4, which old readers ask for, none for version 6 (RFC 9580 §6.1). No comment, no version. */
export function armored(key: openpgp.PublicKey): string {
  if (key.keyPacket.version === 6) return key.armor(strict(defaults));
  return armor(key.isPrivate() ? 'PGP PRIVATE KEY BLOCK' : 'PGP PUBLIC KEY BLOCK', Buffer.from(key.write()));
}

/**
 * The same key with its self-signatures made anew. The library announces SHA-3 among the preferred hashes and cannot be told not to:
 * GnuPG 2.2 warns of it at each import.
 */
async function restated(key: openpgp.PrivateKey, seconds: number, now: Date): Promise<openpgp.PrivateKey> {
  const primary = primaryOf(key);
  const six = primary.version === 6;
  const packets = new openpgp.PacketList<openpgp.AnyPacket>();
  packets.push(primary);
  // Version 6 says it once, of the key itself; version 4 with each name (RFC 9580 §10.1).
  if (six) packets.push(await signKey(primary, { ...preferences(6, seconds), signatureType: enums.signature.key }, { key: primary }, now));
  for (const { userID } of key.users) {
    if (!userID) continue;
    const says = { ...(six ? {} : preferences(4, seconds)), signatureType: enums.signature.certPositive, isPrimaryUserID: true };
    packets.push(userID, await signKey(primary, says, { key: primary, userID }, now));
  }
  for (const { keyPacket, bindingSignatures } of key.subkeys) packets.push(keyPacket, ...bindingSignatures);
  return new openpgp.PrivateKey(packets);
}

function preferences(version: 4 | 6, seconds: number): Omit<Says, 'signatureType' | 'isPrimaryUserID'> {
  const { symmetric, hash, compression, aead, keyFlags } = enums;
  return {
    keyFlags: [keyFlags.certifyKeys | keyFlags.signData],
    preferredSymmetricAlgorithms: [symmetric.aes256, symmetric.aes128],
    preferredHashAlgorithms: [hash.sha512, hash.sha256],
    preferredCompressionAlgorithms: [compression.uncompressed, compression.zlib, compression.zip],
    features: [version === 6 ? integrity.one | integrity.two : integrity.one],
    // OCB first: it is the one mode that every reader of version 6 has (RFC 9580 §9.6).
    ...(version === 6 && {
      preferredCipherSuites: [
        [symmetric.aes256, aead.ocb],
        [symmetric.aes256, aead.gcm],
        [symmetric.aes128, aead.ocb],
      ],
    }),
    ...(seconds > 0 && { keyExpirationTime: seconds, keyNeverExpires: false }),
  };
}
