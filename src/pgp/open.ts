// A message decrypted and verified at `now`: what each later step may believe of it, and what it may not.

import { fieldValue, shownValue } from '#mail/header.ts';
import type { Attachment, Message, Opened, Signature, Unreadable } from '#mail/message.ts';
import { author, citesOf } from '#mail/parse.ts';
import { defaults, type Keyring, type Rules } from '#pgp/keyring.ts';
import { offered } from '#pgp/offered.ts';
import { differing, protectedHeader } from '#pgp/protected.ts';
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
  const payload = await read(reading, { scopes: [], depth: 0, whole: true, legacyDisplay: false }, message.root);
  if ('unreadable' in payload) return payload;
  const attachments = await openAttachments(reading);
  const passages = reading.passages.filter(({ piece }) => reading.passages.length === 1 || piece.text.trim() !== '');
  const { signature, scope } = verdict(reading.scopes, [...passages, ...attachments]);
  const trusted = signature.status === 'good' && signature.covers === 'all' ? scope?.payload : undefined;
  const shown = protectedHeader(trusted ?? reading.sealed, reading.sealed !== undefined);
  // Whoever encrypts somebody else's signed words, or puts them beside others, writes the header around them: where a signature may count,
  // only the header that it covers counts.
  const signs = signature.status === 'good' && signature.covers !== 'none';
  const counting = signs ? protectedHeader(scope?.payload, reading.sealed !== undefined) : shown;
  const subject = fieldValue(shown.fields, 'subject');
  const protectedAuthor = author(shown.fields);
  const cites = citesOf(shown.fields);
  const isNamed = shown.fields.some(({ name }) => name === 'from');
  return {
    message,
    from: trusted && isNamed ? protectedAuthor : message.from,
    subject: subject === undefined ? message.subject : shownValue(subject),
    protectedFields: counting.fields,
    differs: differing(shown, message.fields),
    cites: shown.whole || cites.length > 0 ? cites : message.cites,
    decrypted: reading.decrypted,
    signature,
    passages: passages.map(({ piece, scopes }) => ({ ...piece, covered: covers(signature, scope, scopes) })),
    attachments: attachments.map(({ piece }) => piece),
    certificates: offered({
      attachments: attachments.map(({ piece, scopes, unsealed }) => ({ piece, covered: !unsealed && covers(signature, scope, scopes) })),
      texts: passages.map(({ piece, scopes }) => ({ piece: piece.text, covered: covers(signature, scope, scopes) })),
      protectedFields: { fields: shown.fields, author: (protectedAuthor ?? message.from)?.address, covered: trusted !== undefined },
      outer: { fields: message.fields, author: message.from?.address },
    }),
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

const sealedName = /\.(?:pgp|gpg|asc)$/i;

/** Attachments that are OpenPGP messages to us, opened; what is not for us, or no message, stays as it came. */
async function openAttachments(reading: Reading): Promise<(Covered<Attachment> & { unsealed: boolean })[]> {
  const opened: (Covered<Attachment> & { unsealed: boolean })[] = [];
  for (const one of reading.attachments) {
    const unsealed = await openAttachment(reading, one);
    opened.push({ ...(unsealed ?? one), unsealed: unsealed !== undefined });
  }
  return opened;
}

async function openAttachment(reading: Reading, { piece, scopes }: Covered<Attachment>): Promise<Covered<Attachment> | undefined> {
  const named = sealedName.test(piece.filename) || /^application\/(?:x-)?pgp(?:-encrypted)?$/.test(piece.contentType);
  const bytes = named ? binary(piece.content) : undefined;
  if (!bytes || reading.stepsLeft <= 0) return undefined;
  const where = { scopes, depth: 1, whole: false, legacyDisplay: false };
  const plain = await unsealWithin(reading, where, bytes);
  if ('unreadable' in plain || !plain.encrypted) return undefined;
  // A signature inside says who made the file, not who wrote the mail: it is checked by whoever opens the file.
  const filename = piece.filename.replace(sealedName, '');
  return { piece: { filename, contentType: 'application/octet-stream', content: plain.content }, scopes };
}
