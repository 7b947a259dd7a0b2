// Mailboxes of a header field (RFC 5322 §3.4, RFC 6532): strict where authority hangs on it. When in doubt there is no address.
import { shownValue } from '#mail/header.ts';
import type { Address } from '#mail/message.ts';

type Token =
  | { readonly kind: 'word' | 'quoted' | 'literal' | 'comment'; readonly text: string; readonly glued: boolean }
  | { readonly kind: 'special'; readonly text: string; readonly glued: boolean };

/** The mailboxes of an address field; `doubt` when anything in it was not plainly a mailbox, `group` when it used group syntax. */
export interface Mailboxes {
  readonly addresses: readonly Address[];
  readonly doubt: boolean;
  readonly group: boolean;
}

const longestField = 100_000;
const mostAddresses = 1000;

// One pass; undefined for an unclosed quote, comment or literal, and for control characters, which some programs take as a line end.
function tokens(value: string): Token[] | undefined {
  const found: Token[] = [];
  let glued = false;
  for (let at = 0; at < value.length; ) {
    const char = value[at] ?? '';
    if (char === ' ' || char === '\t') {
      glued = false;
      at += 1;
      continue;
    }
    if (/\p{Cc}/u.test(char)) return undefined;
    const token =
      char === '"'
        ? enclosed(value, at, '"')
        : char === '['
          ? enclosed(value, at, ']')
          : char === '('
            ? comment(value, at)
            : bare(value, at);
    if (!token) return undefined;
    found.push({ ...token.token, glued });
    glued = true;
    at = token.next;
  }
  return found;
}

interface Read {
  readonly token: Omit<Token, 'glued'>;
  readonly next: number;
}

function enclosed(value: string, from: number, close: '"' | ']'): Read | undefined {
  const pieces: string[] = [];
  for (let at = from + 1; at < value.length; at += 1) {
    const char = value[at] ?? '';
    if (char === close) return { token: { kind: close === '"' ? 'quoted' : 'literal', text: pieces.join('') }, next: at + 1 };
    if (char === '\\') at += 1;
    pieces.push(value[at] ?? '');
  }
  return undefined;
}

function comment(value: string, from: number): Read | undefined {
  let depth = 0;
  for (let at = from; at < value.length; at += 1) {
    const char = value[at];
    if (char === '\\') at += 1;
    else if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    if (depth === 0) return { token: { kind: 'comment', text: value.slice(from + 1, at) }, next: at + 1 };
  }
  return undefined;
}

const special = '<>,;:@.)]\\';
const run = /[^\s"([<>,;:@.)\]\\\p{Cc}]+/uy;

function bare(value: string, from: number): Read {
  if (special.includes(value[from] ?? '')) return { token: { kind: 'special', text: value[from] ?? '' }, next: from + 1 };
  run.lastIndex = from;
  const text = run.exec(value)?.[0] ?? value.slice(from, from + 1);
  return { token: { kind: 'word', text }, next: from + text.length };
}

const is = (token: Token | undefined, text: string) => token?.kind === 'special' && token.text === text;

/** Reads an address field (From, To, Cc, Reply-To …): decoded names, addresses in lower case. Null addresses and empty groups give nothing. */
export function mailboxes(value: string): Mailboxes {
  const list = value.length > longestField ? undefined : tokens(value);
  if (!list) return { addresses: [], doubt: true, group: false };
  const addresses: Address[] = [];
  let doubt = false;
  let group = false;
  let piece: Token[] = [];
  let angle = false;
  const finish = () => {
    const said = piece.some((token) => token.kind !== 'comment');
    const address = said ? mailbox(piece) : undefined;
    if (address) addresses.push(address);
    else if (said) doubt = true;
    piece = [];
  };
  for (const token of list) {
    if (is(token, '<')) angle = true;
    if (is(token, '>')) angle = false;
    if (!angle && is(token, ':')) {
      group = true;
      piece = [];
    } else if (!angle && (is(token, ',') || is(token, ';'))) {
      // Outlook separates with semicolons; inside a group one ends it. Either way a mailbox is complete here.
      if (is(token, ';') && !group) doubt = true;
      finish();
    } else piece.push(token);
    if (addresses.length >= mostAddresses) return { addresses, doubt: true, group };
  }
  finish();
  return { addresses, doubt, group };
}

function mailbox(piece: readonly Token[]): Address | undefined {
  const open = piece.findIndex((token) => is(token, '<'));
  if (open < 0) {
    // RFC 822 style: the name in a comment after the address.
    const named = piece.filter((token) => token.kind === 'comment').map((token) => token.text);
    const address = addrSpec(withoutEdgeComments(piece));
    return address === undefined ? undefined : { address, name: shownName(named.join(' ')) };
  }
  const close = piece.findIndex((token) => is(token, '>'));
  if (close < open || piece.slice(close + 1).some((token) => token.kind !== 'comment')) return undefined;
  const address = addrSpec(withoutEdgeComments(piece.slice(open + 1, close)));
  if (address === undefined) return undefined;
  const phrase = piece.slice(0, open);
  // Bare `ceo@victim.example <other@example.net>` names two addresses; a name repeating its own address is harmless and common.
  if (phrase.some((token) => is(token, '@')) && unspaced(phrase).toLowerCase() !== address) return undefined;
  if (phrase.some((token) => token.kind === 'special' && !'.@'.includes(token.text))) return undefined;
  return { address, name: shownName(spaced(phrase)) };
}

function withoutEdgeComments(piece: readonly Token[]): readonly Token[] {
  const first = piece.findIndex((token) => token.kind !== 'comment');
  const last = piece.findLastIndex((token) => token.kind !== 'comment');
  const [head, ...rest] = piece.slice(Math.max(first, 0), last + 1);
  return head ? [{ ...head, glued: false }, ...rest] : [];
}

function unspaced(piece: readonly Token[]): string {
  return piece.map((token) => (token.kind === 'comment' ? '' : token.text)).join('');
}

function spaced(piece: readonly Token[]): string {
  return piece
    .filter((token) => token.kind !== 'comment')
    .map((token) => (token.glued ? token.text : ` ${token.text}`))
    .join('');
}

function shownName(text: string): string {
  return [...shownValue(text)].slice(0, 200).join('').trim();
}

// local-part "@" domain with nothing between: white space and comments inside are obsolete, and programs read them differently.
function addrSpec(piece: readonly Token[]): string | undefined {
  const at = piece.findIndex((token) => is(token, '@'));
  if (at < 1 || piece.some((token, index) => index > 0 && !token.glued) || piece.some((token) => token.kind === 'comment'))
    return undefined;
  const local = piece.slice(0, at);
  const domain = piece.slice(at + 1);
  const written = local.length === 1 && local[0]?.kind === 'quoted' ? local[0].text : dotted(local);
  const host = domain.length === 1 && domain[0]?.kind === 'literal' ? `[${domain[0].text}]` : dotted(domain);
  return written === undefined || host === undefined ? undefined : normal(written, host);
}

function dotted(piece: readonly Token[]): string | undefined {
  const regular = piece.length % 2 === 1 && piece.every((token, index) => (index % 2 === 0 ? token.kind === 'word' : is(token, '.')));
  return regular ? unspaced(piece) : undefined;
}

const atom = /^[\w!#$%&'*+/=?^`{|}~\u0080-\u{10FFFF}-]+(?:\.[\w!#$%&'*+/=?^`{|}~\u0080-\u{10FFFF}-]+){0,40}$/u;
const domainName = /^[\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_-]{0,62})(?:\.[\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_-]{0,62})){0,30}$/u;

function normal(local: string, domain: string): string | undefined {
  if (local.length > 128 || domain.length > 255 || !atom.test(local) || local.includes('=?')) return undefined;
  if (!domainName.test(domain) && !/^\[[0-9A-Fa-fv:.IPv]{2,60}\]$/.test(domain)) return undefined;
  const written = `${local}@${domain}`;
  const address = written.normalize('NFC').toLowerCase();
  return pretends(written) ? undefined : address;
}

// Characters that turn into ASCII when lower-cased, composed or mapped for DNS (Kelvin sign, full-width letters and dots) make
// another's address out of one's own; invisible ones make two addresses look alike.
function pretends(written: string): boolean {
  return [...written].some(
    (char) => char > '~' && (/[\p{Cc}\p{Cf}\p{Z}]/u.test(char) || /[!-~]/.test(char.normalize('NFKC').toLowerCase())),
  );
}
