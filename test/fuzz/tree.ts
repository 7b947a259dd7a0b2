// A mail as a tree that can be cut and put together anew: what is not touched prints byte for byte, so that signatures survive beside it.

/** A MIME entity, one character per byte. A multipart has `pieces`, and its `body` is the preamble; else `body` is all of it. */
export interface Part {
  /** Raw fields with their folding and line ends. */
  fields: string[];
  /** The empty line; missing in an entity without one. */
  gap: string;
  body: string;
  pieces: Piece[];
  close: string;
  epilogue: string;
}

/** A child behind its delimiter line, which holds the line break before it. */
export interface Piece {
  open: string;
  part: Part;
}

const deepest = 30;

/** Reads an entity; whatever is not understood stays text. */
export function readTree(text: string, depth = 0): Part {
  const { fields, gap, body } = headOf(text);
  const whole: Part = { fields, gap, body, pieces: [], close: '', epilogue: '' };
  const boundary = boundaryOf(whole);
  if (boundary === undefined || depth > deepest) return whole;
  const lines = [...body.matchAll(new RegExp(`(?:^|\\r?\\n)--${escaped(boundary)}(--)?[ \\t]{0,20}(?:\\r?\\n|$)`, 'g'))];
  const closing = lines.findIndex((line) => line[1] !== undefined);
  const opens = closing < 0 ? lines : lines.slice(0, closing);
  const [first] = opens;
  if (!first) return whole;
  const last = closing < 0 ? undefined : lines[closing];
  const pieces = opens.map((line, index) => {
    const from = line.index + line[0].length;
    const to = (opens[index + 1] ?? last)?.index ?? body.length;
    return { open: line[0], part: readTree(body.slice(from, Math.max(from, to)), depth + 1) };
  });
  const end = last ? last.index + last[0].length : body.length;
  return { fields, gap, body: body.slice(0, first.index), pieces, close: last?.[0] ?? '', epilogue: body.slice(end) };
}

/** The bytes of an entity again. */
export function print(part: Part): string {
  const children = part.pieces.map((piece) => piece.open + print(piece.part));
  return [...part.fields, part.gap, part.body, ...children, part.close, part.epilogue].join('');
}

/** An entity and everything below it, the root first; attached mails are leaves. */
export function every(root: Part): Part[] {
  const found = [root];
  for (let at = 0; at < found.length; at += 1) found.push(...(found[at]?.pieces ?? []).map(({ part }) => part));
  return found;
}

/** The multiparts of a tree that have children. */
export function multiparts(root: Part): Part[] {
  return every(root).filter(({ pieces }) => pieces.length > 0);
}

/** The leaves of a tree. */
export function leaves(root: Part): Part[] {
  return every(root).filter(({ pieces }) => pieces.length === 0);
}

/** The name of a raw field, in lower case. */
export function nameOf(field: string): string {
  return field
    .slice(0, Math.max(0, field.indexOf(':')))
    .trim()
    .toLowerCase();
}

/** The value of the first field of a name, unfolded; empty when there is none. */
export function valueIn(part: Part, name: string): string {
  const field = part.fields.find((one) => nameOf(one) === name) ?? ':';
  return field
    .slice(field.indexOf(':') + 1)
    .replace(/\r?\n[ \t]/g, ' ')
    .trim();
}

/** Puts a field in the place of all of its name, or at the end. */
export function setField(part: Part, name: string, value: string): void {
  const made = `${name}: ${value}\r\n`;
  const at = part.fields.findIndex((one) => nameOf(one) === name.toLowerCase());
  part.fields = part.fields.filter((one, index) => index === at || nameOf(one) !== name.toLowerCase());
  if (at < 0) part.fields.push(made);
  else part.fields[at] = made;
}

/** The boundary that an entity announces. */
export function boundaryOf(part: Part): string | undefined {
  const type = valueIn(part, 'content-type');
  if (!/^multipart\//i.test(type)) return undefined;
  const match = /;\s{0,5}boundary\s{0,3}=\s{0,3}(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(type);
  return match?.[1] ?? match?.[2];
}

/** A leaf made anew. */
export function leaf(type: string, body: string, ...fields: readonly string[]): Part {
  const head = [`Content-Type: ${type}\r\n`, ...fields.map((field) => `${field}\r\n`)];
  return { fields: head, gap: '\r\n', body, pieces: [], close: '', epilogue: '' };
}

/** A multipart around parts. */
export function multipart(type: string, boundary: string, parts: readonly Part[]): Part {
  return {
    fields: [`Content-Type: ${type}; boundary="${boundary}"\r\n`],
    gap: '\r\n',
    body: '',
    pieces: parts.map((part, index) => ({ open: `${index === 0 ? '' : '\r\n'}--${boundary}\r\n`, part })),
    close: `\r\n--${boundary}--\r\n`,
    epilogue: '',
  };
}

const isOfContent = (field: string) => /^(?:content-|mime-version$)/.test(nameOf(field));

/** The entity of a mail alone: its content fields and its body, as it stands inside a multipart. */
export function entityOf(root: Part): Part {
  return { ...root, fields: root.fields.filter((field) => /^content-/.test(nameOf(field))) };
}

/** Another entity under the header of a mail. */
export function under(root: Part, entity: Part): Part {
  const head = root.fields.filter((field) => !isOfContent(field));
  return { ...entity, fields: [...head, 'MIME-Version: 1.0\r\n', ...entity.fields.filter((field) => /^content-/.test(nameOf(field)))] };
}

function headOf(text: string): { fields: string[]; gap: string; body: string } {
  const fields: string[] = [];
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    const next = end < 0 ? text.length : end + 1;
    const line = text.slice(at, next);
    if (line === '\n' || line === '\r\n') return { fields, gap: line, body: text.slice(next) };
    if (/^[ \t]/.test(line) && fields.length > 0) fields.push(`${fields.pop() ?? ''}${line}`);
    else fields.push(line);
    at = next;
  }
  return { fields, gap: '', body: '' };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
