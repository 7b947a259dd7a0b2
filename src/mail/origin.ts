// What our own mail server vouches for: Authentication-Results (RFC 8601) of a configured authserv-id, and of nobody else.
import type { Field, Message } from '#mail/message.ts';

export type Result = 'pass' | 'fail' | 'none' | 'neutral' | 'softfail' | 'policy' | 'temperror' | 'permerror';

export interface Origin {
  readonly dkim: Result;
  readonly spf: Result;
  readonly dmarc: Result;
  /** The From domain our server judged by DMARC, lower case. */
  readonly domain?: string;
  /** The proof: dmarc=pass for exactly the domain of the one From. */
  readonly aligned: boolean;
  /** The fields read, for the record. */
  readonly raw: string;
}

interface Finding {
  readonly method: string;
  readonly result: Result;
  readonly properties: ReadonlyMap<string, string>;
}

const known = new Set<string>(['pass', 'fail', 'none', 'neutral', 'softfail', 'policy', 'temperror', 'permerror']);

/**
 * Reads the results our server added; `authserv` holds its ids. Undefined when there are none. Fields below the first Received of a foreign
 * host, or below anything the author may have written, are not ours whatever they say (RFC 8601 §5, §7.1). Two results that differ count as the
 * worse, and one of ours that does not follow the grammar spoils the others: whoever can damage it would choose what is left.
 *
 * What the server must do, since nobody can tell its fields from copies: evaluate DMARC, write the results on top of the mail with its id as
 * a plain word, and remove every field that already has this id, in any case, from mail that comes in (RFC 8601 §5).
 */
export function origin(message: Pick<Message, 'fields' | 'from'>, authserv: readonly string[]): Origin | undefined {
  const ids = new Set(authserv.map((id) => id.toLowerCase()));
  const fields = ourBlock(message.fields, ids);
  if (fields.length === 0) return undefined;
  const findings = fields.flatMap((field) => read(field.value) ?? [unreadable]);
  const of = (method: string) => findings.filter((finding) => finding.method === method);
  const dmarc = of('dmarc');
  const domain = dmarc.map((finding) => finding.properties.get('header.from')?.toLowerCase()).find((name) => name !== undefined);
  const onlyFrom = message.fields.filter((field) => field.name === 'from').length === 1;
  const fromDomain = message.from?.address.split('@').at(-1);
  const agreed =
    dmarc.length > 0 &&
    dmarc.every((finding) => finding.result === 'pass' && finding.properties.get('header.from')?.toLowerCase() === domain);
  return {
    // Several signatures: one good one is enough (RFC 6376 §6.1). SPF and DMARC have one answer.
    dkim: of('dkim').find((finding) => finding.result === 'pass')?.result ?? of('dkim')[0]?.result ?? 'none',
    spf: worst(of('spf')),
    dmarc: worst(dmarc),
    ...(domain !== undefined && { domain }),
    aligned: agreed && onlyFrom && domain !== undefined && domain === fromDomain,
    raw: fields.map((field) => field.value).join('\n'),
  };
}

function worst(findings: readonly Finding[]): Result {
  return findings.find((finding) => finding.result !== 'pass')?.result ?? findings[0]?.result ?? 'none';
}

// Fields that servers put on top of a mail; any other one was there when it came.
const trace =
  /^(?:return-path|delivered-to|x-original-to|envelope-to|delivery-date|received|received-spf|authentication-results|arc-.{1,40}|x-.{1,60}|dkim-filter|status|content-length|lines)$/;

function ourBlock(fields: readonly Field[], ids: ReadonlySet<string>): Field[] {
  const block: Field[] = [];
  for (const field of fields) {
    if (!trace.test(field.name)) break;
    if (field.name === 'received') {
      // Below our results stands what was there before: the block ends at the next hop.
      if (block.length > 0 || isForeign(field.value, ids)) break;
    }
    if (field.name !== 'authentication-results') continue;
    // The server that removes copies of its results may not know one in such a spelling, and writes none.
    if (field.odd) break;
    if (ids.has(authservOf(field.value))) block.push(field);
  }
  return block;
}

// "by mx.example.org": ours if it is an authserv-id or a host beside one. An IP or a bare name says nothing (internal hops).
function isForeign(received: string, ids: ReadonlySet<string>): boolean {
  const by = /(?:^|\s)by\s{1,5}([a-z0-9._-]{1,250})/i.exec(received.slice(0, 2000))?.[1]?.toLowerCase().replace(/\.$/, '');
  if (by === undefined || !by.includes('.') || /^[\d.]+$/.test(by)) return false;
  return ![...ids].some(
    (id) => by === id || by.endsWith(`.${id}`) || (id.split('.').length > 2 && by.endsWith(`.${id.split('.').slice(1).join('.')}`)),
  );
}

// The authserv-id in lower case: a plain word at the very beginning. Whoever looks for copies to remove finds that one, and perhaps not
// the quoted, commented or decorated ones that the grammar allows (RFC 8601 §2.2) and no server writes; the Kelvin sign is no "k", and blanks
// are those of ASCII.
function authservOf(value: string): string {
  return /^[a-z0-9._-]{1,253}(?=[ \t;]|$)/i.exec(value.slice(0, 300))?.[0].toLowerCase() ?? '';
}

/** Stands for a field of ours that cannot be read. */
const unreadable: Finding = { method: 'dmarc', result: 'permerror', properties: new Map() };

const longest = 20_000;

// The findings of one field; undefined when it does not follow the grammar, is of another version, or is longer than any server writes.
function read(value: string): Finding[] | undefined {
  const [head, ...rest] = (value.length > longest ? undefined : statements(value)) ?? [];
  if (!head || head.length > 2 || (head[1] !== undefined && head[1] !== '1')) return undefined;
  return rest.map(finding).filter((one) => one !== undefined);
}

// "method/version=result reason=… ptype.property=value": words already without comments. What names a method and no known result is a fault.
function finding(words: readonly string[]): Finding | undefined {
  const [first = ''] = words;
  const match = /^([a-z0-9-]{1,40})(?:\/(\d{1,3}))?=/i.exec(first);
  if (!match) return undefined;
  const [begin, method = '', version = '1'] = match;
  const properties = new Map<string, string>();
  for (const word of words.slice(1)) {
    const equals = word.indexOf('=');
    const name = word.slice(0, Math.max(equals, 0)).toLowerCase();
    // A second value for a property is a trick or a fault: neither is believed.
    if (equals > 0) properties.set(name, properties.has(name) ? '' : word.slice(equals + 1));
  }
  const lower = first.slice(begin.length).toLowerCase();
  return { method: method.toLowerCase(), result: version === '1' && known.has(lower) ? (lower as Result) : 'permerror', properties };
}

// Splits at semicolons into words; comments vanish, quoted strings lose their quotes, "a = b" becomes "a=b". Undefined for unclosed ones.
function statements(value: string): string[][] | undefined {
  const found: string[][] = [[]];
  let word = '';
  let depth = 0;
  let quoted = false;
  const finish = () => {
    if (word !== '') found.at(-1)?.push(word);
    word = '';
  };
  for (let at = 0; at < value.length; at += 1) {
    const char = value[at] ?? '';
    if (char === '\\' && (quoted || depth > 0)) {
      at += 1;
      if (quoted) word += value[at] ?? '';
    } else if (depth > 0) depth += char === '(' ? 1 : char === ')' ? -1 : 0;
    else if (char === '"') quoted = !quoted;
    else if (quoted) word += char;
    else if (char === '(') {
      finish();
      depth = 1;
    } else if (char === ';') {
      finish();
      found.push([]);
    } else if (/[ \t\r\n]/.test(char)) finish();
    else word += char;
  }
  if (quoted || depth > 0) return undefined;
  finish();
  return found.map(glued);
}

function glued(words: readonly string[]): string[] {
  const out: string[] = [];
  for (const word of words) {
    const last = out.at(-1);
    if (last !== undefined && (word.startsWith('=') || last.endsWith('='))) out[out.length - 1] = last + word;
    else out.push(word);
  }
  return out;
}
