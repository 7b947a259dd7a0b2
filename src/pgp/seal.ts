// A letter made ready to leave: signed and encrypted to one person, or signed in clear where it may be, or refused. Never silently plain.
import * as openpgp from 'openpgp';
import { composeEncrypted, composeEntity, composeSigned, type Outgoing } from '#mail/compose.ts';
import type { Attachment, Field } from '#mail/message.ts';
import { armor } from '#pgp/armor.ts';
import { type Certificate, canEncrypt, type OwnKey } from '#pgp/keyring.ts';
import { minimal } from '#pgp/minimal.ts';
import { defaults, strict } from '#pgp/rules.ts';

/** Why there is no usable certificate for a letter that must be encrypted. */
export type Refused = 'no-certificate' | 'expired' | 'revoked' | 'weak' | 'unsupported' | 'no-encryption-key';

/** Bytes for the wire, `sealed` when encrypted; or the reason why nothing may be sent. */
export type Sealed = { bytes: Buffer; sealed: boolean } | { refused: Refused };

/** A certificate that a letter may be encrypted to, or why there is none. */
export type Target = { readonly certificate: Certificate } | { readonly refused: Refused };

/** How a letter is to be sealed, by which key of ours, for which certificate. */
export interface How {
  readonly key: OwnKey;
  readonly certificate: Certificate | undefined;
  /** What `recipient` said of the certificate at `now`, where it was asked already. */
  readonly target?: Target | undefined;
  readonly seal: 'must' | 'may' | 'never';
  /** The subject shown outside the encryption (RFC 9788 §3). */
  readonly outerSubject: string;
  readonly now: Date;
}

/**
 * Seals a letter. `must`: signed and encrypted in one message (RFC 3156 §6.2) or refused; `may`: the same where the certificate is usable,
 * else signed in clear (RFC 3156 §5); `never`: signed in clear. Encrypted to the recipient alone: our own key could later be
 * made to tell. The same letter at the same `now` gives the same clear bytes. Throws when our own key cannot sign at `now`.
 */
export async function seal(mail: Outgoing, how: How): Promise<Sealed> {
  if (how.seal === 'never') return { bytes: await signed(mail, how.key, how.now), sealed: false };
  const target = how.target ?? (await recipient(how.certificate, how.now));
  if ('refused' in target) return how.seal === 'must' ? target : { bytes: await signed(mail, how.key, how.now), sealed: false };
  const entity = await composeEntity(mail, 'cipher', how.outerSubject);
  const armored = await encrypted(entity, how.key, target.certificate, how.now);
  return { bytes: composeEncrypted(mail, armored, how.outerSubject), sealed: true };
}

/** The certificate, if a letter may be encrypted to it at `now`; else why not. */
export async function recipient(certificate: Certificate | undefined, now: Date): Promise<Target> {
  if (!certificate) return { refused: 'no-certificate' };
  const answer = await canEncrypt(certificate, now);
  return answer.usable ? { certificate } : { refused: answer.why };
}

async function encrypted(entity: Buffer, key: OwnKey, certificate: Certificate, now: Date): Promise<string> {
  const message = await openpgp.createMessage({ binary: new Uint8Array(entity), date: now });
  // Integrity protection version 2 only for certificates that announce it (RFC 9580 §5.2.3.32): GnuPG 2.2 reads version 1 alone.
  const armored: string = await openpgp.encrypt({
    message,
    encryptionKeys: certificate.key,
    signingKeys: key.key,
    date: now,
    format: 'armored',
    config: strict(defaults),
  });
  return armored;
}

async function signed(mail: Outgoing, key: OwnKey, now: Date): Promise<Buffer> {
  const entity = await composeEntity(mail, 'clear');
  const message = await openpgp.createMessage({ binary: new Uint8Array(entity), date: now });
  const detached = await openpgp.sign({
    message,
    signingKeys: key.key,
    detached: true,
    date: now,
    format: 'binary',
    config: strict(defaults),
  });
  const bytes: Uint8Array = detached;
  const { packets } = await openpgp.readSignature({ binarySignature: bytes });
  const [packet] = packets;
  const hash = packet?.hashAlgorithm;
  if (!hash) throw new Error('The signature just made names no hash.');
  const micalg = `pgp-${openpgp.enums.read(openpgp.enums.hash, hash).replace('_', '-')}`;
  return composeSigned(mail, entity, armor('PGP SIGNATURE', Buffer.from(bytes)), micalg);
}

/** Our certificate as an attachment for people without key servers (RFC 3156 §7). */
export function attachOwnKey(key: OwnKey): Attachment {
  const { fingerprint, armored } = key.certificate;
  return { filename: `0x${fingerprint}.asc`, contentType: 'application/pgp-keys', content: Buffer.from(armored) };
}

/**
 * The Autocrypt header field (Autocrypt 1.1 §2) with the minimal certificate for the address, or for the first one that the key names; base64
 * with a blank every 78 characters, where the field may be folded. The same key gives the same field. Throws KeyRefused for a key without addresses.
 */
export function autocryptField(key: OwnKey, address: string): Field {
  const wanted = address.toLowerCase();
  const { emails, key: certificate } = key.certificate;
  const named = emails.includes(wanted) ? wanted : (emails[0] ?? wanted);
  const keydata = minimal(certificate, named, lastMoment).toString('base64').replace(/.{78}/g, '$& ').trimEnd();
  return { name: 'autocrypt', value: `addr=${wanted}; prefer-encrypt=mutual; keydata= ${keydata}` };
}

// Our own key says nothing of the future: all it says of itself counts.
const lastMoment = new Date(8.64e15);
