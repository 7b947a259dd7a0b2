// Whose report a mail brings: the sender's, a forwarded one, or a platform's notice. A suggestion for triage, never authority.
import { mailboxes } from '#mail/address.ts';
import { content } from '#mail/content.ts';
import { split } from '#mail/entity.ts';
import { fieldValue, shownValue } from '#mail/header.ts';
import type { Address, Attachment, Opened } from '#mail/message.ts';
import { author } from '#mail/parse.ts';
import { noReply, notification, type PlatformName } from '#mail/platform.ts';
import { nextSaid, quotedHeader, title, unquoted } from '#mail/quote.ts';

export { noReply } from '#mail/platform.ts';

export type Reporter =
  | { readonly kind: 'direct' }
  | { readonly kind: 'forwarded'; readonly reporter: Address }
  | {
      readonly kind: 'platform';
      readonly platform: PlatformName;
      readonly reporter?: Address;
      readonly handle?: string;
      readonly url?: string;
      readonly subject?: string;
    }
  | { readonly kind: 'ambiguous'; readonly why: string };

type Mail = Pick<Opened, 'message' | 'subject' | 'passages' | 'attachments'>;

const forwardSubject =
  /^\s{0,5}(?:\[[^[\]]{0,60}\]\s{0,3})?(?:fwd?|wg|tr|rv|enc|i|vs|vl|pd|doorst|vb|vl|fw|转发|轉寄|転送|전달|ynt|ilt|továbbítás|továbbítva|пересл|prp|fs|πρθ|הועבר|weitergeleitet)\s{0,3}(?:\[\d{1,3}\])?[:：]/i;
// A mail with this much of its sender's own text is a report that shows a mail, not a mail handed on.
const ownEnough = 1200;

/** Finds the real reporter of an opened mail: attached mails, inline forwards of many clients and languages, lists that rewrite From, platforms. */
export async function realReporter(mail: Mail): Promise<Reporter> {
  const { message, subject } = mail;
  const text = mail.passages.map((passage) => passage.text).join('\n');
  const noticed = platformOf(message.from, subject, text, message.replyTo);
  if (noticed) return noticed;
  const lines = text.split('\n').slice(0, 20_000).map(unquoted);
  const isForward = forwardSubject.test(subject);
  const attached = await attachedMails(mail, isForward, text);
  if (attached) return attached;
  const inline = inlineForward(lines, isForward, message.from);
  if (inline) return inline;
  return sender(mail);
}

function platformOf(from: Address | undefined, subject: string, text: string, replyTo: readonly Address[]): Reporter | undefined {
  const found = notification(from, subject, text);
  if (!found) return undefined;
  const domain = from?.address.split('@').at(-1) ?? '';
  const answer = replyTo.find(({ address }) => !noReply(address) && !address.endsWith(`@${domain}`) && !address.endsWith(`.${domain}`));
  return { kind: 'platform', ...found, ...(answer && { reporter: answer }) };
}

// Lists that rewrite From for DMARC, and web forms, keep the author elsewhere.
function sender({ message }: Mail): Reporter {
  const { from, replyTo } = message;
  const original = ['x-original-from', 'x-original-sender', 'x-rfc822-from']
    .map((name) => mailboxes(fieldValue(message.fields, name) ?? ''))
    .find(({ addresses, doubt }) => !doubt && addresses.length === 1)?.addresses[0];
  const rewritten = from !== undefined && (/ via /i.test(from.name) || message.fields.some(({ name }) => name === 'x-original-from'));
  if (rewritten && original && original.address !== from.address && !noReply(original.address)) return forwarded(original, from);
  const [answer, ...more] = replyTo;
  if (
    from &&
    (rewritten || noReply(from.address)) &&
    answer &&
    more.length === 0 &&
    answer.address !== from.address &&
    !noReply(answer.address)
  ) {
    return forwarded(answer, from);
  }
  if (!from) return { kind: 'ambiguous', why: 'the mail has no single author' };
  return noReply(from.address) ? { kind: 'ambiguous', why: 'the mail comes from an address that nobody reads' } : { kind: 'direct' };
}

function forwarded(reporter: Address, from: Address | undefined): Reporter {
  if (reporter.address === from?.address) return { kind: 'direct' };
  if (noReply(reporter.address)) return { kind: 'ambiguous', why: 'the forwarded mail comes from an address that nobody reads' };
  return { kind: 'forwarded', reporter };
}

interface Inner {
  readonly from: Address | undefined;
  readonly subject: string;
  readonly text: string;
  readonly replyTo: readonly Address[];
  readonly attachments: readonly Attachment[];
}

async function readAttached(attachment: Attachment): Promise<Inner | undefined> {
  const root = split(attachment.content);
  if ('unreadable' in root) return undefined;
  const { passages, attachments } = await content(root, false);
  return {
    from: author(root.fields),
    subject: shownValue((fieldValue(root.fields, 'subject') ?? '').slice(0, 2000)),
    text: passages.map((passage) => passage.text).join('\n'),
    replyTo: mailboxes(fieldValue(root.fields, 'reply-to') ?? '').addresses,
    attachments,
  };
}

const isMail = (attachment: Attachment) => attachment.contentType === 'message/rfc822' || attachment.contentType === 'message/global';

// Forwarded as attachment, perhaps several times: the innermost mail is the report.
async function attachedMails(mail: Mail, isForward: boolean, text: string): Promise<Reporter | undefined> {
  let found = mail.attachments.filter(isMail);
  let inner: Inner | undefined;
  for (let level = 0; found.length > 0 && level < 5; level += 1) {
    const read = (await Promise.all(found.slice(0, 20).map(readAttached))).filter((one) => one !== undefined);
    const authors = new Set(read.map((one) => one.from?.address ?? ''));
    if (authors.size > 1)
      return isForward || level > 0 || text.trim() === ''
        ? { kind: 'ambiguous', why: 'several mails of different senders are attached' }
        : undefined;
    const next = read[0];
    if (!next || (level > 0 && !handsOn(next, inner))) break;
    inner = next;
    found = next.attachments.filter(isMail);
  }
  if (!inner) return undefined;
  const same = bare(mail.subject) === bare(inner.subject);
  if (!isForward && !same && text.trim().length > 0) {
    return text.length > ownEnough
      ? undefined
      : { kind: 'ambiguous', why: 'a mail is attached, and the text does not say whether it is the report' };
  }
  return concluded(inner, mail.message.from);
}

function handsOn(_next: Inner, outer: Inner | undefined): boolean {
  return outer !== undefined && (forwardSubject.test(outer.subject) || outer.text.trim().length < ownEnough);
}

function concluded(inner: Inner, from: Address | undefined): Reporter {
  const noticed = platformOf(inner.from, inner.subject, inner.text, inner.replyTo);
  if (noticed) return noticed;
  const deeper = inlineForward(inner.text.split('\n').slice(0, 20_000).map(unquoted), forwardSubject.test(inner.subject), inner.from);
  if (deeper) return deeper.kind === 'forwarded' ? forwarded(deeper.reporter, from) : deeper;
  return inner.from ? forwarded(inner.from, from) : { kind: 'ambiguous', why: 'the attached mail has no single author' };
}

function bare(subject: string): string {
  return subject
    .replace(/^(?:[^\s:：]{1,12}[:：]\s{0,3}){1,6}/, '')
    .trim()
    .toLowerCase();
}

interface Block {
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
}

// Headers under forward titles; in a mail that says it is a forward also bare ones (Outlook writes no title).
function blocksIn(lines: readonly string[], isForward: boolean): { blocks: Block[]; titles: number } {
  const blocks: Block[] = [];
  let titles = 0;
  let below = isForward;
  for (let at = 0; at < lines.length && blocks.length < 50; at += 1) {
    const line = lines[at] ?? '';
    const named = title(line);
    if (named === 'forwarded') {
      titles += 1;
      below = true;
    }
    if (!below) continue;
    const next = named ? nextSaid(lines, at + 1) : at;
    const header = next === undefined ? undefined : quotedHeader(lines, next, named !== undefined);
    if (!header || next === undefined || (!named && !header.sure)) continue;
    const { from = '', to = '', subject = '' } = header.values;
    blocks.push({ at: named ? at : next, from, to, subject });
    at = next + header.lines - 1;
  }
  return { blocks, titles };
}

function inlineForward(lines: readonly string[], isForward: boolean, from: Address | undefined): Reporter | undefined {
  const { blocks, titles } = blocksIn(lines, isForward);
  const [first] = blocks;
  const last = blocks.at(-1);
  if (!first || !last)
    return titles > 0 && isForward ? { kind: 'ambiguous', why: 'the forwarded part does not name its sender' } : undefined;
  if (!isForward && lines.slice(0, first.at).join('\n').trim().length > ownEnough) return undefined;
  const authors = blocks.map((block) => addressIn(block.from));
  const innermost = authors.at(-1);
  if (!innermost) return { kind: 'ambiguous', why: 'the forwarded part names no address of its sender' };
  const same = authors.every((author) => author?.address === innermost.address);
  if (!same && !nested(blocks)) return { kind: 'ambiguous', why: 'several mails of different senders are forwarded' };
  const noticed = platformOf(innermost, last.subject, lines.slice(last.at).join('\n'), []);
  return noticed ?? forwarded(innermost, from);
}

// A mail handed on hand to hand: each inner one was sent to the author of the one around it.
function nested(blocks: readonly Block[]): boolean {
  return blocks.slice(1).every((inner, index) => {
    const outer = blocks[index];
    const author = addressIn(outer?.from ?? '');
    const to = inner.to.toLowerCase();
    return (
      author !== undefined &&
      to !== '' &&
      (to.includes(author.address) || (author.name.length > 3 && to.includes(author.name.toLowerCase())))
    );
  });
}

/** The one address in a quoted From value: "X <x@y>", "X [mailto:x@y]", "X (x@y)", "X <x@y<mailto:x@y>>". Undefined for none or several. */
function addressIn(value: string): Address | undefined {
  const plain = mailboxes(
    value
      .slice(0, 1000)
      .replace(/<mailto:[^<>]{1,300}>/gi, '')
      .replace(/\[mailto:([^[\]]{1,300})\]/gi, '<$1>')
      .replaceAll('*', ''),
  );
  const [only, ...more] = plain.addresses;
  if (only && more.length === 0 && !plain.doubt) return only;
  const found = [...value.slice(0, 1000).matchAll(/[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\p{L}\p{N}.-]{1,200}[\p{L}\p{N}]/gu)].map((match) =>
    match[0].toLowerCase(),
  );
  const [address, ...others] = [...new Set(found)];
  if (address === undefined || others.length > 0) return undefined;
  return { address, name: shownValue(value.slice(0, value.toLowerCase().indexOf(address)).replace(/["'<([]|mailto:/gi, '')).slice(0, 200) };
}
