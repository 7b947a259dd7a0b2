// The keys of a team and of those it writes to: finding them, asking what they may still be used for at a moment, opening our own.
import * as openpgp from 'openpgp';
import { armor, blocks, dearmor } from '#pgp/armor.ts';
import { type Certificate, describe, KeyRefused } from '#pgp/certificate.ts';
import { packets, tags } from '#pgp/packet.ts';
import { defaults, lax, type Rules, strict } from '#pgp/rules.ts';

export { type Certificate, KeyRefused, readCertificates } from '#pgp/certificate.ts';
export { defaults, type Rules } from '#pgp/rules.ts';

/** A private key of ours, opened, with its public half. */
export interface OwnKey {
  readonly fingerprint: string;
  readonly keyIds: readonly string[];
  readonly key: openpgp.PrivateKey;
  readonly certificate: Certificate;
}

/** Where certificates are looked up by a 16-digit key id or a whole fingerprint. */
export interface Keyring {
  readonly own: readonly OwnKey[];
  certificate(keyIdOrFingerprint: string): readonly Certificate[];
}

/** A keyring over plain lists. Short key ids (8 digits) find nothing: they can be forged in minutes. */
export function keyring(own: readonly OwnKey[], certificates: readonly Certificate[]): Keyring {
  const byId = new Map<string, Certificate[]>();
  for (const certificate of certificates) {
    const names = certificate.key.getKeys().map((key) => key.getFingerprint().toUpperCase());
    for (const name of new Set([...certificate.keyIds, ...names])) {
      const list = byId.get(name) ?? [];
      list.push(certificate);
      byId.set(name, list);
    }
  }
  return { own, certificate: (name) => byId.get(name.toUpperCase()) ?? [] };
}

type WhyNot = 'expired' | 'revoked' | 'weak' | 'unsupported';

/** Whether a letter can be encrypted to a certificate at a moment, and until when; `until` is absent for keys without an end. */
export type Encryptable = { usable: true; until?: Date } | { usable: false; why: WhyNot | 'no-encryption-key' };

/** Whether a signature by a certificate can count at a moment. */
export type Signable = { usable: true; until?: Date } | { usable: false; why: WhyNot | 'no-signing-key' };

/** Asks for an encryption key that is bound, unexpired, unrevoked and strong at `now`; the subkey's expiry counts like the primary's. */
export async function canEncrypt(
  certificate: Pick<Certificate, 'key' | 'armored'>,
  now: Date,
  rules: Rules = defaults,
): Promise<Encryptable> {
  const why = await ask(certificate, now, rules, 'encrypt');
  return why === 'no-key' ? { usable: false, why: 'no-encryption-key' } : typeof why === 'string' ? { usable: false, why } : why;
}

/** The same for a key that may sign mail; `keyId` asks about that one key among the certificate's. */
export async function canSign(
  certificate: Pick<Certificate, 'key' | 'armored'>,
  now: Date,
  rules: Rules = defaults,
  keyId?: openpgp.KeyID,
): Promise<Signable> {
  const why = await ask(certificate, now, rules, 'sign', keyId);
  return why === 'no-key' ? { usable: false, why: 'no-signing-key' } : typeof why === 'string' ? { usable: false, why } : why;
}

type Use = 'encrypt' | 'sign';
type Usable = { usable: true; until?: Date };

async function ask(
  certificate: Pick<Certificate, 'key' | 'armored'>,
  now: Date,
  rules: Rules,
  use: Use,
  keyId?: openpgp.KeyID,
): Promise<Usable | WhyNot | 'no-key'> {
  const { key } = certificate;
  const found = await chosen(key, now, use, strict(rules), keyId).catch(() => undefined);
  if (found) return { usable: true, ...(await end(key, found, now, strict(rules))) };
  const broken = await failure(() => key.verifyPrimaryKey(now, undefined, lax(rules)));
  if (broken) return broken;
  if (await chosen(key, now, use, lax(rules), keyId).catch(() => undefined)) return 'weak';
  return (await ofSubkeys(certificate, now, rules, use, keyId)) ?? 'no-key';
}

function chosen(
  key: openpgp.PublicKey,
  now: Date,
  use: Use,
  config: openpgp.Config,
  keyId?: openpgp.KeyID,
): Promise<openpgp.Key | openpgp.Subkey> {
  return use === 'encrypt' ? key.getEncryptionKey(keyId, now, undefined, config) : key.getSigningKey(keyId, now, undefined, config);
}

async function end(
  key: openpgp.PublicKey,
  found: openpgp.Key | openpgp.Subkey,
  now: Date,
  config: openpgp.Config,
): Promise<{ until?: Date }> {
  const ends: unknown[] = [await key.getExpirationTime(undefined, config)];
  if (found instanceof openpgp.Subkey) ends.push(await found.getExpirationTime(now, config));
  const times = ends.flatMap((one) => (one instanceof Date ? one.getTime() : []));
  return times.length ? { until: new Date(Math.min(...times)) } : {};
}

const encrypting: readonly string[] = ['rsaEncryptSign', 'rsaEncrypt', 'elgamal', 'ecdh', 'x25519', 'x448'];
const signing: readonly string[] = ['rsaEncryptSign', 'rsaSign', 'dsa', 'ecdsa', 'eddsaLegacy', 'ed25519', 'ed448'];

async function ofSubkeys(
  certificate: Pick<Certificate, 'key' | 'armored'>,
  now: Date,
  rules: Rules,
  use: Use,
  keyId?: openpgp.KeyID,
): Promise<WhyNot | undefined> {
  const able = use === 'encrypt' ? encrypting : signing;
  const subkeys = certificate.key.getSubkeys(keyId).filter((subkey) => able.includes(String(subkey.getAlgorithmInfo().algorithm)));
  const reasons = await Promise.all(subkeys.map((subkey) => failure(() => subkey.verify(now, lax(rules)))));
  // The kindest reason first: who let a subkey expire can prolong it, whoever else is left must make a new one.
  for (const why of ['expired', 'revoked'] as const) if (reasons.includes(why)) return why;
  const [block] = blocks(certificate.armored, ['PGP PUBLIC KEY BLOCK'], 1);
  const all = packets((block && dearmor(block.text)?.bytes) ?? Buffer.alloc(0), 1000) ?? [];
  const unread = all.filter((packet) => packet.tag === tags.publicSubkey).length > certificate.key.subkeys.length;
  return unread || reasons.includes('unsupported') ? 'unsupported' : undefined;
}

/** The library says why only in words; the version is pinned and the words are under test. */
async function failure(check: () => Promise<unknown>): Promise<'expired' | 'revoked' | 'unsupported' | undefined> {
  try {
    await check();
    return undefined;
  } catch (error) {
    const words = error instanceof Error ? error.message : '';
    if (words.includes('revoked')) return 'revoked';
    return words.includes('expired') ? 'expired' : 'unsupported';
  }
}

/**
 * Opens one of our private keys. Throws KeyRefused with a sentence when the text holds no single private key, when it is locked and
 * no passphrase is given, and when the passphrase is wrong. A key without its primary secret ("gnu-dummy") opens by its subkeys.
 */
export async function readOwnKey(armored: string, passphrase?: string): Promise<OwnKey> {
  const found = blocks(armored, ['PGP PRIVATE KEY BLOCK'], 2);
  const [block] = found;
  if (!block || found.length > 1) throw new KeyRefused('There must be exactly one armored OpenPGP private key here.');
  const bytes = dearmor(block.text)?.bytes ?? Buffer.alloc(0);
  const locked = await openpgp.readPrivateKey({ binaryKey: bytes }).catch(() => undefined);
  if (!locked) throw new KeyRefused('This OpenPGP private key cannot be read.');
  const key = await unlock(locked, passphrase);
  const open = key.toPublic();
  const certificate = describe(open, armor('PGP PUBLIC KEY BLOCK', Buffer.from(open.write())));
  return { fingerprint: certificate.fingerprint, keyIds: certificate.keyIds, key, certificate };
}

async function unlock(key: openpgp.PrivateKey, passphrase: string | undefined): Promise<openpgp.PrivateKey> {
  const secrets = key
    .getKeys()
    .flatMap(({ keyPacket }) =>
      keyPacket instanceof openpgp.SecretKeyPacket || keyPacket instanceof openpgp.SecretSubkeyPacket ? keyPacket : [],
    );
  const locked = secrets.filter((secret) => !secret.isDummy() && !secret.isDecrypted());
  if (locked.length === 0) return key;
  const name = `0x${key.getFingerprint().toUpperCase()}`;
  if (passphrase === undefined) throw new KeyRefused(`The private key ${name} is locked and there is no passphrase for it.`);
  for (const secret of locked) {
    await secret.decrypt(passphrase).catch(() => {
      throw new KeyRefused(`The passphrase given does not open the private key ${name}.`);
    });
  }
  return key;
}
