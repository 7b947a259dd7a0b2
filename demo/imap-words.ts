// IMAP's words: a command line cut into atoms, strings and lists, and values written as the protocol wants them (RFC 3501 §4, §9).

/** A word of a command: an atom as it stood, a string (quoted or literal), or a parenthesised list. */
export type Word = Atom | Text | readonly Word[];

export interface Atom {
  readonly atom: string;
}

export interface Text {
  readonly text: Buffer;
}

/** A piece of an answer: text, or bytes to be sent as they are. */
export type Piece = string | Buffer;

/** Thrown by a command: the tagged answer it ends with. */
export class Refused extends Error {
  readonly answer: string;

  constructor(answer: string) {
    super(answer);
    this.answer = answer;
  }
}

/** Stands in a command line where a literal was; no client may send it. */
export const literalMark = '\u0001';

/** Cuts a command line into words. Literals were taken out of it and stand in order in `literals`. Throws Refused for a malformed line. */
export function words(line: string, literals: readonly Buffer[]): Word[] {
  const top: Word[] = [];
  const open: Word[][] = [top];
  let taken = 0;
  for (let at = 0; at < line.length; ) {
    const here = open.at(-1) ?? top;
    const sign = line.charAt(at);
    if (sign === ' ') at += 1;
    else if (sign === '(') {
      const list: Word[] = [];
      here.push(list);
      if (open.push(list) > 20) throw new Refused('BAD nested too deep');
      at += 1;
    } else if (sign === ')') {
      if (open.length === 1) throw new Refused('BAD unexpected )');
      open.pop();
      at += 1;
    } else if (sign === '"') {
      const end = endOfQuoted(line, at);
      here.push({ text: Buffer.from(line.slice(at + 1, end).replace(/\\(.)/g, '$1'), 'latin1') });
      at = end + 1;
    } else if (sign === literalMark) {
      const text = literals[taken++];
      if (!text) throw new Refused('BAD unexpected character');
      here.push({ text });
      at += 1;
    } else {
      const end = endOfAtom(line, at);
      here.push({ atom: line.slice(at, end) });
      at = end;
    }
  }
  if (open.length > 1) throw new Refused('BAD missing )');
  return top;
}

function endOfQuoted(line: string, start: number): number {
  for (let at = start + 1; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1;
    else if (line[at] === '"') return at;
  }
  throw new Refused('BAD missing quote');
}

function endOfAtom(line: string, start: number): number {
  let inSection = false;
  for (let at = start; at < line.length; at += 1) {
    const sign = line.charAt(at);
    // BODY[HEADER.FIELDS (FROM TO)] is one word: what stands in brackets belongs to it.
    if (sign === '[') inSection = true;
    else if (sign === ']') inSection = false;
    else if (!inSection && (sign === ' ' || sign === '(' || sign === ')')) return at;
  }
  return line.length;
}

/** A word that must be an atom or a string, as text. */
export function textOf(word: Word | undefined): string {
  if (word === undefined || isList(word)) throw new Refused('BAD a word is missing');
  return 'atom' in word ? word.atom : word.text.toString('latin1');
}

/** A word in upper case when it is an atom, otherwise undefined. */
export function atomOf(word: Word | undefined): string | undefined {
  return word !== undefined && !isList(word) && 'atom' in word ? word.atom.toUpperCase() : undefined;
}

/** A word that may be a list or stand alone for a list of one. */
export function listOf(word: Word | undefined): readonly Word[] {
  if (word === undefined) throw new Refused('BAD a list is missing');
  return isList(word) ? word : [word];
}

/** Whether the word is a parenthesised list. */
export function isList(word: Word): word is readonly Word[] {
  return Array.isArray(word);
}

/** A string as an answer carries it: NIL, quoted where that is possible, else a literal. The text is latin1: a character for each byte. */
export function nstring(text: string | undefined): Piece[] {
  if (text === undefined) return ['NIL'];
  // RFC 3501 §9: a quoted string holds neither CR, LF, NUL nor anything above 127.
  const plain = text.length < 1000 && [...text].every((sign) => sign >= '\u0001' && sign <= '\u007f' && sign !== '\r' && sign !== '\n');
  if (plain) return [`"${text.replace(/["\\]/g, '\\$&')}"`];
  return literal(Buffer.from(text, 'latin1'));
}

/** Bytes as a literal. */
export function literal(bytes: Buffer): Piece[] {
  return [`{${bytes.length}}\r\n`, bytes];
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A moment as date-time: " 7-Nov-2026 10:00:00 +0000". */
export function dateTime(at: Date): string {
  const day = String(at.getUTCDate()).padStart(2, ' ');
  return `"${day}-${months[at.getUTCMonth()]}-${at.getUTCFullYear()} ${at.toISOString().slice(11, 19)} +0000"`;
}

/** Reads date or date-time; undefined when it is neither. */
export function readDate(text: string): Date | undefined {
  const match = /^\s?(\d{1,2})-([A-Za-z]{3})-(\d{4})(?: (\d{2}:\d{2}:\d{2}) ([+-]\d{2})(\d{2}))?$/.exec(text);
  const month = months.findIndex((name) => name.toLowerCase() === match?.[2]?.toLowerCase()) + 1;
  if (!match || month === 0) return undefined;
  const [, day = '', , year, time = '00:00:00', hours = '+00', minutes = '00'] = match;
  const at = new Date(`${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}T${time}${hours}:${minutes}`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** Those of the numbers 1, 3:5, 7:* that the set names; `largest` is what `*` means. Throws Refused for what is no set. */
export function inSet(set: string, largest: number): (number: number) => boolean {
  const ranges = set.split(',').map((range) => {
    const match = /^(\d{1,10}|\*)(?::(\d{1,10}|\*))?$/.exec(range);
    if (!match) throw new Refused('BAD not a set of numbers');
    const ends = [match[1], match[2] ?? match[1]].map((end) => (end === '*' ? largest : Number(end)));
    return [Math.min(...ends), Math.max(...ends)] as const;
  });
  return (number) => ranges.some(([from, to]) => from <= number && number <= to);
}
