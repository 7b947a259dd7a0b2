// A message decrypted and verified at `now`: what each later step may believe of it, and what it may not.

import type { Entity } from '#mail/entity.ts';
import { fieldValue, shownValue } from '#mail/header.ts';
import type { Attachment, Field, Message, Opened, Signature, Unreadable } from '#mail/message.ts';
import { armor, blocks, dearmor } from '#pgp/armor.ts';
import { readAutocrypt } from '#pgp/autocrypt.ts';
import { defaults, type Keyring, type Rules } from '#pgp/keyring.ts';
import { begin, type Covered, type Reading, type Scope, unsealWithin } from '#pgp/reading.ts';
import { binary, read } from '#pgp/walk.ts';

/**
 * Opens a mail: PGP/MIME (RFC 3156), also as lists and Exchange mangle it, inline OpenPGP, encrypted attachments. Unreadable with a
 * sentence that reveals nothing when a part is encrypted and cannot be opened whole and unaltered. The signature is `good` at `now`
 * or it is something else; it covers `all` only when every passage and every attachment came out of the bytes of that one signature.
 * A signature around ciphertext covers none of the words: who signs it need not have known them.
 */
export async function open(message: Message, keys: Keyring, now: Date, rules: Rules = defaults): Promise<Opened | Unreadable> {
  const reading = begin({ keys, now, rules });
  const payload = await read(reading, { scopes: [], depth: 0, whole: true }, message.root);
  if ('unreadable' in payload) return payload;
  const attachments = await openAttachments(reading);
  const passages = reading.passages.filter(({ piece }) => reading.passages.length === 1 || piece.text.trim() !== '');
  const { signature, scope } = verdict(reading.scopes, [...passages, ...attachments]);
  const trusted = signature.status === 'good' && signature.covers === 'all' ? scope?.payload : undefined;
  const protectedFields = protectedBy(trusted ?? reading.sealed);
  const subject = fieldValue(protectedFields, 'subject');
  return {
    message,
    subject: subject === undefined ? message.subject : shownValue(subject),
    protectedFields,
    decrypted: reading.decrypted,
    signature,
    passages: passages.map(({ piece, scopes }) => ({ ...piece, covered: covers(signature, scope, scopes) })),
    attachments: attachments.map(({ piece }) => piece),
    certificates: certificates(reading, message, attachments),
    inner: reading.inner.length === 1 ? reading.inner[0] : undefined,
  };
}

function covers(signature: Signature, scope: Scope | undefined, scopes: readonly Scope[]): boolean {
  return signature.status === 'good' && scope !== undefined && scopes.includes(scope);
}

/** Worse first: when no signature carries the mail, the most troubling one is reported. */
const severity = ['bad', 'revoked', 'expired', 'weak', 'unknown-key'] as const;

/** One answer for the mail. Of several good signatures over everything the innermost counts: it is the author's. */
function verdict(scopes: readonly Scope[], pieces: readonly Covered<unknown>[]): { signature: Signature; scope: Scope | undefined } {
  if (scopes.length === 0) return { signature: { status: 'none', covers: 'none' }, scope: undefined };
  const good = scopes.filter(({ finding }) => finding.status === 'good');
  const overAll = good.filter((scope) => (pieces.length ? pieces.every((piece) => piece.scopes.includes(scope)) : scope.whole));
  const author = overAll.reduce<Scope | undefined>((best, scope) => (best && best.depth >= scope.depth ? best : scope), undefined);
  if (author) return { signature: { ...author.finding, covers: 'all' }, scope: author };
  const troubling = severity.map((status) => scopes.find(({ finding }) => finding.status === status)).find((scope) => scope !== undefined);
  if (troubling) return { signature: { ...troubling.finding, covers: 'none' }, scope: undefined };
  const [first] = good.filter((scope) => pieces.some((piece) => piece.scopes.includes(scope)));
  const scope = first ?? good[0];
  return scope
    ? { signature: { ...scope.finding, covers: first ? 'part' : 'none' }, scope }
    : { signature: { status: 'bad', covers: 'none' }, scope: undefined };
}

/** Header fields under protection (RFC 9788 §2.1 `hp`, or the older `protected-headers="v1"`), without those about the part itself. */
function protectedBy(payload: Entity | undefined): Field[] {
  const { hp, 'protected-headers': older } = payload?.parameters ?? {};
  if (!payload || !(hp === 'clear' || hp === 'cipher' || older === 'v1')) return [];
  return payload.fields.filter(({ name }) => !name.startsWith('content-') && name !== 'mime-version' && name !== 'hp-outer');
}

const sealedName = /\.(?:pgp|gpg|asc)$/i;

/** Attachments that are OpenPGP messages to us, opened; what is not for us, or no message, stays as it came. */
async function openAttachments(reading: Reading): Promise<Covered<Attachment>[]> {
  const opened: Covered<Attachment>[] = [];
  for (const one of reading.attachments) opened.push((await openAttachment(reading, one)) ?? one);
  return opened;
}

async function openAttachment(reading: Reading, { piece, scopes }: Covered<Attachment>): Promise<Covered<Attachment> | undefined> {
  const named = sealedName.test(piece.filename) || /^application\/(?:x-)?pgp(?:-encrypted)?$/.test(piece.contentType);
  const bytes = named ? binary(piece.content) : undefined;
  if (!bytes || reading.stepsLeft <= 0) return undefined;
  const where = { scopes, depth: 1, whole: false };
  const plain = await unsealWithin(reading, where, bytes);
  if ('unreadable' in plain || !plain.encrypted) return undefined;
  // A signature inside says who made the file, not who wrote the mail: it is checked by whoever opens the file.
  const filename = piece.filename.replace(sealedName, '');
  return { piece: { filename, contentType: 'application/octet-stream', content: plain.content }, scopes };
}

const most = { certificates: 20, characters: 500_000 };

/** Certificates that came along: key parts, key blocks in the text and in .asc files, and the sender's own Autocrypt field. */
function certificates(reading: Reading, message: Message, attachments: readonly Covered<Attachment>[]): string[] {
  const texts = [...reading.certificates, ...reading.passages.map(({ piece }) => piece.text)];
  for (const { piece } of attachments)
    if (sealedName.test(piece.filename) && piece.content.length < most.characters) texts.push(piece.content.toString('latin1'));
  const found = texts.flatMap((text) =>
    blocks(text, ['PGP PUBLIC KEY BLOCK'], most.certificates).map((block) => block.text.replaceAll('\r\n', '\n')),
  );
  const fields = message.fields.filter(({ name }) => name === 'autocrypt').slice(0, 10);
  const address = message.from?.address;
  const own = address === undefined ? [] : fields.flatMap(({ value }) => readAutocrypt(value, address) ?? []);
  // Autocrypt 1.1 §2.3: two valid fields are as good as none.
  const [only] = own;
  if (own.length === 1 && only) found.push(armor('PGP PUBLIC KEY BLOCK', only));
  const readableOnes = found.filter((text) => text.length <= most.characters && dearmor(text) !== undefined);
  return [...new Set(readableOnes)].slice(0, most.certificates);
}
