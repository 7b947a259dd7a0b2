// The certificate in somebody's Autocrypt header field (Autocrypt 1.1 §2).
import { dearmor } from '#pgp/armor.ts';

/** The certificate bytes of an Autocrypt field's value when it is for this address; undefined otherwise (Autocrypt 1.1 §2.3). */
export function readAutocrypt(value: string, address: string): Buffer | undefined {
  if (value.length > 100_000) return undefined;
  const attributes = new Map<string, string>();
  for (const part of value.split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0) attributes.set(part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).trim());
  }
  if (attributes.get('addr')?.toLowerCase() !== address.toLowerCase()) return undefined;
  // An unknown attribute that is not marked "_" makes the whole field unusable.
  for (const name of attributes.keys())
    if (!['addr', 'prefer-encrypt', 'keydata'].includes(name) && !name.startsWith('_')) return undefined;
  const block = `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${attributes.get('keydata') ?? ''}\n-----END PGP PUBLIC KEY BLOCK-----`;
  const bytes = dearmor(block)?.bytes;
  return bytes?.length ? bytes : undefined;
}
