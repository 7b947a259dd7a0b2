// What of an entity is read and what is carried: passages of text, attachments.
import { decoded, decodedText } from '#mail/decode.ts';
import type { Entity } from '#mail/entity.ts';
import { safeName } from '#mail/filename.ts';
import { withoutFields, withoutFieldsInHtml } from '#mail/legacy-display.ts';
import type { Attachment, Passage } from '#mail/message.ts';

/** The readable text in the order of the mail, and the parts that are carried. */
export interface Content {
  readonly passages: readonly Passage[];
  readonly attachments: readonly Attachment[];
}

/** What is said of every passage, and whether parts that say so begin with a copy of the hidden header fields, to be left out. */
interface Way {
  readonly covered: boolean;
  readonly legacyDisplay: boolean;
}

interface Found {
  readonly passages: Passage[];
  readonly carried: Entity[];
}

const none: Found = { passages: [], carried: [] };

/**
 * Chooses the readable text of an entity: alternative → the plain version if it says anything, else HTML; related → its root; signed → the
 * first part; mixed and the rest in order. Text with a file name or an attachment disposition, attached mails and everything else is carried.
 * `covered` is handed on to every passage. Encrypted parts are carried too: the pgp room opens them. `legacyDisplay` is for the payload of encryption
 * with `hp="cipher"` alone (RFC 9788 §4.5.3): elsewhere the mark on a part would let anybody hide its first words.
 */
export async function content(entity: Entity, covered: boolean, legacyDisplay = false): Promise<Content> {
  const found = await read(entity, { covered, legacyDisplay });
  const attachments: Attachment[] = [];
  for (const [index, part] of found.carried.entries()) {
    attachments.push({
      filename: safeName(part.filename ?? subjectName(part), part.contentType, index + 1),
      contentType: part.contentType,
      content: await decoded(part),
    });
  }
  return { passages: found.passages, attachments };
}

// Depth is bounded by the limits of split().
async function read(entity: Entity, way: Way): Promise<Found> {
  if (!entity.contentType.startsWith('multipart/')) return leaf(entity, way);
  // A multipart without parts (no boundary, or one that never comes) was read by people as its plain bytes.
  if (entity.children.length === 0) return leaf({ ...entity, contentType: 'text/plain', parameters: {} }, way);
  const [first, ...rest] = entity.children;
  switch (entity.contentType) {
    case 'multipart/alternative':
      return alternative(entity.children, way);
    case 'multipart/related':
      return related(entity, way);
    case 'multipart/encrypted':
      return { passages: [], carried: [...entity.children] };
    case 'multipart/signed':
      return merged(await all([...(first ? [first] : []), ...rest.filter((part) => !isSignature(part))], way));
    default:
      return merged(await all(entity.children, way));
  }
}

async function all(parts: readonly Entity[], way: Way): Promise<Found[]> {
  const found: Found[] = [];
  for (const part of parts) found.push(await read(part, way));
  return found;
}

function merged(found: readonly Found[]): Found {
  return { passages: found.flatMap((one) => one.passages), carried: found.flatMap((one) => one.carried) };
}

function isSignature(part: Entity): boolean {
  return /^application\/(?:x-)?(?:pgp|pkcs7)-signature$/.test(part.contentType);
}

// Apple Mail hides attachments inside one version; all versions' attachments are carried, one version is read.
async function alternative(parts: readonly Entity[], way: Way): Promise<Found> {
  const versions = await all(parts, way);
  const carried = versions.flatMap((version) => version.carried);
  const says = (version: Found, from: Passage['from']) =>
    version.passages.some((passage) => passage.from === from && passage.text.trim() !== '');
  const plain = versions.find((version) => says(version, 'plain'));
  const chosen = plain ?? [...versions].reverse().find((version) => says(version, 'html')) ?? versions[0] ?? none;
  return { passages: chosen.passages.filter((passage) => !plain || passage.from === 'plain'), carried };
}

// RFC 2387: the root is named by `start`, or it is the first part.
async function related(entity: Entity, way: Way): Promise<Found> {
  const { start } = entity.parameters;
  const isRoot = (part: Entity) => part.fields.some((field) => field.name === 'content-id' && field.value === start);
  const root = (start !== undefined && entity.children.find(isRoot)) || entity.children[0];
  if (!root) return none;
  const found = await read(root, way);
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

async function leaf(entity: Entity, way: Way): Promise<Found> {
  const { contentType } = entity;
  const readable =
    contentType.startsWith('text/') && !carriedText.has(contentType) && entity.disposition !== 'attachment' && !entity.filename;
  if (!readable) return { passages: [], carried: [entity] };
  const text = await textOf(entity, way);
  if (text.trim() === '') return none;
  return { passages: [{ text, from: contentType === 'text/html' ? 'html' : 'plain', covered: way.covered }], carried: [] };
}

async function textOf(entity: Entity, { legacyDisplay }: Way): Promise<string> {
  if (!legacyDisplay || entity.parameters['hp-legacy-display'] !== '1') return decodedText(entity);
  if (entity.contentType === 'text/plain') return withoutFields(await decodedText(entity));
  if (entity.contentType !== 'text/html') return decodedText(entity);
  const body = Buffer.from(withoutFieldsInHtml((await decoded(entity)).toString('latin1')), 'latin1');
  return decodedText({ ...entity, body, fields: entity.fields.filter(({ name }) => name !== 'content-transfer-encoding') });
}

function subjectName(part: Entity): string | undefined {
  return part.contentType === 'message/rfc822' ? 'message.eml' : undefined;
}
