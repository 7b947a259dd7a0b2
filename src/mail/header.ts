// Header fields from bytes: unfolding, parameters (RFC 2045 §5.1, RFC 2231), encoded words (RFC 2047), 8-bit text (RFC 6532).
import { decodeCharset, guessed } from '#mail/charset.ts';
import type { Field } from '#mail/message.ts';

const lf = 10;

/**
 * The fields of a header block, in order, names in lower case, values unfolded but not decoded. Lines that are no field
 * (an mbox "From " line, rubbish) are dropped together with their continuations. Undefined when there are more than `most`.
 */
export function readFields(block: Buffer, most: number): Field[] | undefined {
  const fields: Field[] = [];
  let name: string | undefined;
  let pieces: Buffer[] = [];
  let spaced = false;
  const finish = () => {
    const bytes = Buffer.concat(pieces);
    // RFC 5322 §4 forbids NUL, and no database keeps it in text; a blank in its place makes every address doubtful that had one.
    const value = guessed(bytes).replaceAll('\0', ' ').trim();
    if (name !== undefined) fields.push(spaced || isOdd(bytes) ? { name, value, odd: true } : { name, value });
    name = undefined;
    pieces = [];
  };
  let lines = 0;
  for (let at = 0; at < block.length; ) {
    const end = block.indexOf(lf, at);
    const next = end < 0 ? block.length : end + 1;
    const line = withoutBreak(block.subarray(at, next));
    at = next;
    if (line[0] === 0x20 || line[0] === 0x09) {
      if (name !== undefined) pieces.push(line);
      continue;
    }
    finish();
    lines += 1;
    if (lines > most) return undefined;
    const colon = line.indexOf(0x3a);
    const written = line.subarray(0, Math.max(colon, 0)).subarray(0, 200).toString('latin1');
    const head = written.trimEnd();
    if (!/^[!-9;-~]{1,200}$/.test(head)) continue;
    spaced = head !== written;
    name = head.toLowerCase();
    pieces = [line.subarray(colon + 1)];
  }
  finish();
  return fields;
}

function isOdd(value: Buffer): boolean {
  const first = value.find((byte) => byte !== 0x20 && byte !== 0x09) ?? 0x21;
  return first < 0x21 || first > 0x7e || value.includes(0);
}

function withoutBreak(line: Buffer): Buffer {
  let end = line.length;
  while (end > 0 && (line[end - 1] === lf || line[end - 1] === 13)) end -= 1;
  return line.subarray(0, end);
}

/** The first value of a field by its lower-case name, unfolded and not decoded. */
export function fieldValue(fields: readonly Field[], name: string): string | undefined {
  return fields.find((field) => field.name === name)?.value;
}

/** A value with parameters: `text/plain; charset="utf-8"` → value in lower case, parameter names in lower case, RFC 2231 joined. Tolerant; never throws. */
export function parameterised(value: string): { value: string; parameters: Record<string, string> } {
  const [head = '', ...rest] = pieces(value.slice(0, 20_000));
  const plain = new Map<string, string>();
  const sections = new Map<string, Section[]>();
  for (const piece of rest.slice(0, 200)) {
    const equals = piece.indexOf('=');
    if (equals < 1) continue;
    const raw = piece.slice(0, equals).trim().toLowerCase();
    const text = unquoted(piece.slice(equals + 1).trim());
    const match = /^([^*\s]{1,60})\*(?:(\d{1,3})(\*)?)?$/.exec(raw);
    if (!match) {
      if (!plain.has(raw)) plain.set(raw, text);
      continue;
    }
    const [, name = '', number, star] = match;
    const section = { number: Number(number ?? 0), encoded: number === undefined || star === '*', text };
    sections.set(name, [...(sections.get(name) ?? []), section]);
  }
  for (const [name, list] of sections) plain.set(name, joined(list));
  return { value: head.trim().toLowerCase(), parameters: Object.fromEntries(plain) };
}

interface Section {
  readonly number: number;
  readonly encoded: boolean;
  readonly text: string;
}

// RFC 2231 §3, §4.1: numbered sections; the first extended one names charset and language before two apostrophes.
function joined(list: readonly Section[]): string {
  const inOrder = [...list].sort((a, b) => a.number - b.number);
  const marked = /^([^']{0,60})'[^']{0,60}'/.exec(inOrder[0]?.encoded ? inOrder[0].text : '');
  const bytes = inOrder.map(({ encoded, text }, index) => {
    const own = index === 0 && marked ? text.slice(marked[0].length) : text;
    return encoded ? percent(own) : Buffer.from(own);
  });
  return decodeCharset(Buffer.concat(bytes), marked?.[1]);
}

function percent(text: string): Buffer {
  const source = Buffer.from(text);
  const out = Buffer.alloc(source.length);
  let length = 0;
  for (let at = 0; at < source.length; at += 1) {
    const hex = source[at] === 0x25 ? source.toString('latin1', at + 1, at + 3) : '';
    const escaped = /^[0-9a-f]{2}$/i.test(hex);
    out[length] = escaped ? Number.parseInt(hex, 16) : (source[at] ?? 0);
    length += 1;
    if (escaped) at += 2;
  }
  return out.subarray(0, length);
}

// Splits at semicolons outside quotes; comments go where RFC 822 allows them, not inside an unquoted "report(1).pdf".
function pieces(value: string): string[] {
  const found: string[] = [];
  let piece = '';
  let quoted = false;
  let depth = 0;
  for (let at = 0; at < value.length; at += 1) {
    const char = value[at] ?? '';
    if (char === '\\' && (quoted || depth > 0)) {
      if (depth === 0) piece += char + (value[at + 1] ?? '');
      at += 1;
    } else if (depth > 0) {
      depth += char === '(' ? 1 : char === ')' ? -1 : 0;
    } else if (char === '"') {
      quoted = !quoted;
      piece += char;
    } else if (char === '(' && !quoted && /(^|[\s;"])$/.test(piece.slice(-1))) {
      depth = 1;
    } else if (char === ';' && !quoted) {
      found.push(piece);
      piece = '';
    } else piece += char;
  }
  found.push(piece);
  return found;
}

function unquoted(text: string): string {
  if (!text.startsWith('"')) return text;
  let out = '';
  for (let at = 1; at < text.length && text[at] !== '"'; at += 1) {
    if (text[at] === '\\') at += 1;
    out += text[at] ?? '';
  }
  return out;
}

const word = /=\?([\w.:+-]{1,60})(?:\*[\w-]{0,40})?\?([bq])\?([^?\s]{0,2000})\?=/iy;

/**
 * Decodes RFC 2047 encoded words in an unstructured value or phrase. Neighbouring words of one charset are joined as bytes first,
 * because many mailers cut inside a character. What is no encoded word stays. Never throws.
 */
export function decodeWords(value: string): string {
  if (!value.includes('=?')) return value;
  let out = '';
  let run: { charset: string; bytes: Buffer[] } | undefined;
  const flush = () => {
    if (run) out += decodeCharset(Buffer.concat(run.bytes), run.charset);
    run = undefined;
  };
  for (let at = 0; at < value.length; ) {
    word.lastIndex = at;
    const match = value.startsWith('=?', at) ? word.exec(value) : null;
    if (match) {
      const [whole, charset = '', encoding = '', text = ''] = match;
      const bytes =
        encoding.toLowerCase() === 'b'
          ? Buffer.from(text, 'base64')
          : percent(text.replaceAll('%', '=25').replaceAll('_', ' ').replaceAll('=', '%'));
      if (run && run.charset !== charset.toLowerCase()) flush();
      run ??= { charset: charset.toLowerCase(), bytes: [] };
      run.bytes.push(bytes);
      at += whole.length;
      const gap = /[ \t\r\n]{1,100}(?==\?)/y;
      gap.lastIndex = at;
      const space = gap.exec(value);
      word.lastIndex = at + (space?.[0].length ?? 0);
      if (space && word.test(value)) at += space[0].length;
      continue;
    }
    flush();
    const next = value.indexOf('=?', at + 1);
    out += value.slice(at, next < 0 ? value.length : next);
    at = next < 0 ? value.length : next;
  }
  flush();
  return out;
}

/** A value as people read it: encoded words decoded, one line, without control characters, NFC. */
export function shownValue(value: string): string {
  const text = decodeWords(value);
  // biome's control-character rule is met by naming the class through its Unicode property.
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .normalize('NFC');
}
