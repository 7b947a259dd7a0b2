// A letter as bytes (RFC 5322, 2045–2049, 3156, 9788): the same letter gives the same bytes, and nothing in it can add a header.
import { boundaryOf, headerBlock, type Line, outerFields } from '#mail/compose-header.ts';
import { attachmentPart, type Enclosed, multipart, type Part, textPart } from '#mail/compose-part.ts';
import { marked, type Shown, withFields, withFieldsInHtml } from '#mail/legacy-display.ts';
import type { Address, Field } from '#mail/message.ts';

/** A letter to compose. Message-IDs are without angle brackets; `extra` fields follow the others; there is no Bcc by design. */
export interface Outgoing {
  readonly from: Address;
  readonly to: readonly Address[];
  readonly cc?: readonly Address[];
  readonly replyTo?: Address;
  readonly subject: string;
  readonly date: Date;
  readonly messageId: string;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  readonly autoSubmitted?: 'auto-generated' | 'auto-replied';
  readonly extra?: readonly Field[];
  readonly text: string;
  readonly html?: string;
  readonly attachments?: readonly Enclosed[];
}

const version: Line = { name: 'MIME-Version', value: '1.0' };

/** A mail in clear. Throws for an address, Message-ID or date that cannot stand in a header. */
export async function composeClear(mail: Outgoing): Promise<Buffer> {
  const body = bodyOf(mail);
  return bytesOf([...outerFields(mail, mail.subject), version, ...body.fields], body.body);
}

/**
 * The MIME entity to sign or encrypt: every field of the letter protected on it (but Autocrypt inside encryption, see below), `hp` on its Content-Type and, for "cipher", HP-Outer fields
 * that say what the outside shows (RFC 9788 §2) and, where that hides the subject, a copy of it before the text (§5.2). The older
 * `protected-headers` stands beside it: many readers know that word only. CRLF throughout, no line break at the end, so that the bytes are exactly
 * what is signed.
 */
export async function composeEntity(letter: Outgoing, hp: 'clear' | 'cipher', outerSubject = '[...]'): Promise<Buffer> {
  const mail = hp === 'cipher' ? withoutAutocrypt(letter) : letter;
  const hidden = hp === 'cipher' && outerSubject !== mail.subject ? [{ name: 'Subject', value: mail.subject }] : [];
  const body = bodyOf(mail, hidden);
  const announced = `; protected-headers="v1"; hp="${hp}"`;
  const fields = body.fields.map((line) => (line.name === 'Content-Type' ? { ...line, value: `${line.value}${announced}` } : line));
  const outside =
    hp === 'cipher' ? outerFields(mail, outerSubject).map(({ name, value }) => ({ name: 'HP-Outer', value: `${name}: ${value}` })) : [];
  const bytes = bytesOf([...outerFields(mail, mail.subject), ...outside, ...fields], body.body);
  return bytes.subarray(-2).toString('latin1') === '\r\n' ? bytes.subarray(0, -2) : bytes;
}

/**
 * Inside encryption the sender's key would stand twice more, two kilobytes of it, where mail programs do not look: they take it from the outer header
 * (Autocrypt 1.1 §2.1), before they decrypt.
 */
function withoutAutocrypt({ extra, ...mail }: Outgoing): Outgoing {
  const others = (extra ?? []).filter(({ name }) => name.toLowerCase() !== 'autocrypt');
  return others.length > 0 ? { ...mail, extra: others } : mail;
}

/** multipart/signed around an entity of composeEntity (RFC 3156 §5). `micalg` as the signature's hash: "pgp-sha512". */
export function composeSigned(mail: Outgoing, entity: Buffer, armoredSignature: string, micalg: string): Buffer {
  if (!/^pgp-[a-z0-9-]{1,20}$/.test(micalg)) throw new Error('micalg must name a hash, such as pgp-sha512.');
  const boundary = boundaryOf(mail.messageId, 'signed');
  const signature = multipartPiece(
    [
      { name: 'Content-Type', value: 'application/pgp-signature; name="signature.asc"' },
      { name: 'Content-Description', value: 'OpenPGP digital signature' },
      { name: 'Content-Disposition', value: 'attachment; filename="signature.asc"' },
    ],
    armoredSignature,
  );
  const type: Line = {
    name: 'Content-Type',
    value: `multipart/signed; micalg="${micalg}"; protocol="application/pgp-signature"; boundary="${boundary}"`,
  };
  return bytesOf([...outerFields(mail, mail.subject), version, type], wrapped(boundary, [entity, signature]));
}

/** multipart/encrypted around an armored OpenPGP message (RFC 3156 §4); the outside shows `outerSubject` only. */
export function composeEncrypted(mail: Outgoing, armored: string, outerSubject: string): Buffer {
  const boundary = boundaryOf(mail.messageId, 'encrypted');
  const control = multipartPiece([{ name: 'Content-Type', value: 'application/pgp-encrypted' }], 'Version: 1');
  const payload = multipartPiece(
    [
      { name: 'Content-Type', value: 'application/octet-stream; name="encrypted.asc"' },
      { name: 'Content-Disposition', value: 'inline; filename="encrypted.asc"' },
    ],
    armored,
  );
  const type: Line = { name: 'Content-Type', value: `multipart/encrypted; protocol="application/pgp-encrypted"; boundary="${boundary}"` };
  return bytesOf([...outerFields(mail, outerSubject), version, type], wrapped(boundary, [control, payload]));
}

/** The body of a letter; `hidden` fields are shown again before its text and its page, never in an attachment. */
function bodyOf(mail: Outgoing, hidden: readonly Shown[] = []): Part {
  const attachments = mail.attachments ?? [];
  const inHtml = mail.html === undefined ? [] : attachments.filter((attachment) => attachment.inline === true);
  const beside = attachments.filter((attachment) => !inHtml.includes(attachment));
  const plain = shownAgain(hidden, textPart('text/plain', hidden.length > 0 ? withFields(mail.text, hidden) : mail.text));
  const page = mail.html === undefined ? undefined : hidden.length > 0 ? withFieldsInHtml(mail.html, hidden) : mail.html;
  const readable = page === undefined ? plain : withHtml(mail, plain, shownAgain(hidden, textPart('text/html', page)), inHtml);
  if (beside.length === 0) return readable;
  return multipart('mixed', boundaryOf(mail.messageId, 'mixed'), [readable, ...beside.map((attachment) => attachmentPart(attachment))]);
}

function shownAgain(hidden: readonly Shown[], part: Part): Part {
  if (hidden.length === 0) return part;
  return {
    ...part,
    fields: part.fields.map((line) => (line.name === 'Content-Type' ? { ...line, value: `${line.value}; ${marked}` } : line)),
  };
}

function withHtml(mail: Outgoing, plain: Part, page: Part, pictures: readonly Enclosed[]): Part {
  const shown =
    pictures.length === 0
      ? page
      : multipart('related', boundaryOf(mail.messageId, 'related'), [page, ...pictures.map((picture) => attachmentPart(picture))]);
  return multipart('alternative', boundaryOf(mail.messageId, 'alternative'), [plain, shown]);
}

function bytesOf(fields: readonly Line[], body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${headerBlock(fields)}\r\n`), body]);
}

function multipartPiece(fields: readonly Line[], text: string): Buffer {
  return bytesOf(fields, Buffer.from(text.trim().replace(/\r\n?|\n/g, '\r\n')));
}

function wrapped(boundary: string, pieces: readonly Buffer[]): Buffer {
  const open = Buffer.from(`--${boundary}\r\n`);
  return Buffer.concat([...pieces.flatMap((piece) => [open, piece, Buffer.from('\r\n')]), Buffer.from(`--${boundary}--\r\n`)]);
}
