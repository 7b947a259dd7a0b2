// Inline OpenPGP in a text part: clearsigned and encrypted blocks, with whatever stands before, between and after them kept apart.
import * as openpgp from 'openpgp';
import type { Entity } from '#mail/entity.ts';
import type { Unreadable } from '#mail/message.ts';
import { type Block, dearmor, nextBlock } from '#pgp/armor.ts';
import { readCleartext } from '#pgp/cleartext.ts';
import { isText } from '#pgp/form.ts';
import { inside, note, noteFinding, type Reading, step, unsealWithin, type Where } from '#pgp/reading.ts';
import { bytesOf, readable, safeCharset } from '#pgp/transfer.ts';
import { readSignatures } from '#pgp/verify.ts';

const labels = ['PGP SIGNED MESSAGE', 'PGP MESSAGE'] as const;

/** Whether a leaf is text that holds a block to read. Quoted blocks (`> -----BEGIN`) are none, and a part with a file name is carried. */
export async function hasBlocks(entity: Entity): Promise<boolean> {
  if (entity.contentType !== 'text/plain' || entity.disposition === 'attachment' || entity.filename) return false;
  const bytes = await bytesOf(entity);
  return bytes.includes('-----BEGIN PGP ') && nextBlock(bytes.toString('latin1'), labels) !== undefined;
}

/** Reads a text part with blocks into the reading. Unreadable when a block is encrypted and cannot be opened. */
export async function readInline(reading: Reading, where: Where, entity: Entity): Promise<Unreadable | undefined> {
  return readBlocks(reading, where, await bytesOf(entity), entity.parameters.charset);
}

async function readBlocks(reading: Reading, where: Where, bytes: Buffer, charset: string | undefined): Promise<Unreadable | undefined> {
  const text = bytes.toString('latin1');
  let at = 0;
  for (let block = nextBlock(text, labels); block; block = nextBlock(text, labels, at)) {
    around(reading, where, bytes.subarray(at, block.start), charset);
    at = block.end;
    const failed = await (block.label === 'PGP MESSAGE'
      ? readMessage(reading, where, block, charset)
      : readSigned(reading, where, block, charset));
    if (failed) return failed;
  }
  around(reading, where, bytes.subarray(at), charset);
  return undefined;
}

/** Words outside a block, in the charset of the part. */
function around(reading: Reading, { scopes }: Where, bytes: Buffer, charset: string | undefined): void {
  const text = readable(bytes, charset).replace(/^\n/, '');
  if (text.trim() !== '') reading.passages.push({ piece: { text, from: 'plain' }, scopes });
}

async function readSigned(reading: Reading, where: Where, block: Block, charset: string | undefined): Promise<Unreadable | undefined> {
  const spent = step(reading, where);
  if (spent) return spent;
  const deeper = { ...where, whole: false, depth: where.depth + 1 };
  const parts = readCleartext(block.text);
  if (!parts) {
    noteFinding(reading, deeper, { status: 'bad' });
    around(reading, where, Buffer.from(block.text, 'latin1'), charset);
    return undefined;
  }
  const set = await readSignatures(Buffer.from(parts.signature, 'latin1'), reading.bench.rules);
  const named = set?.packets.every((packet) => isOfText(packet) && (parts.hashes.length === 0 || parts.hashes.includes(hashName(packet))));
  const scope = await note(reading, deeper, named && isText(parts.signed) ? set : undefined, parts.signed);
  pushText(reading, { ...deeper, scopes: [...where.scopes, scope] }, where, parts.signed, charset);
  return undefined;
}

/** RFC 9580 §7.1: clearsigned text has a signature of type text; one of type binary was made for a file or an entity. */
function isOfText({ signatureType }: openpgp.SignaturePacket): boolean {
  return signatureType === openpgp.enums.signature.text;
}

function hashName(packet: openpgp.SignaturePacket): string {
  const name = Object.entries(openpgp.enums.hash).find(([, id]) => id === packet.hashAlgorithm)?.[0] ?? '';
  const label: Record<string, string> = { ripemd: 'ripemd160', sha3_256: 'sha3-256', sha3_512: 'sha3-512' };
  return label[name] ?? name;
}

/** Signed bytes as a passage: under their signature where the unsigned name of the charset cannot change them, outside otherwise. */
function pushText(reading: Reading, within: Where, outside: Where, bytes: Buffer, charset: string | undefined): void {
  const safe = safeCharset(bytes, charset);
  const text = readable(bytes, safe ?? charset);
  reading.passages.push({ piece: { text, from: 'plain' }, scopes: safe === undefined ? outside.scopes : within.scopes });
}

async function readMessage(reading: Reading, where: Where, block: Block, charset: string | undefined): Promise<Unreadable | undefined> {
  const armored = dearmor(block.text);
  const plain = armored ? await unsealWithin(reading, where, armored.bytes) : { unreadable: 'An OpenPGP block in this mail is damaged.' };
  if ('unreadable' in plain) return plain;
  const within = await inside(reading, { ...where, whole: false }, plain, isText(plain.content));
  const named = armored?.charset ?? (safeCharset(plain.content, 'utf-8') ? 'utf-8' : charset);
  if (plain.encrypted) reading.inner.push(asEntity(plain.content, named));
  if (nextBlock(plain.content.toString('latin1'), labels)) return readBlocks(reading, within.where, plain.content, named);
  pushText(reading, within.where, { ...within.where, scopes: [] }, plain.content, named);
  return undefined;
}

/** Decrypted text as a MIME entity, so that a relay treats it like any other. */
function asEntity(text: Buffer, charset: string | undefined): Buffer {
  const name = charset !== undefined && /^[\w.:+-]{1,40}$/.test(charset) ? `; charset=${charset}` : '';
  const body = (text.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n');
  return Buffer.from(`Content-Type: text/plain${name}\r\nContent-Transfer-Encoding: base64\r\n\r\n${body}\r\n`, 'latin1');
}
