// One OpenPGP message opened with our keys: never without integrity protection, never beyond the limits, one layer at a time.
import * as openpgp from 'openpgp';
import type { Unreadable } from '#mail/message.ts';
import '#pgp/flood.ts';
import type { OwnKey } from '#pgp/keyring.ts';
import { type Rules, strict } from '#pgp/rules.ts';
import type { Signatures } from '#pgp/verify.ts';

/** The literal content of a message and the signatures inside it; the literal's file name and time are not signed and left out. */
export interface Plain {
  readonly content: Buffer;
  readonly signatures: Signatures;
  readonly encrypted: boolean;
}

const { packet: tag } = openpgp.enums;
const encryptedTags = [tag.symmetricallyEncryptedData, tag.symEncryptedIntegrityProtectedData, tag.aeadEncryptedData];

/** What opening a message took of what one mail may cost, whether it opened or not. */
export interface Cost {
  /** Private key operations. */
  readonly tries: number;
  /** Bytes under OCB, which the library unciphers at three megabytes a second. */
  readonly slow: number;
}

/** Several session keys for one body are somebody's trick or fault; each would have the whole body unciphered. */
const mostSessionKeys = 3;

/** Chunks of an AEAD body below 1 KiB (RFC 9580 §5.13.2) cost more than their contents; the programs of people make them of 4 KiB and more. */
const smallest = { chunkSizeOctet: 4, whole: 10_000 };

/**
 * Opens a binary OpenPGP message, encrypted or only signed. Refused with a sentence that says nothing of the contents: damage, missing
 * or failed integrity protection (RFC 9580 §5.7, §13.7), other people's keys, a bomb, a flood, ciphertext inside ciphertext.
 */
export async function unseal(
  bytes: Buffer,
  own: readonly OwnKey[],
  now: Date,
  rules: Rules,
): Promise<(Plain | Unreadable) & { readonly cost: Cost }> {
  const config = strict(rules);
  const read = () => openpgp.readMessage({ binaryMessage: new Uint8Array(bytes), config });
  const message = await read().catch(() => undefined);
  const nothing = { tries: 0, slow: 0 };
  if (!message) return { unreadable: 'The OpenPGP message in this mail is damaged or of a kind we do not read.', cost: nothing };
  const [body] = message.packets.filterByTag(...encryptedTags);
  const options = { format: 'binary', date: now, config } as const;
  if (!body) {
    // Without verification keys: the signatures are taken out here and judged by our own rules.
    const opened = await openpgp.verify({ ...options, message, verificationKeys: [] }).catch(() => undefined);
    return { ...(await plainOf(opened, false)), cost: nothing };
  }
  const keys = keysFor(message, own, rules);
  if ('unreadable' in keys) return { ...keys, cost: nothing };
  const slow = slowBytes(body, bytes.length);
  if (slow > rules.maxSlow) return { unreadable: 'The encrypted part of this mail takes too long to decipher.', cost: nothing };
  const cost = { tries: keys.tries, slow };
  const found = await openpgp.decryptSessionKeys({ message: keys.message, decryptionKeys: keys.own, date: now, config }).catch(() => []);
  if (found.length > mostSessionKeys) return { ...closed, cost };
  for (const { data, algorithm } of found) {
    // The algorithm of a newer body stands in the body itself, and this one is not looked at.
    const sessionKeys = { data, algorithm: algorithm ?? 'aes256' };
    const opened = await openpgp.decrypt({ ...options, message: await read(), sessionKeys }).catch(() => undefined);
    if (opened) return { ...(await plainOf(opened, true)), cost };
  }
  return { ...closed, cost };
}

/** One sentence for every cause: whoever changes ciphertext must not learn how far it went. */
const closed = { unreadable: 'The OpenPGP part of this mail is damaged, unprotected or too large when unpacked.' };

async function plainOf(
  opened: Pick<openpgp.VerifyMessageResult, 'data' | 'signatures'> | undefined,
  encrypted: boolean,
): Promise<Plain | Unreadable> {
  if (!opened) return closed;
  const content: unknown = opened.data;
  if (!(content instanceof Uint8Array)) return { unreadable: 'The OpenPGP message in this mail holds no readable contents.' };
  const found = await Promise.all(opened.signatures.map(({ signature }) => signature));
  const packets = found.flatMap((signature) => [...signature.packets]);
  return { content: Buffer.from(content), signatures: { packets, odd: packets.length !== found.length }, encrypted };
}

/** The library's types leave out what its packets hold. */
interface Chunked {
  readonly aeadAlgorithm?: number | null;
  readonly chunkSizeByte?: number | null;
}

/** Bytes that cost more than others to uncipher; no rule allows infinitely many. */
function slowBytes(body: Chunked | object, length: number): number {
  const { aeadAlgorithm, chunkSizeByte }: Chunked = body;
  if (typeof aeadAlgorithm !== 'number' || typeof chunkSizeByte !== 'number') return 0;
  if (chunkSizeByte < smallest.chunkSizeOctet && length > smallest.whole) return Number.POSITIVE_INFINITY;
  return aeadAlgorithm === openpgp.enums.aead.ocb ? length : 0;
}

interface Found {
  readonly own: openpgp.PrivateKey[];
  /** With the session keys that may be for us alone. */
  readonly message: openpgp.Message<Uint8Array>;
  readonly tries: number;
}

function keysFor(message: openpgp.Message<Uint8Array>, own: readonly OwnKey[], rules: Rules): Found | Unreadable {
  const ids = message.getEncryptionKeyIDs().map((id) => id.toHex().toUpperCase());
  const hidden = ids.filter(isHidden).length;
  const named = ids.filter((id) => own.some((key) => key.keyIds.includes(id))).length;
  const tries = named + hidden * own.length;
  if (ids.length > rules.maxRecipients || hidden > rules.maxHidden || tries > rules.maxTries)
    return { unreadable: 'This mail is encrypted to too many keys to try.' };
  const keys = own.filter((key) => hidden > 0 || key.keyIds.some((id) => ids.includes(id)));
  if (keys.length === 0) return { unreadable: 'This mail is encrypted, but not to a key we hold.' };
  const kept = new openpgp.PacketList<openpgp.AnyPacket>();
  for (const packet of message.packets) {
    const id = packet instanceof openpgp.PublicKeyEncryptedSessionKeyPacket ? idOf(packet) : '';
    if (id === '' || isHidden(id) || own.some((key) => key.keyIds.includes(id))) kept.push(packet);
  }
  return { own: keys.map((key) => key.key), message: new openpgp.Message<Uint8Array>(kept), tries };
}

function isHidden(id: string): boolean {
  return /^0+$/.test(id);
}

function idOf(packet: object): string {
  const { publicKeyID }: { publicKeyID?: openpgp.KeyID } = packet;
  return publicKeyID?.toHex().toUpperCase() ?? '';
}
