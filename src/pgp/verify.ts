// Judging signatures over given bytes at `now`: the mathematics first, then time, then what became of the key.
import { createHash } from 'node:crypto';
import * as openpgp from 'openpgp';
import type { Signature } from '#mail/message.ts';
import { withCrlf } from '#mail/signed-bytes.ts';
import { dearmor, nextBlock } from '#pgp/armor.ts';
import '#pgp/flood.ts';
import { type Certificate, canSign, type Keyring } from '#pgp/keyring.ts';
import { lax, type Rules, strict } from '#pgp/rules.ts';
import { after } from '#time.ts';

/** What one signature, or a set over the same bytes, came to; `covers` is for the whole mail to say. */
export type Finding = Omit<Signature, 'covers'>;

/** The signature packets found; `odd` when some could not be read, so that the set cannot be good. */
export interface Signatures {
  readonly packets: readonly openpgp.SignaturePacket[];
  readonly odd: boolean;
}

/** With what, when and how strictly to judge. */
export interface Bench {
  readonly keys: Keyring;
  readonly now: Date;
  readonly rules: Rules;
}

// Each signature has all the words under it hashed again, and each layer around them too.
const most = { packets: 4, blocks: 4, candidates: 8 };

/** Reads a detached signature, armored or binary (RFC 9580 §10.4). Undefined when there is none in it. */
export async function readSignatures(body: Buffer, rules: Rules): Promise<Signatures | undefined> {
  const found: Buffer[] = [];
  if (((body[0] ?? 0) & 0x80) !== 0) found.push(body);
  const text = found.length ? '' : body.toString('latin1');
  for (let at = 0; found.length < most.blocks; ) {
    const block = nextBlock(text, ['PGP SIGNATURE', 'PGP MESSAGE'], at);
    if (!block) break;
    const bytes = dearmor(block.text)?.bytes;
    if (bytes) found.push(bytes);
    at = block.end;
  }
  if (found.length === 0) return undefined;
  const read = await openpgp.readSignature({ binarySignature: Buffer.concat(found), config: strict(rules) }).catch(() => undefined);
  return read ? signaturesIn(read.packets) : { packets: [], odd: true };
}

/** The signatures among the packets of a message or signature block. */
function signaturesIn(all: readonly openpgp.AnyPacket[]): Signatures {
  const packets = all.filter((packet) => packet instanceof openpgp.SignaturePacket);
  const odd = all.some((packet) => packet instanceof openpgp.UnparseablePacket && packet.tag === openpgp.enums.packet.signature);
  return { packets, odd };
}

/**
 * Judges a set of signatures over the same bytes. Good only when every one is, by one certificate and made in the same second: a
 * stranger's signature added to a good one, or two people's, is for a person to look at. "none" for an empty set.
 */
export async function judge(set: Signatures, signed: Buffer, bench: Bench): Promise<Finding> {
  if (set.packets.length === 0) return { status: set.odd ? 'bad' : 'none' };
  if (set.packets.length > most.packets) return { status: 'bad' };
  const findings: Finding[] = [];
  for (const packet of set.packets) findings.push(await judgeOne(packet, signed, bench));
  const [first] = findings;
  const worst = (['bad', 'revoked', 'expired', 'weak', 'unknown-key'] as const)
    .map((status) => findings.find((finding) => finding.status === status))
    .find((finding) => finding !== undefined);
  if (worst || !first) return worst ?? { status: 'bad' };
  const same = findings.every((finding) => finding.by === first.by && finding.at?.getTime() === first.at?.getTime());
  return same && !set.odd ? first : { ...first, status: 'bad' };
}

async function judgeOne(packet: openpgp.SignaturePacket, signed: Buffer, bench: Bench): Promise<Finding> {
  const at = packet.created ?? undefined;
  const keyId = packet.issuerKeyID.toHex().toUpperCase();
  // A key id of zeros matches every key of the library: nobody stands behind it.
  const candidates = /^(?!0{16})[0-9A-F]{16}$/.test(keyId)
    ? bench.keys.certificate(keyId).filter(({ keyIds }) => keyIds.includes(keyId))
    : [];
  const [claimed] = candidates;
  if (!claimed) return { status: 'unknown-key', ...(at && { at }), digest: digestOf(keyId, at, signed) };
  for (const certificate of candidates.slice(0, most.candidates)) {
    const key = await issuer(packet, certificate, signed, bench);
    if (!key || !at) continue;
    const { fingerprint } = certificate;
    return { status: await weigh(packet, key, certificate, at, bench), by: fingerprint, at, digest: digestOf(fingerprint, at, signed) };
  }
  return { status: 'bad', by: claimed.fingerprint, ...(at && { at }), digest: digestOf(claimed.fingerprint, at, signed) };
}

/** The key of the certificate that really made the signature over these bytes. */
async function issuer(packet: openpgp.SignaturePacket, certificate: Certificate, signed: Buffer, { rules, now }: Bench) {
  const type = packet.signatureType;
  if (type !== openpgp.enums.signature.binary && type !== openpgp.enums.signature.text) return undefined;
  const message = await openpgp.createMessage({ binary: signed });
  const literal = message.packets.findPacket(openpgp.enums.packet.literalData);
  if (!literal) return undefined;
  for (const key of certificate.key.getKeys(packet.issuerKeyID)) {
    const named = packet.issuerFingerprint && Buffer.from(packet.issuerFingerprint).toString('hex');
    if (named && named !== key.getFingerprint().toLowerCase()) continue;
    // At its own creation time: whether it is timely is weighed afterwards, with its own answer.
    const holds = packet.verify(key.keyPacket, type, literal, packet.created ?? now, true, lax(rules));
    if (await holds.then(() => key).catch(() => undefined)) return key;
  }
  return undefined;
}

async function weigh(
  packet: openpgp.SignaturePacket,
  key: openpgp.Key | openpgp.Subkey,
  certificate: Certificate,
  at: Date,
  { now, rules }: Bench,
): Promise<Finding['status']> {
  if (at > after(now, rules.slack) || at < key.getCreationTime()) return 'bad';
  // A signer's clock slightly ahead must not meet a key that seems not to exist yet.
  const moment = at > now ? at : now;
  const usable = await canSign(certificate, moment, rules, key.getKeyID());
  if (!usable.usable && usable.why !== 'weak') return usable.why === 'expired' || usable.why === 'revoked' ? usable.why : 'bad';
  if (packet.isExpired(moment)) return 'expired';
  const weakHash = rules.weakHashes.some((name) => openpgp.enums.hash[name] === packet.hashAlgorithm);
  return weakHash || !usable.usable ? 'weak' : 'good';
}

/**
 * What makes a signature the same again: who, when, over which words. The packet's own bytes would not do: its unhashed part and its
 * framing can be changed by anyone without breaking it, and the replay would look new.
 */
function digestOf(by: string, at: Date | undefined, signed: Buffer): string {
  const hash = createHash('sha256').update(`${by}\n${at ? Math.floor(at.getTime() / 1000) : ''}\n`);
  return hash.update(withCrlf(signed)).digest('hex');
}
