// The MIME structure of a mail as slices of its own bytes (RFC 2045, 2046): what was signed is exactly what is read.
import { decodeWords, fieldValue, parameterised, readFields } from '#mail/header.ts';
import type { Field, Unreadable } from '#mail/message.ts';

/** One MIME entity. `bytes` is header and body as they came, `body` the part after the empty line; both are views, not copies. */
export interface Entity {
  readonly bytes: Buffer;
  readonly body: Buffer;
  readonly fields: readonly Field[];
  /** Type in lower case, "text/plain" when absent or unreadable. */
  readonly contentType: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly disposition: 'inline' | 'attachment' | undefined;
  readonly filename: string | undefined;
  readonly children: readonly Entity[];
}

/** How much of a mail is read at most: octets of the mail, octets and fields of one header, entities, levels of multiparts. */
export interface Limits {
  readonly bytes: number;
  readonly headerBytes: number;
  readonly fields: number;
  readonly parts: number;
  readonly depth: number;
}

export const defaultLimits: Limits = { bytes: 30_000_000, headerBytes: 256_000, fields: 1000, parts: 1000, depth: 50 };

interface Node {
  readonly start: number;
  readonly bodyStart: number;
  readonly level: number;
  readonly fields: readonly Field[];
  readonly contentType: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly boundary: string | undefined;
  readonly children: Node[];
  end: number;
}

interface Walk {
  readonly bytes: Buffer;
  readonly limits: Limits;
  /** Open multiparts by boundary, innermost last: one look-up per line keeps the walk linear however deep the nesting is. */
  readonly open: Map<string, Node[]>;
  readonly nodes: Node[];
}

interface Delimiter {
  readonly owner: Node;
  readonly closes: boolean;
  /** Where the line begins, where the part before it ends (its line break belongs to the delimiter, RFC 2046 §5.1.1), where the next line begins. */
  readonly line: number;
  readonly cut: number;
  readonly next: number;
}

const lf = 10;
const cr = 13;
const dash = 45;
const longestBoundary = 250;

/**
 * The MIME tree of a mail or an entity in one pass over its lines. Takes LF, CRLF and both mixed, missing closing boundaries, preamble
 * and epilogue. message/rfc822 is a leaf. Beyond a limit: Unreadable, with a sentence that names the limit.
 */
export function split(bytes: Buffer, limits: Limits = defaultLimits): Entity | Unreadable {
  if (bytes.length > limits.bytes) return { unreadable: `The mail is larger than ${limits.bytes} bytes.` };
  const walk: Walk = { bytes, limits, open: new Map(), nodes: [] };
  const root = begin(walk, 0, 0, 'text/plain');
  if ('unreadable' in root) return root;
  const path: Node[] = [root];
  let at = root.bodyStart;
  for (;;) {
    const delimiter = nextDelimiter(walk, at);
    if (!delimiter) break;
    let top = path.at(-1);
    while (top && top !== delimiter.owner) {
      finish(walk, top, delimiter.cut);
      path.pop();
      top = path.at(-1);
    }
    at = delimiter.next;
    if (delimiter.closes) {
      close(walk, delimiter.owner);
      continue;
    }
    const child = begin(
      walk,
      delimiter.next,
      delimiter.owner.level + 1,
      delimiter.owner.contentType === 'multipart/digest' ? 'message/rfc822' : 'text/plain',
    );
    if ('unreadable' in child) return child;
    delimiter.owner.children.push(child);
    path.push(child);
    at = child.bodyStart;
  }
  return assemble(walk);
}

function begin(walk: Walk, start: number, level: number, usual: string): Node | Unreadable {
  const { bytes, limits } = walk;
  if (walk.nodes.length >= limits.parts) return { unreadable: `The mail has more than ${limits.parts} parts.` };
  const header = headerEnd(walk, start);
  if (!header) return { unreadable: `A header of the mail is longer than ${limits.headerBytes} bytes.` };
  const fields = readFields(bytes.subarray(start, header.end), limits.fields);
  if (!fields) return { unreadable: `A header of the mail has more than ${limits.fields} fields.` };
  const { contentType, parameters } = typeOf(fields, usual);
  const boundary = contentType.startsWith('multipart/') ? usable(parameters.boundary) : undefined;
  if (boundary !== undefined && level >= limits.depth) return { unreadable: `The mail is nested deeper than ${limits.depth} levels.` };
  const part: Node = { start, bodyStart: header.body, level, fields, contentType, parameters, boundary, children: [], end: bytes.length };
  walk.nodes.push(part);
  if (boundary !== undefined) walk.open.set(boundary, [...(walk.open.get(boundary) ?? []), part]);
  return part;
}

function usable(boundary: string | undefined): string | undefined {
  const trimmed = boundary?.trimEnd();
  return trimmed && trimmed.length <= longestBoundary ? trimmed : undefined;
}

// A header ends at an empty line, at the end, or (broken mails) at a delimiter. Undefined: longer than the limit.
function headerEnd(walk: Walk, start: number): { end: number; body: number } | undefined {
  const { bytes, limits } = walk;
  for (let at = start; at < bytes.length; ) {
    const end = bytes.indexOf(lf, at);
    const next = end < 0 ? bytes.length : end + 1;
    if (next - start > limits.headerBytes) return undefined;
    if (blank(bytes, at, next)) return { end: at, body: next };
    if (bytes[at] === dash && delimiterAt(walk, at)) return { end: at, body: at };
    at = next;
  }
  return { end: bytes.length, body: bytes.length };
}

function blank(bytes: Buffer, from: number, to: number): boolean {
  if (to - from > 3) return false;
  for (let at = from; at < to; at += 1) if (bytes[at] !== cr && bytes[at] !== lf) return false;
  return true;
}

function nextDelimiter(walk: Walk, from: number): Delimiter | undefined {
  if (walk.open.size === 0) return undefined;
  let line = from;
  while (line >= 0 && line < walk.bytes.length) {
    const found = delimiterAt(walk, line);
    if (found) return found;
    const ahead = walk.bytes.indexOf('\n--', line, 'latin1');
    line = ahead < 0 ? -1 : ahead + 1;
  }
  return undefined;
}

function delimiterAt(walk: Walk, line: number): Delimiter | undefined {
  const { bytes, open } = walk;
  if (bytes[line] !== dash || bytes[line + 1] !== dash) return undefined;
  const window = bytes.subarray(line + 2, line + 2 + longestBoundary + 60);
  const end = window.indexOf(lf);
  if (end < 0 && line + 2 + window.length < bytes.length) return undefined;
  const text = (end < 0 ? window : window.subarray(0, end)).toString('utf8').trimEnd();
  const between = open.get(text)?.at(-1);
  const last = text.endsWith('--') ? open.get(text.slice(0, -2).trimEnd())?.at(-1) : undefined;
  const closes = last !== undefined && (between === undefined || last.level > between.level);
  const owner = closes ? last : between;
  if (!owner) return undefined;
  const cut = line - (bytes[line - 1] === lf ? (bytes[line - 2] === cr ? 2 : 1) : 0);
  return { owner, closes, line, cut, next: end < 0 ? bytes.length : line + 2 + end + 1 };
}

function finish(walk: Walk, part: Node, cut: number): void {
  part.end = Math.max(part.start, cut);
  close(walk, part);
}

function close(walk: Walk, part: Node): void {
  if (part.boundary === undefined) return;
  const rest = (walk.open.get(part.boundary) ?? []).filter((other) => other !== part);
  if (rest.length > 0) walk.open.set(part.boundary, rest);
  else walk.open.delete(part.boundary);
}

// Nodes stand in the order of their beginning, so from the back every child is there before its parent.
function assemble(walk: Walk): Entity | Unreadable {
  const made = new Map<Node, Entity>();
  for (const part of [...walk.nodes].reverse()) {
    const children = part.children.map((child) => made.get(child)).filter((child) => child !== undefined);
    made.set(part, entityOf(walk.bytes, part, children));
  }
  const [first] = walk.nodes;
  return (first && made.get(first)) ?? { unreadable: 'The mail is empty.' };
}

function entityOf(bytes: Buffer, part: Node, children: readonly Entity[]): Entity {
  const { fields, contentType, parameters } = part;
  const disposition = parameterised(fieldValue(fields, 'content-disposition') ?? '');
  const filename = disposition.parameters.filename ?? parameters.name;
  return {
    bytes: bytes.subarray(part.start, part.end),
    body: bytes.subarray(Math.min(part.bodyStart, part.end), part.end),
    fields,
    contentType,
    parameters,
    // RFC 2183 §2.8: an unknown disposition is treated as an attachment.
    disposition: disposition.value === '' ? undefined : disposition.value === 'inline' ? 'inline' : 'attachment',
    filename: filename === undefined ? undefined : decodeWords(filename),
    children,
  };
}

// The first Content-Type counts: a second one is never read, by us or by anything behind us.
function typeOf(fields: readonly Field[], usual: string): { contentType: string; parameters: Record<string, string> } {
  const raw = fieldValue(fields, 'content-type');
  if (raw === undefined) return { contentType: usual, parameters: {} };
  const { value, parameters } = parameterised(raw);
  const type = value.replace(/\s{1,20}/g, '');
  if (/^[\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100}$/.test(type)) return { contentType: type, parameters };
  // Old mailers write a bare "text".
  return { contentType: 'text/plain', parameters: type === 'text' ? parameters : {} };
}
