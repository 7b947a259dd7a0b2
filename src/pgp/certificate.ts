// From the bytes of a key file or a mail to certificates: bounded, trimmed to what the key says of itself, never a private key.
import { createHash } from 'node:crypto';
import * as openpgp from 'openpgp';
import { armor, blocks, dearmor } from '#pgp/armor.ts';
import '#pgp/flood.ts';
import { fingerprint4, issuers, type Packet, packets, tags } from '#pgp/packet.ts';

/** An OpenPGP certificate ("public key"). Hex is upper case. */
export interface Certificate {
  /** Of the primary key. */
  readonly fingerprint: string;
  /** Of the primary key and every subkey, 16 hex digits each. */
  readonly keyIds: readonly string[];
  readonly userIds: readonly string[];
  /** Addresses of the user ids, lower case, as the certificate claims them. */
  readonly emails: readonly string[];
  readonly armored: string;
  readonly created: Date;
  readonly key: openpgp.PublicKey;
}

/** A key that cannot be taken; the message is a sentence fit for the person who sent it and holds nothing secret. */
export class KeyRefused extends Error {
  override readonly name = 'KeyRefused';
}

const most = { bytes: 20_000_000, blocks: 1000, packets: 200_000, kept: 500, certificates: 2000, remembered: 2000 };

// Checking self-signatures costs milliseconds a key and the library remembers it on the parsed key: the same bytes get the same key.
const remembered = new Map<string, Certificate>();

/**
 * Reads every certificate in an armored text (with anything around the blocks) or in binary. Signatures by other people are dropped,
 * so a flooded certificate costs little; photographs too. Throws KeyRefused for a private key, for more than 20 MB or 2000
 * certificates, and when nothing readable is there; a single unreadable certificate among readable ones is passed over.
 */
export async function readCertificates(armoredOrBinary: string | Buffer): Promise<Certificate[]> {
  if (armoredOrBinary.length > most.bytes) throw new KeyRefused('This key file is too large.');
  const found: Certificate[] = [];
  for (const bytes of binaries(armoredOrBinary)) {
    const all = packets(bytes, most.packets);
    if (!all) continue;
    if (all.some((packet) => packet.tag === tags.secretKey || packet.tag === tags.secretSubkey)) throw privateKeySent();
    for (const one of certificates(all)) {
      const certificate = await certificateOf(one);
      if (certificate && !found.some((known) => known.fingerprint === certificate.fingerprint)) found.push(certificate);
      if (found.length > most.certificates) throw new KeyRefused('This key file holds too many certificates.');
    }
  }
  if (found.length === 0) throw new KeyRefused('There is no readable OpenPGP certificate in this.');
  return found;
}

function privateKeySent(): KeyRefused {
  return new KeyRefused(
    'This is a private key: keep it secret, and send the certificate (the public key) instead. Consider revoking it if it was sent in the clear.',
  );
}

function binaries(given: string | Buffer): Buffer[] {
  if (typeof given !== 'string' && ((given[0] ?? 0) & 0x80) !== 0 && given.indexOf('-----BEGIN PGP ') < 0) return [given];
  const text = typeof given === 'string' ? given : given.toString('latin1');
  if (blocks(text, ['PGP PRIVATE KEY BLOCK'], 1).length > 0) throw privateKeySent();
  return blocks(text, ['PGP PUBLIC KEY BLOCK'], most.blocks).flatMap((block) => dearmor(block.text)?.bytes ?? []);
}

function certificates(all: readonly Packet[]): Packet[][] {
  const found: Packet[][] = [];
  for (const packet of all) {
    if (packet.tag === tags.publicKey) found.push([packet]);
    else found.at(-1)?.push(packet);
  }
  return found;
}

/** What the certificate says of itself: keys, names, and signatures that claim to be its own. */
function ownWords(all: readonly Packet[]): Packet[] | undefined {
  const [primary] = all;
  const fingerprint = primary && fingerprint4(primary.body);
  const kept: Packet[] = [];
  let inPhotograph = false;
  for (const packet of all) {
    if (packet.tag === tags.userAttribute) inPhotograph = true;
    else if (packet.tag !== tags.signature) inPhotograph = false;
    if (inPhotograph) continue;
    if (packet.tag === tags.signature && fingerprint && !issuers(packet.body).includes(fingerprint.slice(-16))) continue;
    kept.push(packet);
    if (kept.length > most.kept) return undefined;
  }
  return kept;
}

async function certificateOf(all: readonly Packet[]): Promise<Certificate | undefined> {
  const kept = ownWords(all);
  if (!kept) return undefined;
  const bytes = Buffer.concat(kept.map((packet) => packet.bytes));
  const name = createHash('sha256').update(bytes).digest('hex');
  const known = remembered.get(name);
  if (known) return known;
  const key = await openpgp.readKey({ binaryKey: bytes }).catch(() => undefined);
  if (!key || key.isPrivate()) return undefined;
  const certificate = describe(key, armor('PGP PUBLIC KEY BLOCK', bytes));
  const [oldest] = remembered.keys();
  if (remembered.size >= most.remembered && oldest) remembered.delete(oldest);
  remembered.set(name, certificate);
  return certificate;
}

/** The certificate of a parsed key; `armored` is kept as given. */
export function describe(key: openpgp.PublicKey, armored: string): Certificate {
  const emails = key.users.map((user) => user.userID?.email.toLowerCase() ?? '').filter((email) => email !== '');
  return {
    fingerprint: key.getFingerprint().toUpperCase(),
    keyIds: key.getKeys().map((one) => one.getKeyID().toHex().toUpperCase()),
    userIds: key.getUserIDs(),
    emails: [...new Set(emails)],
    armored,
    created: key.getCreationTime(),
    key,
  };
}
