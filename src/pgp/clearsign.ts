// A text for the world, signed so that people can read it as it stands (RFC 9580 §7).
import * as openpgp from 'openpgp';
import { defaults, strict } from '#pgp/rules.ts';

/**
 * Signs a text with every key given, in one cleartext block. Trailing blanks of lines are not signed and are taken off. Throws when a key cannot sign
 * at `now`.
 */
export async function clearsign(text: string, keys: readonly openpgp.PrivateKey[], now: Date): Promise<string> {
  const message = await openpgp.createCleartextMessage({ text: text.replace(/[ \t]{1,200}$/gm, '') });
  const signed: string = await openpgp.sign({
    message,
    signingKeys: [...keys],
    date: now,
    // One hash for all signatures: GnuPG hashes a cleartext once, by the names in its header.
    config: { ...strict(defaults), preferredHashAlgorithm: openpgp.enums.hash.sha512 },
  });
  return signed.replaceAll('\r\n', '\n');
}
