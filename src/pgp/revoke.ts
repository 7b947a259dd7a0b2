// The end of a key of ours, said by the key itself: a certificate that carries its revocation (RFC 9580 §5.2.1.11).
import * as openpgp from 'openpgp';
import { armor, dearmor, nextBlock } from '#pgp/armor.ts';
import { type Certificate, describe, KeyRefused } from '#pgp/certificate.ts';
import { isWhole, primaryOf } from '#pgp/certify.ts';
import { armored } from '#pgp/make-key.ts';
import { defaults, strict } from '#pgp/rules.ts';

/** Why a key ends (RFC 9580 §5.2.3.31): `compromised` makes all its signatures worthless, the others those made afterwards. */
export type Reason = 'superseded' | 'compromised' | 'retired';

const flags = { superseded: 'keySuperseded', compromised: 'keyCompromised', retired: 'keyRetired' } as const;

/**
 * The certificate of a private key with a revocation made at `now`; the private key itself stays as it is and opens old mail.
 * `text` is for people and stands in the certificate for ever. Throws KeyRefused where the primary secret is not here.
 */
export async function revoked(key: openpgp.PrivateKey, reason: Reason, text: string, now: Date): Promise<Certificate> {
  const primary = primaryOf(key);
  if (!isWhole(primary)) throw new KeyRefused('The secret of this primary key is not here: it cannot revoke.');
  const flag = openpgp.enums.reasonForRevocation[flags[reason]];
  // The library writes one byte a character: UTF-8 is made beforehand.
  const string = Buffer.from(text, 'utf8').toString('latin1');
  const config = { ...strict(defaults), preferredHashAlgorithm: openpgp.enums.hash.sha512 };
  const ended = (await key.revoke({ flag, string }, now, config)).toPublic();
  return describe(ended, armored(ended));
}

/**
 * The certificate with a revocation that was made beforehand and kept apart (`.rev`), for when the private key is lost. Reads GnuPG's files
 * too, colon before the dashes and all. Throws KeyRefused when the text holds none or one of another key.
 */
export async function revokedWith(certificate: Certificate, revocation: string, now: Date): Promise<Certificate> {
  // GnuPG puts the colon there so that nobody imports the file by accident.
  const block = nextBlock(revocation.replace(/^:-----BEGIN /m, '-----BEGIN '), ['PGP PUBLIC KEY BLOCK', 'PGP SIGNATURE']);
  const bytes = block && dearmor(block.text)?.bytes;
  if (!bytes?.length) throw new KeyRefused('There is no revocation certificate in this file.');
  const options = {
    key: certificate.key,
    revocationCertificate: armor('PGP PUBLIC KEY BLOCK', bytes),
    date: now,
    format: 'object',
  } as const;
  const ended = await openpgp.revokeKey({ ...options, config: strict(defaults) }).catch(() => undefined);
  if (!ended) throw new KeyRefused(`The revocation certificate in this file is not one of the key ${certificate.fingerprint}.`);
  return describe(ended.publicKey, armored(ended.publicKey));
}

/** Whether a certificate carries a valid revocation of itself at `now`. */
export async function isRevoked({ key }: Pick<Certificate, 'key'>, now: Date): Promise<boolean> {
  return key.isRevoked(undefined, undefined, now, strict(defaults));
}
