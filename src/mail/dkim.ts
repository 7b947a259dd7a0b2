// DKIM-Signature fields (RFC 6376 §3.5) as claims: which could prove anything at all, and whether they fix what we read. No keys, no network.
import type { Field, Message } from '#mail/message.ts';

/** A signature that is worth asking for its key; nothing is verified yet. */
export interface DkimSignature {
  /** d= in lower case, A-labels. */
  readonly domain: string;
  readonly selector: string;
  /** The domain of i=: `domain` or below it. */
  readonly identity: string;
  readonly algorithm: 'rsa' | 'ed25519';
  /** h=, in lower case: a name stands once for each signed field of that name, counted from the bottom, and may exceed them. */
  readonly signs: readonly string[];
  readonly made: Date | undefined;
  readonly ends: Date | undefined;
  readonly field: Field;
}

export interface Refused {
  readonly refused: string;
}

const longest = 8000;
const domainName = /^[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_](?:[a-z0-9_-]{0,62})){1,30}$/;
const selectorName = /^[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_](?:[a-z0-9_-]{0,62})){0,30}$/;
const base64 = /^[A-Za-z0-9+/]{20,2800}={0,2}$/;

/**
 * Tags of a list `a=b; c=d` (RFC 6376 §3.2), values without white space at their ends. Refuses repeated tags, and comments and quotes, which
 * the grammar does not know and which others read as such.
 */
export function tagList(value: string): ReadonlyMap<string, string> | undefined {
  if (value.length > longest || /["'()\\]/.test(value)) return undefined;
  const tags = new Map<string, string>();
  const parts = value.split(';');
  if (parts.at(-1)?.trim() === '') parts.pop();
  for (const part of parts) {
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(equals, 0)).trim();
    const text = part.slice(equals + 1).trim();
    if (!/^[a-z][a-z0-9_]{0,30}$/.test(name) || tags.has(name) || !/^[\t -~]*$/.test(text)) return undefined;
    tags.set(name, text);
  }
  return tags;
}

/**
 * Reads a DKIM-Signature field, or refuses it with a phrase: SHA-1 (RFC 8301 §3.1), a length limit (l=, §8.2: what follows is anybody's),
 * a From that is not signed (§5.4), an identity of another domain, anything that is not plainly the grammar.
 */
export function dkimSignature(field: Field): DkimSignature | Refused {
  const tags = tagList(field.value);
  const tag = (name: string) => tags?.get(name);
  const bare = (name: string) => tag(name)?.replace(/[ \t]{1,1000}/g, '') ?? '';
  if (!tags || tag('v') !== '1') return { refused: 'cannot be read' };
  const algorithm = /^(rsa|ed25519)-sha256$/.exec(tag('a') ?? '')?.[1] as 'rsa' | 'ed25519' | undefined;
  if (!algorithm) return { refused: 'algorithm' };
  if (tags.has('l')) return { refused: 'length limit' };
  const domain = tag('d')?.toLowerCase() ?? '';
  const selector = tag('s')?.toLowerCase() ?? '';
  if (!domainName.test(domain) || domain.length > 253 || !selectorName.test(selector)) return { refused: 'domain or selector' };
  const identity = (tag('i') ?? `@${domain}`).toLowerCase().split('@').at(-1) ?? '';
  if (identity !== domain && !identity.endsWith(`.${domain}`)) return { refused: 'identity of another domain' };
  if (!/^(?:relaxed|simple)(?:\/(?:relaxed|simple))?$/.test(tag('c') ?? 'simple')) return { refused: 'canonicalization' };
  if (!(tag('q') ?? 'dns/txt').split(':').some((way) => way.trim() === 'dns/txt')) return { refused: 'way to the key' };
  const signs = bare('h').toLowerCase().split(':');
  if (signs.length > 200 || !signs.every((name) => /^[!-9;-~]{1,100}$/.test(name))) return { refused: 'list of fields' };
  if (!signs.includes('from')) return { refused: 'From is not signed' };
  // A signature over signatures depends on fields that every hop may add or drop.
  if (signs.some((name) => name === 'dkim-signature' || name.startsWith('arc-'))) return { refused: 'signs other signatures' };
  if (!/^[A-Za-z0-9+/]{43}=$/.test(bare('bh')) || !base64.test(bare('b'))) return { refused: 'cannot be read' };
  if (![tag('t'), tag('x')].every((time) => time === undefined || /^\d{1,12}$/.test(time))) return { refused: 'times' };
  return { domain, selector, identity, algorithm, signs, made: moment(tag('t')), ends: moment(tag('x')), field };
}

function moment(seconds: string | undefined): Date | undefined {
  return seconds === undefined ? undefined : new Date(Number(seconds) * 1000);
}

// Signing machines are a little ahead sometimes (RFC 6376 §3.5 leaves it open).
const slack = 300_000;

/** Whether the signature's own times (t=, x=) hold at `now`. */
export function isTimely({ made, ends }: Pick<DkimSignature, 'made' | 'ends'>, now: Date): boolean {
  return (!made || made.getTime() <= now.getTime() + slack) && (!ends || ends > now);
}

// What a mail is known again by (#mail/fingerprint.ts): where one of these can be exchanged, an old mail passes for a new one.
const lasting = ['from', 'subject', 'date', 'message-id'];

/**
 * Why a signature leaves open what we read, as a phrase; undefined when it does not. Every field of the names above must be signed, and what
 * turns the body's bytes into text: who may choose the boundary or the encoding lets a quoted line become the author's own.
 */
export function leavesOpen({ signs }: Pick<DkimSignature, 'signs'>, message: Pick<Message, 'fields' | 'root'>): string | undefined {
  const present = (name: string) => message.fields.filter((field) => field.name === name).length;
  const signed = (name: string) => signs.filter((one) => one === name).length;
  const open = lasting.find((name) => signed(name) < present(name));
  if (open) return `${open} is not signed`;
  /** Neither changed, added nor taken away since. */
  const fixed = (name: string) => signed(name) > 0 && signed(name) >= present(name);
  const { root } = message;
  if (root.children.length > 0) {
    return fixed('content-type') || fitsOneBoundary(root.body, root.parameters.boundary) ? undefined : 'content-type is not signed';
  }
  if (!fixed('content-type')) return 'content-type is not signed';
  if (fixed('content-transfer-encoding')) return undefined;
  return present('content-transfer-encoding') === 0 && isPlain(root.body) ? undefined : 'content-transfer-encoding is not signed';
}

/** A body that begins and ends with the delimiter: no other boundary finds parts in it without leaving a rest. */
function fitsOneBoundary(body: Buffer, boundary: string | undefined): boolean {
  if (boundary === undefined || !/^[!-~ ]{1,200}$/.test(boundary)) return false;
  const head = body.subarray(0, 1000).toString('latin1').trimStart();
  const tail = body.subarray(-1000).toString('latin1').trimEnd();
  return (
    /^[ \t]{0,100}\r?\n/.test(head.slice(boundary.length + 2)) && head.startsWith(`--${boundary}`) && tail.endsWith(`\n--${boundary}--`)
  );
}

// Quoted-printable ends long lines with "=", base64 has no blanks: without either it was written as it stands.
function isPlain(body: Buffer): boolean {
  return body.includes(0x20) && !body.includes('=\r\n') && !body.includes('=\n') && !body.includes('= ') && !body.includes('=\t');
}
