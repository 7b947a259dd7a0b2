// Which OpenPGP we accept: sizes, hashes, key strengths and the clock's slack, with the library's settings that follow from them.
import * as openpgp from 'openpgp';

/** What is too weak, too large or too far in the future. Handed in, so that a test or an operator may be stricter. */
export interface Rules {
  /** RSA keys below this many bits are weak. */
  readonly minRsaBits: number;
  /** Hash names (RFC 9580 §9.5, lower case) that count as weak in signatures on mail and on keys. */
  readonly weakHashes: readonly ('md5' | 'sha1' | 'ripemd')[];
  /** Key algorithms (RFC 9580 §9.1, lower case) that count as weak. */
  readonly weakAlgorithms: readonly ('dsa' | 'elgamal')[];
  /** How far ahead of `now` a signature may be made, in milliseconds: clocks differ, but not by days. */
  readonly slack: number;
  /** The largest decompressed content, in bytes. */
  readonly maxBytes: number;
  /** The most session key packets one message may carry; each may cost a private key operation. */
  readonly maxRecipients: number;
  /** The most session key packets without a key id (`--throw-keyids`): every own key is tried on each. */
  readonly maxHidden: number;
  /** The most private key operations for one mail; one with RSA of 4096 bits takes 40 milliseconds. */
  readonly maxTries: number;
  /** The most bytes under OCB in one mail. */
  readonly maxSlow: number;
}

/** RFC 9580 §9.1 and §9.5 with what GnuPG and sq refuse today. */
export const defaults: Rules = {
  minRsaBits: 2048,
  weakHashes: ['md5', 'sha1', 'ripemd'],
  weakAlgorithms: ['dsa', 'elgamal'],
  slack: 86_400_000,
  maxBytes: 50_000_000,
  maxRecipients: 1000,
  maxHidden: 32,
  maxTries: 48,
  maxSlow: 8_000_000,
};

/** The library's settings under these rules. Stated in full, so that a changed default of the library changes nothing here. */
export function strict(rules: Rules): openpgp.Config {
  const hashes = new Set(rules.weakHashes.map((name) => openpgp.enums.hash[name]));
  return {
    ...openpgp.config,
    allowUnauthenticatedMessages: false,
    allowUnauthenticatedStream: false,
    allowInsecureDecryptionWithSigningKeys: false,
    allowInsecureVerificationWithReformattedKeys: false,
    enforceGrammar: true,
    ignoreMalformedPackets: false,
    maxDecompressedMessageSize: rules.maxBytes,
    // Some keys of 2048 bits have a leading zero bit.
    minRSABits: rules.minRsaBits - 1,
    rejectHashAlgorithms: hashes,
    rejectMessageHashAlgorithms: hashes,
    rejectPublicKeyAlgorithms: new Set(rules.weakAlgorithms.map((name) => openpgp.enums.publicKey[name])),
    showVersion: false,
    showComment: false,
    aeadProtect: false,
    // The salt notation hardens against faults provoked while signing; the price is that mutt and others print it as junk and
    // that the same letter would be signed into other bytes at each attempt. Nobody can provoke faults in our process and watch.
    nonDeterministicSignaturesViaNotation: false,
  };
}

/** The same without the strength rules: tells "weak" from "wrong". Never decides that something is good. */
export function lax(rules: Rules): openpgp.Config {
  return {
    ...strict(rules),
    minRSABits: 0,
    rejectHashAlgorithms: new Set(),
    rejectMessageHashAlgorithms: new Set(),
    rejectPublicKeyAlgorithms: new Set(),
    rejectCurves: new Set(),
  };
}
