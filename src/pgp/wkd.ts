// Where a Web Key Directory keeps the certificate of an address (draft-koch-openpgp-webkey-service §3.1): names, no network.
import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { KeyRefused } from '#pgp/certificate.ts';

/** An address as a directory names it. `domain`: lower case, A-labels; `local`: as written; `hash`: 32 characters of z-base-32. */
export interface WkdName {
  readonly local: string;
  readonly domain: string;
  readonly hash: string;
}

const longest = { local: 64, domain: 253 };

/**
 * The two addresses (https) at which a certificate is asked for, the advanced one first to be tried, the direct one only where the host
 * `openpgpkey.<domain>` does not exist (§3.1). Throws KeyRefused as wkdName does.
 */
export function wkdPaths(address: string): { advanced: string; direct: string } {
  const { local, domain, hash } = wkdName(address);
  const query = `?l=${encodeURIComponent(local)}`;
  return {
    advanced: `https://openpgpkey.${domain}/.well-known/openpgpkey/${domain}/hu/${hash}${query}`,
    direct: `https://${domain}/.well-known/openpgpkey/hu/${hash}${query}`,
  };
}

/**
 * Takes a plain address (`lead@example.org`, no display name) apart. Throws KeyRefused for what is no such address: no or several @,
 * blanks or control characters, a host that is an IP address or has no dot, a name too long for DNS.
 */
export function wkdName(address: string): WkdName {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, Math.max(at, 0));
  const host = address.slice(at + 1);
  // What URL parsers would cut off or decode ("/", "?", "%2f") is no part of a host.
  const domain = /^[\p{L}\p{M}\p{N}.-]{1,253}$/u.test(host) ? domainToASCII(host.toLowerCase()) : '';
  const plain = local.length > 0 && local.length <= longest.local && !/[@\s\p{C}]/u.test(local);
  if (!plain || !isHost(domain)) throw new KeyRefused('This is no mail address that a Web Key Directory can be asked for.');
  // Only ASCII letters are mapped to lower case (§3.1), others stay as they are.
  const lower = local.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return { local, domain, hash: zbase32(createHash('sha1').update(lower).digest()) };
}

function isHost(domain: string): boolean {
  const labels = domain.split('.');
  if (labels.length < 2 || domain.length > longest.domain || !/[a-z]/.test(labels.at(-1) ?? '')) return false;
  return labels.every((label) => /^[a-z0-9-]{1,63}$/.test(label) && !label.startsWith('-') && !label.endsWith('-'));
}

const alphabet = 'ybndrfg8ejkmcpqxot1uwisza345h769';

/** Bytes in z-base-32 without padding; meant for whole groups of five bytes, as SHA-1's twenty are (RFC 6189 §5.1.6). */
function zbase32(bytes: Uint8Array): string {
  let out = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) out += alphabet[(held >> (bits - 5)) & 31] ?? '';
  }
  return out;
}
