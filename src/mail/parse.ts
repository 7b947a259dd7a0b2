// A mail's bytes to its claims, within limits. Nothing here believes them.
import { type Mailboxes, mailboxes } from '#mail/address.ts';
import { mailDate } from '#mail/date.ts';
import { defaultLimits, type Limits, split } from '#mail/entity.ts';
import { fieldValue, shownValue } from '#mail/header.ts';
import type { Address, Field, Message, Unreadable } from '#mail/message.ts';

const mostCites = 50;
const mostRecipients = 200;
const longestSubject = 1000;
const deliveredBy = ['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-delivered-to', 'resent-to'];

/**
 * Reads a mail (RFC 5322). `from` is set only when exactly one From field names exactly one mailbox beyond doubt; an unreadable Date is
 * undefined, never the present. Beyond a limit: Unreadable with the sentence for the team.
 */
export async function parse(bytes: Buffer, limits: Limits = defaultLimits): Promise<Message | Unreadable> {
  const root = split(bytes, limits);
  if ('unreadable' in root) return root;
  const { fields } = root;
  return {
    bytes,
    root,
    fields,
    from: author(fields),
    replyTo: listed(fields, ['reply-to']),
    to: listed(fields, ['to']),
    cc: listed(fields, ['cc']),
    recipients: [...new Set(listed(fields, deliveredBy).map(({ address }) => address))].slice(0, mostRecipients),
    subject: [...shownValue((fieldValue(fields, 'subject') ?? '').slice(0, 20_000))].slice(0, longestSubject).join(''),
    date: mailDate(fieldValue(fields, 'date') ?? ''),
    messageId: messageIds(fieldValue(fields, 'message-id') ?? '')[0],
    cites: citesOf(fields),
  };
}

/** The one author of a header, or nobody: no From, several From fields, several authors, a group, anything doubtful (RFC 5322 §3.6.2). */
export function author(fields: readonly Field[]): Address | undefined {
  const [only, ...more] = fields.filter((field) => field.name === 'from');
  if (!only || more.length > 0) return undefined;
  const { addresses, doubt, group }: Mailboxes = mailboxes(only.value);
  const [address, ...others] = addresses;
  return doubt || group || others.length > 0 ? undefined : address;
}

function listed(fields: readonly Field[], names: readonly string[]): Address[] {
  return fields
    .filter((field) => names.includes(field.name))
    .slice(0, 50)
    .flatMap((field) => mailboxes(field.value).addresses)
    .slice(0, 1000);
}

/** Message-IDs in a value, without angle brackets, in order, at most 200; folding inside an id is undone. */
export function messageIds(value: string): string[] {
  const bounded = value.slice(0, 100_000);
  const found = [...bounded.matchAll(/<([^<>]{1,500})>/g)].slice(0, 200).map((match) => (match[1] ?? '').replace(/\s{1,500}/g, ''));
  if (found.length > 0) return found.filter((id) => id !== '');
  const bare = bounded.trim();
  return /^[^\s<>@]{1,250}@[^\s<>@]{1,250}$/.test(bare) ? [bare] : [];
}

/** What a header answers: In-Reply-To first, then References from the nearest back (RFC 5322 §3.6.4), without repetition, at most 50. */
export function citesOf(fields: readonly Field[]): string[] {
  const all = (name: string) => fields.filter((field) => field.name === name).flatMap((field) => messageIds(field.value));
  // The last references are the nearest: a long list is read from its end.
  const references = fields.filter((field) => field.name === 'references').flatMap((field) => messageIds(field.value.slice(-50_000)));
  return [...new Set([...all('in-reply-to'), ...references.reverse()])].slice(0, mostCites);
}
