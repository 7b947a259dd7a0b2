// The header of a letter: encoded, folded, and closed to injection.
import { createHash } from 'node:crypto';
import { encodeWord, foldLines } from 'nodemailer/lib/mime-funcs';
import { mailboxes } from '#mail/address.ts';
import type { Outgoing } from '#mail/compose.ts';
import type { Address } from '#mail/message.ts';

/** A header field as it will be written; the value is encoded but not folded. */
export interface Line {
  readonly name: string;
  readonly value: string;
}

// Fields this room writes itself, or that a letter never carries.
const reserved =
  /^(?:from|to|cc|bcc|sender|reply-to|subject|date|message-id|in-reply-to|references|auto-submitted|mime-version|content-.*|resent-.*|hp-outer)$/i;

/** The fields of a letter in their fixed order with the subject the outside shows; without MIME-Version and Content-*. Throws for what cannot stand in a header. */
export function outerFields(mail: Outgoing, subject: string): Line[] {
  if (Number.isNaN(mail.date.getTime())) throw new Error('A letter needs a valid date.');
  // What a letter answers was written by others (RFC 6532 allows them UTF-8): without it the letter only loses its thread.
  const references = (mail.references ?? []).flatMap((id) => idIn(id) ?? []).slice(-50);
  const inReplyTo = idIn(mail.inReplyTo ?? '');
  return [
    { name: 'From', value: mailboxOf(mail.from) },
    ...(mail.to.length > 0 ? [{ name: 'To', value: mail.to.map(mailboxOf).join(', ') }] : []),
    ...(mail.cc && mail.cc.length > 0 ? [{ name: 'Cc', value: mail.cc.map(mailboxOf).join(', ') }] : []),
    ...(mail.replyTo ? [{ name: 'Reply-To', value: mailboxOf(mail.replyTo) }] : []),
    { name: 'Subject', value: unstructured(subject) },
    { name: 'Date', value: mail.date.toUTCString().replace('GMT', '+0000') },
    { name: 'Message-ID', value: idOf(mail.messageId) },
    ...(inReplyTo === undefined ? [] : [{ name: 'In-Reply-To', value: inReplyTo }]),
    ...(references.length > 0 ? [{ name: 'References', value: references.join(' ') }] : []),
    ...(mail.autoSubmitted ? [{ name: 'Auto-Submitted', value: mail.autoSubmitted }] : []),
    ...(mail.extra ?? []).map(({ name, value }) => ({ name: extraName(name), value: unstructured(value) })),
  ];
}

function extraName(name: string): string {
  if (!/^[A-Za-z0-9-]{1,70}$/.test(name) || reserved.test(name)) throw new Error('A letter cannot carry this extra field.');
  return name.toLowerCase().replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}

const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]{1,}/gu, ' ').trim();

// A free-text value: one line, encoded words where it is not plain ASCII, looks like an encoded word or could not be folded.
function unstructured(text: string): string {
  const line = oneLine(text);
  const plain = /^[ -~]*$/.test(line) && !line.includes('=?') && !/\S{900}/.test(line);
  return plain ? line : encodeWord(line, 'B', 52);
}

function mailboxOf({ address, name }: Address): string {
  const read = mailboxes(`<${address}>`);
  const [only] = read.addresses;
  if (!only || read.doubt || read.group || read.addresses.length !== 1 || only.address !== address.normalize('NFC').toLowerCase()) {
    throw new Error('A letter needs addresses that can stand in a header.');
  }
  const said = oneLine(name).slice(0, 200);
  if (said === '') return address;
  const plain = /^[ -~]*$/.test(said) && !said.includes('=?');
  return `${plain ? `"${said.replace(/["\\]/g, '\\$&')}"` : encodeWord(said, 'B', 52)} <${address}>`;
}

function idOf(id: string): string {
  const written = idIn(id);
  if (written === undefined) throw new Error('A letter needs Message-IDs of printable ASCII without spaces.');
  return written;
}

function idIn(id: string): string | undefined {
  const bare = id.replace(/^<|>$/g, '');
  return /^[!-;=?-~]{1,500}$/.test(bare) ? `<${bare}>` : undefined;
}

/** The header block with folded lines, each ended by CRLF, without the empty line. The last guard: no field can hold a line break of its own. */
export function headerBlock(fields: readonly Line[]): string {
  return fields.map(({ name, value }) => `${foldLines(`${name}: ${oneLine(value)}`, 76).replace(/[ \t]{1,}\r\n/g, '\r\n')}\r\n`).join('');
}

/**
 * A boundary from the Message-ID and its place in the letter, so that composing twice gives the same bytes (RFC 2046 §5.1.1).
 * "=_" cannot occur in quoted-printable or base64, so no text can forge it.
 */
export function boundaryOf(messageId: string, place: string): string {
  return `=_${createHash('sha256').update(`${messageId} ${place}`).digest('hex').slice(0, 32)}`;
}
