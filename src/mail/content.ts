// What of an entity is read and what is carried: passages of text, attachments, certificates.
import { decoded, decodedText, plainText } from '#mail/decode.ts';
import type { Entity } from '#mail/entity.ts';
import { safeName } from '#mail/filename.ts';
import type { Attachment, Passage } from '#mail/message.ts';

/** The readable text in the order of the mail, the parts that are carried, and armored OpenPGP certificates found among them. */
export interface Content {
  readonly passages: readonly Passage[];
  readonly attachments: readonly Attachment[];
  readonly certificates: readonly string[];
}

interface Found {
  readonly passages: Passage[];
  readonly carried: Entity[];
}

const none: Found = { passages: [], carried: [] };

/**
 * Chooses the readable text of an entity: alternative → the plain version if it says anything, else HTML; related → its root; signed → the
 * first part; mixed and the rest in order. Text with a file name or an attachment disposition, attached mails and everything else is carried.
 * `covered` is handed on to every passage. Encrypted parts are carried too: the pgp room opens them.
 */
export async function content(entity: Entity, covered: boolean): Promise<Content> {
  const found = await read(entity, covered);
  const attachments: Attachment[] = [];
  const certificates: string[] = [];
  for (const [index, part] of found.carried.entries()) {
    const attachment: Attachment = {
      filename: safeName(part.filename ?? subjectName(part), part.contentType, index + 1),
      contentType: part.contentType,
      content: await decoded(part),
    };
    attachments.push(attachment);
    certificates.push(...certificatesIn(attachment));
  }
  return { passages: found.passages, attachments, certificates: [...new Set(certificates)].slice(0, 50) };
}

// Depth is bounded by the limits of split().
async function read(entity: Entity, covered: boolean): Promise<Found> {
  if (!entity.contentType.startsWith('multipart/')) return leaf(entity, covered);
  // A multipart without parts (no boundary, or one that never comes) was read by people as its plain bytes.
  if (entity.children.length === 0) return leaf({ ...entity, contentType: 'text/plain', parameters: {} }, covered);
  const [first, ...rest] = entity.children;
  switch (entity.contentType) {
    case 'multipart/alternative':
      return alternative(entity.children, covered);
    case 'multipart/related':
      return related(entity, covered);
    case 'multipart/encrypted':
      return { passages: [], carried: [...entity.children] };
    case 'multipart/signed':
      return merged(await all([...(first ? [first] : []), ...rest.filter((part) => !isSignature(part))], covered));
    default:
      return merged(await all(entity.children, covered));
  }
}

async function all(parts: readonly Entity[], covered: boolean): Promise<Found[]> {
  const found: Found[] = [];
  for (const part of parts) found.push(await read(part, covered));
  return found;
}

function merged(found: readonly Found[]): Found {
  return { passages: found.flatMap((one) => one.passages), carried: found.flatMap((one) => one.carried) };
}

function isSignature(part: Entity): boolean {
  return /^application\/(?:x-)?(?:pgp|pkcs7)-signature$/.test(part.contentType);
}

// Apple Mail hides attachments inside one version; all versions' attachments are carried, one version is read.
async function alternative(parts: readonly Entity[], covered: boolean): Promise<Found> {
  const versions = await all(parts, covered);
  const carried = versions.flatMap((version) => version.carried);
  const says = (version: Found, from: Passage['from']) =>
    version.passages.some((passage) => passage.from === from && passage.text.trim() !== '');
  const plain = versions.find((version) => says(version, 'plain'));
  const chosen = plain ?? [...versions].reverse().find((version) => says(version, 'html')) ?? versions[0] ?? none;
  return { passages: chosen.passages.filter((passage) => !plain || passage.from === 'plain'), carried };
}

// RFC 2387: the root is named by `start`, or it is the first part.
async function related(entity: Entity, covered: boolean): Promise<Found> {
  const { start } = entity.parameters;
  const isRoot = (part: Entity) => part.fields.some((field) => field.name === 'content-id' && field.value === start);
  const root = (start !== undefined && entity.children.find(isRoot)) || entity.children[0];
  if (!root) return none;
  const found = await read(root, covered);
  const others = entity.children.filter((part) => part !== root);
  return { passages: found.passages, carried: [...found.carried, ...others.flatMap(leaves)] };
}

function leaves(entity: Entity): Entity[] {
  return entity.children.length === 0 ? [entity] : entity.children.flatMap(leaves);
}

// Text meant for programs: a reader saves it, so it is carried.
const carriedText = new Set([
  'text/calendar',
  'text/x-vcard',
  'text/vcard',
  'text/directory',
  'text/rfc822-headers',
  'text/x-patch',
  'text/x-diff',
  'text/csv',
  'text/xml',
]);

async function leaf(entity: Entity, covered: boolean): Promise<Found> {
  const { contentType } = entity;
  const readable =
    contentType.startsWith('text/') && !carriedText.has(contentType) && entity.disposition !== 'attachment' && !entity.filename;
  if (!readable) return { passages: [], carried: [entity] };
  const text = await decodedText(entity);
  if (text.trim() === '') return none;
  return { passages: [{ text, from: contentType === 'text/html' ? 'html' : 'plain', covered }], carried: [] };
}

function subjectName(part: Entity): string | undefined {
  return part.contentType === 'message/rfc822' ? 'message.eml' : undefined;
}

const keyBegin = '-----BEGIN PGP PUBLIC KEY BLOCK-----';
const keyEnd = '-----END PGP PUBLIC KEY BLOCK-----';

/** Armored certificates in an attached key file (RFC 3156 §7) or .asc file: at most 20 of the first 2 MB. Private keys are not taken. */
function certificatesIn(attachment: Attachment): string[] {
  if (attachment.contentType !== 'application/pgp-keys' && !/\.(?:asc|key|pgp|gpg)$/i.test(attachment.filename)) return [];
  return armoredCertificates(plainText(attachment.content.subarray(0, 2_000_000)));
}

/** Every armored certificate block in a text, at most 20. */
export function armoredCertificates(text: string): string[] {
  const found: string[] = [];
  for (let at = text.indexOf(keyBegin); at >= 0 && found.length < 20; at = text.indexOf(keyBegin, at + 1)) {
    const end = text.indexOf(keyEnd, at);
    if (end < 0) break;
    found.push(`${text.slice(at, end + keyEnd.length)}\n`);
  }
  return found;
}
