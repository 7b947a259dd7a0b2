// Knows a mail again: the same mail may come twice, by two ways or into two places, with other trace fields on top.
import { createHash } from 'node:crypto';
import type { Message } from '#mail/message.ts';

/** SHA-256, hex, over what a mail keeps on every way: author, Message-ID, Date, subject and body; trace fields do not count (RFC 5322 §3.6.7). */
export function fingerprint(message: Message): string {
  const raw = (wanted: string) => message.fields.filter(({ name }) => name === wanted).map(({ value }) => value.trim());
  const head = JSON.stringify([raw('from'), raw('message-id'), raw('date'), raw('subject'), raw('content-type')]);
  return createHash('sha256').update(head).update('\0').update(message.root.body).digest('hex');
}

/** The same for bytes that are no readable mail. */
export function fingerprintOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
