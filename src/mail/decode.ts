// What a leaf of the MIME tree holds: its bytes without transfer encoding, its text in Unicode.
import { simpleParser } from 'mailparser';
import { decodeCharset, guessed } from '#mail/charset.ts';
import type { Entity } from '#mail/entity.ts';
import { unflowed } from '#mail/flowed.ts';
import { fieldValue } from '#mail/header.ts';
import { htmlText } from '#mail/html.ts';

// RFC 2045 §6; "7bit" when absent. Comments and a trailing semicolon are forgiven.
function transferEncoding(entity: Pick<Entity, 'fields'>): string {
  const raw = fieldValue(entity.fields, 'content-transfer-encoding') ?? '';
  return /^[\s"']{0,5}([\w-]{1,40})/.exec(raw)?.[1]?.toLowerCase() ?? '7bit';
}

/**
 * The content of a leaf without its transfer encoding (RFC 2045 §6). The parser sees the encoding and the body alone, as one opaque part,
 * so that it can never see another structure than ours. Broken encodings give what can be read; never throws.
 */
export async function decoded(entity: Entity): Promise<Buffer> {
  const encoding = transferEncoding(entity);
  if (encoding !== 'base64' && encoding !== 'quoted-printable') return entity.body;
  if (entity.body.length === 0) return entity.body;
  const body = encoding === 'base64' ? beforeFooter(entity.body) : entity.body;
  const head = `Content-Type: application/octet-stream\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`;
  try {
    const parsed = await simpleParser(Buffer.concat([Buffer.from(head), body]), {
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipTextLinks: true,
      skipImageLinks: true,
    });
    return parsed.attachments[0]?.content ?? entity.body;
  } catch {
    return encoding === 'base64' ? Buffer.from(body.toString('latin1'), 'base64') : entity.body;
  }
}

// Some mailing lists put their footer in clear under a base64 body; its letters would decode to rubbish.
function beforeFooter(body: Buffer): Buffer {
  const at = [body.indexOf('\n--'), body.indexOf('\n___')].filter((found) => found >= 0);
  return at.length === 0 ? body : body.subarray(0, Math.min(...at));
}

/**
 * Text as the rest of the house reads it: LF line ends, NFC, without NUL and other C0 controls except tab, without a byte order mark. A carriage
 * return alone ends a line only where nothing else does: programs that quote see no line end there, so its second half would lose its mark.
 */
export function tidy(text: string): string {
  return text
    .replace(/\r{1,10}\n/g, '\n')
    .replace(/\r/g, text.includes('\n') ? ' ' : '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/^\uFEFF/, '')
    .normalize('NFC');
}

/** The text of a text/* leaf: transfer encoding, charset, flowed lines and HTML undone, tidy. Never throws. */
export async function decodedText(entity: Entity): Promise<string> {
  const bytes = await decoded(entity);
  if (entity.contentType === 'text/html')
    return tidy(htmlText(tidy(decodeCharset(bytes, entity.parameters.charset ?? metaCharset(bytes)))));
  const text = tidy(decodeCharset(bytes, entity.parameters.charset));
  if (entity.contentType !== 'text/plain' || entity.parameters.format?.toLowerCase() !== 'flowed') return text;
  return unflowed(text, entity.parameters.delsp?.toLowerCase() === 'yes');
}

// HTML without a charset in its header often names one itself.
function metaCharset(bytes: Buffer): string | undefined {
  return /<meta[^<>]{0,200}charset=["']?([\w.:-]{1,40})/i.exec(bytes.subarray(0, 2048).toString('latin1'))?.[1];
}

/** A header block or armored text as text: UTF-8 where possible. Tidy; never throws. */
export function plainText(bytes: Buffer): string {
  return tidy(guessed(bytes));
}
