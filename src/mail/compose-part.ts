// The body parts of a letter, encoded so that relays cannot change what was signed.
import { buildHeaderValue } from 'nodemailer/lib/mime-funcs';
import { encode, wrap } from 'nodemailer/lib/qp';
import { headerBlock, type Line } from '#mail/compose-header.ts';
import { safeName } from '#mail/filename.ts';
import type { Attachment } from '#mail/message.ts';

/** A body part: its Content-* fields and its encoded body. */
export interface Part {
  readonly fields: readonly Line[];
  readonly body: Buffer;
}

/**
 * A text part in UTF-8 with exactly one line break at its end: 7bit if relays leave it alone, else quoted-printable, or base64 where most of it is
 * not ASCII. RFC 3156 §3: no trailing white space, no "From " at a line start, short lines.
 */
export function textPart(type: 'text/plain' | 'text/html', text: string): Part {
  const lines = `${text.replace(/\r\n?|\n/g, '\n').replace(/\n{1,}$/, '')}\n`.replaceAll('\n', '\r\n');
  const [encoding, body] = encodedText(lines);
  return {
    fields: [
      { name: 'Content-Type', value: `${type}; charset="utf-8"` },
      { name: 'Content-Transfer-Encoding', value: encoding },
    ],
    body: Buffer.from(body),
  };
}

function encodedText(lines: string): [string, string] {
  // "=_" opens our boundaries: text that holds it is encoded, so that it can never end a part.
  const safe = /^[\t\r\n -~]*$/.test(lines) && !/[^\r\n]{77}/.test(lines) && !/[ \t]\r|^From |^\.|=_/m.test(lines);
  if (safe) return ['7bit', lines];
  const bytes = Buffer.from(lines);
  const foreign = bytes.reduce((count, byte) => count + (byte > 126 ? 1 : 0), 0);
  // The line break at the end of a part belongs to the boundary; in base64 it would become text.
  if (foreign * 3 > bytes.length) return ['base64', base64(bytes.subarray(0, -2))];
  return ['quoted-printable', quotedPrintable(lines)];
}

// Wrapped line by line: a soft break must not put "From " or a dot to the front of a line, so both are encoded after wrapping.
function quotedPrintable(lines: string): string {
  return lines
    .split('\r\n')
    .map((line) =>
      wrap(encode(line), 72)
        .replace(/^From /gm, '=46rom ')
        .replace(/^\./gm, '=2E'),
    )
    .join('\r\n');
}

function base64(bytes: Buffer): string {
  const text = bytes.toString('base64');
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += 76) lines.push(text.slice(at, at + 76));
  return lines.length === 0 ? '' : `${lines.join('\r\n')}\r\n`;
}

/** A file that goes along; `inline` is shown with the page, `method` says what a calendar is to do with it (RFC 6047 §2.4). */
export type Enclosed = Attachment & { readonly inline?: boolean; readonly method?: string };

/** A carried part, byte for byte: base64, only a clean 7-bit message/rfc822 stays as it is (RFC 2046 §5.2.1 allows no encoding there). */
export function attachmentPart(attachment: Enclosed): Part {
  const filename = safeName(attachment.filename, attachment.contentType, 1);
  const type = typeOf(attachment);
  const verbatim = type.startsWith('message/');
  const disposition = buildHeaderValue({ value: attachment.inline === true ? 'inline' : 'attachment', params: { filename } });
  return {
    fields: [
      {
        name: 'Content-Type',
        value: buildHeaderValue({
          value: type,
          params: {
            ...(type.startsWith('text/') && { charset: 'utf-8' }),
            ...(attachment.method && { method: attachment.method }),
            name: filename,
          },
        }),
      },
      { name: 'Content-Disposition', value: disposition },
      { name: 'Content-Transfer-Encoding', value: verbatim ? '7bit' : 'base64' },
      ...(attachment.inline === true && /^[\w.-]{1,100}$/.test(filename) ? [{ name: 'Content-ID', value: `<${filename}>` }] : []),
    ],
    body: verbatim ? attachment.content : Buffer.from(base64(attachment.content)),
  };
}

// What would be more than a file in the letter that carries it: pages that clients show beside the sealed text, joined with it (EFAIL), and the
// part by which readers that mend what Exchange does to RFC 3156 tell an encrypted mail.
const active = new Set(['text/html', 'application/xhtml+xml', 'image/svg+xml', 'application/pgp-encrypted']);

function typeOf(attachment: Attachment): string {
  const type = attachment.contentType.toLowerCase();
  const known = /^[a-z0-9][\w!#$&^.+-]{0,80}\/[a-z0-9][\w!#$&^.+-]{0,80}$/.test(type) && !type.startsWith('multipart/');
  if (!known || active.has(type)) return 'application/octet-stream';
  if (!type.startsWith('message/')) return type;
  return type === 'message/rfc822' && survives(attachment.content) ? type : 'application/octet-stream';
}

function survives(content: Buffer): boolean {
  const text = content.toString('latin1');
  return /^[\t\r\n -~]*$/.test(text) && !/\r(?!\n)|(?<!\r)\n|[^\r\n]{998}|[ \t]\r|^From |^\.|=_/m.test(text);
}

/** Parts in one multipart with the given boundary (RFC 2046 §5.1). */
export function multipart(kind: 'mixed' | 'alternative' | 'related', boundary: string, parts: readonly Part[]): Part {
  const open = `--${boundary}\r\n`;
  const pieces = parts.flatMap(({ fields, body }) => [
    Buffer.from(`${open}${headerBlock(fields)}\r\n`),
    body,
    Buffer.from(body.subarray(-2).toString('latin1') === '\r\n' ? '' : '\r\n'),
  ]);
  return {
    fields: [{ name: 'Content-Type', value: `multipart/${kind}; boundary="${boundary}"` }],
    body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
  };
}
