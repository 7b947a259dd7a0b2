// The way through a mail's MIME tree: what is signed or encrypted is opened where it lies, the rest is read as it stands.
import { content } from '#mail/content.ts';
import { defaultLimits, type Entity, split } from '#mail/entity.ts';
import type { Unreadable } from '#mail/message.ts';
import { withCrlf } from '#mail/signed-bytes.ts';
import { dearmor, nextBlock } from '#pgp/armor.ts';
import { isEntity } from '#pgp/form.ts';
import { hasBlocks, readInline } from '#pgp/inline.ts';
import { hasHtmlBlocks, readHtmlBlocks } from '#pgp/inline-html.ts';
import { hidesFields } from '#pgp/protected.ts';
import { inside, note, type Reading, type Scope, step, unsealWithin, type Where } from '#pgp/reading.ts';
import { bytesOf } from '#pgp/transfer.ts';
import { readSignatures } from '#pgp/verify.ts';

/** Reads an entity into the reading and gives back its payload: the entity inside all layers that directly wrap each other. */
export async function read(reading: Reading, where: Where, entity: Entity): Promise<Entity | Unreadable> {
  if (isSigned(entity)) return readSigned(reading, where, entity);
  const cipher = ciphertext(entity);
  if (cipher) return readEncrypted(reading, where, entity, cipher);
  if (await hasBlocks(entity)) return (await readInline(reading, where, entity)) ?? entity;
  if (await hasHtmlBlocks(entity)) return (await readHtmlBlocks(reading, where, entity)) ?? entity;
  const holding = await childrenWithCrypto(entity);
  if (holding.length === 0) return readPlain(reading, where, entity);
  // Of alternatives one is read; the one with cryptography in it, as the others are the same words without proof.
  const chosen = entity.contentType === 'multipart/alternative' ? holding.slice(0, 1) : entity.children;
  for (const child of chosen) {
    const done = await read(reading, { ...where, whole: false }, child);
    if ('unreadable' in done) return done;
  }
  return entity;
}

/** Every entity of a tree, the root first; what lies inside an attached mail (message/rfc822) is somebody else's mail and is not in it. */
function reach(entity: Entity): Entity[] {
  const found = [entity];
  for (let at = 0; at < found.length; at++) found.push(...(found[at]?.children ?? []));
  return found;
}

async function childrenWithCrypto(entity: Entity): Promise<Entity[]> {
  const found = await childrenThat(entity, async (part) => isSigned(part) || ciphertext(part) !== undefined || (await hasBlocks(part)));
  const pages = await childrenThat(entity, hasHtmlBlocks);
  if (pages.length === 0) return found;
  if (entity.contentType === 'multipart/alternative') {
    // A block in a page is opened where the page is what one reads: a plain version beside it says it better.
    const { passages } = await content(entity, false);
    if (found.length > 0 || passages.some(({ from }) => from === 'plain')) return found;
  }
  return entity.children.filter((child) => found.includes(child) || pages.includes(child));
}

async function childrenThat(entity: Entity, holds: (part: Entity) => Promise<boolean>): Promise<Entity[]> {
  const found: Entity[] = [];
  for (const child of entity.children) {
    for (const part of reach(child)) {
      if (!(await holds(part))) continue;
      found.push(child);
      break;
    }
  }
  return found;
}

/** RFC 3156 §5. Other protocols (S/MIME) are read as an ordinary multipart, unsigned. */
function isSigned({ contentType, children }: Entity): boolean {
  return contentType === 'multipart/signed' && children.length >= 2 && children[1]?.contentType === 'application/pgp-signature';
}

/** The part with the ciphertext in a multipart/encrypted (RFC 3156 §4), or in the multipart/mixed that Exchange makes of it. */
function ciphertext({ contentType, children, parameters }: Entity): Entity | undefined {
  if (contentType === 'multipart/encrypted') {
    const foreign = parameters.protocol !== undefined && parameters.protocol.toLowerCase() !== 'application/pgp-encrypted';
    return foreign ? undefined : children.find((child) => child.contentType !== 'application/pgp-encrypted' && child.children.length === 0);
  }
  if (contentType !== 'multipart/mixed') return undefined;
  const marker = children.findIndex((child) => child.contentType === 'application/pgp-encrypted' && child.body.length < 500);
  const next = marker < 0 ? undefined : children[marker + 1];
  return next?.contentType === 'application/octet-stream' ? next : undefined;
}

/** The entity inside the signatures that directly wrap it. */
function withoutSignatures(entity: Entity): Entity {
  let inner = entity;
  while (isSigned(inner) && inner.children[0]) inner = inner.children[0];
  return inner;
}

async function readSigned(reading: Reading, where: Where, entity: Entity): Promise<Entity | Unreadable> {
  const spent = step(reading, where);
  const [signed, signature, ...added] = entity.children;
  if (spent || !signed || !signature) return spent ?? entity;
  // A text that was signed as such would lose its first words here: its signature is none of this entity.
  const set = isEntity(signed.bytes) ? await readSignatures(await bytesOf(signature), reading.bench.rules) : undefined;
  const deeper = { ...where, depth: where.depth + 1 };
  let scope = await note(reading, deeper, set, signed.bytes);
  const canonical = scope.finding.status === 'bad' ? withCrlf(signed.bytes) : signed.bytes;
  // Mail kept with bare LF (mbox, some servers) was signed with CRLF (RFC 3156 §5).
  if (canonical.length !== signed.bytes.length) {
    reading.scopes.pop();
    scope = await note(reading, deeper, set, canonical);
  }
  // Cut anew from the signed bytes alone, so that no boundary outside them has a say in how they are read.
  const inner = again(reading, signed.bytes);
  if ('unreadable' in inner) return inner;
  const payload = await read(reading, { ...deeper, scopes: [...where.scopes, scope] }, inner);
  if ('unreadable' in payload) return payload;
  scope.payload = payload;
  return rest(reading, where, added, payload);
}

async function readEncrypted(reading: Reading, where: Where, entity: Entity, cipher: Entity): Promise<Entity | Unreadable> {
  const bytes = binary(await bytesOf(cipher));
  const plain = bytes
    ? await unsealWithin(reading, where, bytes)
    : { unreadable: 'The encrypted part of this mail is not an OpenPGP message.' };
  if ('unreadable' in plain) return plain;
  if (plain.encrypted) reading.inner.push(plain.content);
  const within = await inside(reading, where, plain, isEntity(plain.content));
  const inner = again(reading, plain.content);
  if ('unreadable' in inner) return inner;
  const legacyDisplay = plain.encrypted && hidesFields(withoutSignatures(inner));
  const payload = await read(reading, { ...within.where, legacyDisplay }, inner);
  if ('unreadable' in payload) return payload;
  if (within.scope) within.scope.payload = payload;
  if (where.whole && plain.encrypted) reading.sealed = payload;
  const added = entity.children.filter((child) => child !== cipher && child.contentType !== 'application/pgp-encrypted');
  return rest(reading, where, added, payload);
}

/** Parts beside the signed or encrypted one: read too, so that nothing is lost, but under nobody's signature. */
async function rest(reading: Reading, where: Where, added: readonly Entity[], payload: Entity): Promise<Entity | Unreadable> {
  for (const entity of added) {
    const done = await read(reading, { ...where, whole: false }, entity);
    if ('unreadable' in done) return done;
  }
  return payload;
}

function again(reading: Reading, bytes: Buffer): Entity | Unreadable {
  return split(bytes, { ...defaultLimits, bytes: Math.max(defaultLimits.bytes, reading.bench.rules.maxBytes) });
}

/** The packets of an armored or binary OpenPGP message. */
export function binary(body: Buffer): Buffer | undefined {
  if (((body[0] ?? 0) & 0x80) !== 0) return body;
  const block = nextBlock(body.toString('latin1'), ['PGP MESSAGE']);
  return block && dearmor(block.text)?.bytes;
}

async function readPlain(reading: Reading, { scopes, legacyDisplay }: Where, entity: Entity): Promise<Entity> {
  const found = await content(entity, scopes.some(isGood), legacyDisplay);
  for (const { text, from } of found.passages) reading.passages.push({ piece: { text, from }, scopes });
  for (const attachment of found.attachments) reading.attachments.push({ piece: attachment, scopes });
  return entity;
}

function isGood(scope: Scope): boolean {
  return scope.finding.status === 'good';
}
