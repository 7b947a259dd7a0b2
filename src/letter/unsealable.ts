// Why a letter cannot be encrypted to somebody, in words that reveal nothing else.

/** Which keys we can use (RFC 9580 §9.1, §9.2), for people whose key is of another kind, such as one of a Brainpool curve. */
export const supportedKinds = 'keys of Curve25519, Curve448, a NIST curve, or RSA of 2048 bits and more are';

/** Reasons by the code that sealing gives. */
const reasons: Readonly<Record<string, string>> = {
  'no-certificate': 'we have no key of yours',
  'no-encryption-key': 'your key has no part to encrypt to',
  expired: 'your key has expired',
  revoked: 'your key is revoked',
  weak: 'your key is too weak',
  unsupported: `your kind of key is not supported; ${supportedKinds}`,
};

/** The words for a code; unknown codes say only that there is no usable key. */
export function reasonWords(code: string | undefined): string {
  return reasons[code ?? ''] ?? 'we have no usable key of yours';
}
