// Knows a mail again: the same mail may come twice, by two ways or into two places, with other trace fields on top.
import { createHash } from 'node:crypto';
import type { Message } from '#mail/message.ts';

/**
 * SHA-256, hex, over what a mail keeps on every way: author, Message-ID, Date, subject, content type and body; trace fields do not count
 * (RFC 5322 §3.6.7), nor does white space that a relay may change (RFC 6376 §3.4.2, §3.4.4). An OpenPGP body counts byte for byte: its signature
 * tells blanks apart, and a copy that somebody spoiled on the way must not stand for the good one.
 */
export function fingerprint({ fields, root }: Pick<Message, 'fields' | 'root'>): string {
  const raw = (wanted: string) => fields.filter(({ name }) => name === wanted).map(({ value }) => value.replace(/[ \t]+/g, ' ').trim());
  const type = raw('content-type');
  const head = JSON.stringify([raw('from'), raw('message-id'), raw('date'), raw('subject'), type]);
  const exact = /^multipart\/(?:signed|encrypted)/i.test(type[0] ?? '') || root.body.includes('-----BEGIN PGP ');
  const body = exact ? root.body : relaxed(root.body);
  return createHash('sha256').update(head).update('\0').update(body).digest('hex');
}

const [lf, cr, space, tab] = [10, 13, 32, 9];

/** A body as DKIM's relaxed form, with LF: blanks in a row are one, those at line ends and empty lines at the end are none. Linear. */
function relaxed(body: Buffer): Buffer {
  const out = Buffer.allocUnsafe(body.length);
  let length = 0;
  let breaks = 0;
  let blank = false;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] ?? 0;
    if (byte === lf || (byte === cr && body[at + 1] === lf)) {
      if (byte === cr) at += 1;
      breaks += 1;
      blank = false;
    } else if (byte === space || byte === tab) blank = true;
    else {
      for (; breaks > 0; breaks -= 1) out[length++] = lf;
      if (blank) out[length++] = space;
      blank = false;
      out[length++] = byte;
    }
  }
  return out.subarray(0, length);
}

/** The same for bytes that are no readable mail. */
export function fingerprintOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
