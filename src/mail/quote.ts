// Where somebody else's words begin: attribution lines, quoted headers, titles of originals and forwards.
import { forwards, type Label, labels, originals, starter, wroteAtEnd, wroteBefore } from '#mail/quote-words.ts';

const longestLine = 400;

/** A line as the rules see it: bounded, without direction marks, non-breaking spaces as spaces. */
export function seen(line: string): string {
  return line
    .slice(0, longestLine)
    .replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/[\u00a0\u202f\u3000]/g, ' ');
}

/** Whether a line carries a quote mark. */
export function isQuoted(line: string): boolean {
  return /^ {0,3}[>＞]/.test(seen(line));
}

/** The line without quote marks, for looking inside. */
export function unquoted(line: string): string {
  return seen(line).replace(/^[ \t>＞|]{1,80}/, '');
}

/** "original" or "forwarded" when the line is a title that mail programs put above a quoted or forwarded mail. */
export function title(line: string): 'original' | 'forwarded' | undefined {
  const text = seen(line).trim();
  const dashed = /^[-_=*]{2,}/.test(text);
  const words = text
    .replace(/^[-_=*\s]{1,100}/, '')
    .replace(/[-_=*\s:：.]{1,100}$/, '')
    .toLowerCase();
  if (words.length < 2 || words.length > 150) return undefined;
  if (dashed && originals.has(words)) return 'original';
  if (forwards.has(words) && (dashed || /[:：]$/.test(text))) return 'forwarded';
  return dashed && /^(?:begin )?forwarded (?:message from|by|mail from)\b/.test(words) ? 'forwarded' : undefined;
}

/** A header as mail programs quote it into a text. `sure`: no pasted raw header looks like this. */
export interface QuotedHeader {
  readonly lines: number;
  readonly sure: boolean;
  readonly values: Readonly<Partial<Record<Label, string>>>;
}

const labelLine = /^[ \t]{0,4}[*_]{0,2}(\p{L}[\p{L} .'()-]{0,30}?)[ ]{0,2}[*_]{0,2}[ ]?[:：][*_]{0,2}(?:[ \t]{1,10}|$|(?=[^\s/]))(.*)$/u;

function labelOf(line: string): { label: Label | undefined; value: string; name: string } | undefined {
  const match = labelLine.exec(seen(line));
  if (!match) return undefined;
  const name = (match[1] ?? '').trim().toLowerCase();
  return { label: labels.get(name), value: (match[2] ?? '').replace(/^[*_ ]{1,3}/, '').trim(), name };
}

/** Reads a quoted header that starts at a line: From, a date, To or Subject, in any order mail programs use. `separated`: a title or rule stands above it. */
export function quotedHeader(lines: readonly string[], at: number, separated: boolean): QuotedHeader | undefined {
  const first = labelOf(lines[at] ?? '');
  if (!first?.label || first.label === 'other') return undefined;
  const values: Partial<Record<Label, string>> = {};
  const order: Label[] = [];
  let english = true;
  let end = at;
  for (let index = at; index < Math.min(lines.length, at + 40); index += 1) {
    const line = lines[index] ?? '';
    const read = labelOf(line);
    if (read?.label && !(read.label !== 'other' && order.includes(read.label))) {
      if (read.label === 'from' || read.label === 'date' || read.label === 'subject') english &&= englishNames.has(read.name);
      values[read.label] ??= read.value;
      order.push(read.label);
      end = index + 1;
    } else if (line.trim() === '') {
      // Some programs leave an empty line between the fields, never more than one.
      if (!labelOf(lines[index + 1] ?? '')?.label || (lines[index + 1] ?? '').trim() === '' || order.includes('subject')) break;
    } else if (continues(lines, index, order.length > 0)) {
      end = index + 1;
    } else if (/^[ \t]{0,4}[A-Za-z][A-Za-z0-9]{0,20}(?:-[A-Za-z0-9]{1,20}){0,5}:\s/.test(line)) {
      // Host:, MIME-Version:, Message-ID: … directly below: somebody pasted a raw header or an HTTP request.
      // In another language it is a label we do not know.
      if (!separated && english) return undefined;
      end = index + 1;
    } else break;
  }
  if (values.from === undefined || order.length < 3 || (values.to === undefined && values.subject === undefined)) {
    return separated && values.from !== undefined && order.length >= 2 ? { lines: end - at, sure: true, values } : undefined;
  }
  return { lines: end - at, sure: separated || certain(values, order, english, labelOf(lines[at + 1] ?? '')?.name), values };
}

/**
 * Whether a header in a language we have no words for may begin here: at least three labels in a row, the first with an address, a clock time
 * among the others. Doubt enough to obey nothing below.
 */
export function mayBeHeader(lines: readonly string[], at: number): boolean {
  const first = labelOf(lines[at] ?? '');
  if (!first || !/[<[(][^<>\s]{1,64}@[^<>\s]{1,120}[>\])]/.test(first.value)) return false;
  const below = [1, 2, 3].map((by) => labelOf(lines[at + by] ?? ''));
  return below[0] !== undefined && below[1] !== undefined && below.some((line) => line && /\d{1,2}[:.]\d{2}/.test(line.value));
}

const englishNames = new Set(['from', 'date', 'sent', 'subject']);

function continues(lines: readonly string[], index: number, begun: boolean): boolean {
  const line = lines[index] ?? '';
  const above = (lines[index - 1] ?? '').trimEnd();
  return begun && (/^[ \t]/.test(line) || /[,;]$/.test(above)) && above !== '';
}

// Programs that quote write "Sent:", or a date without a numeric zone below From; raw headers have neither.
function certain(values: QuotedHeader['values'], order: readonly Label[], english: boolean, second: string | undefined): boolean {
  if (values.date === undefined) return false;
  if (!english || second === 'sent') return true;
  return order[0] === 'from' && /\d/.test(values.date) && !/[+-]\d{4}\b|\bGMT$/.test(values.date);
}

/**
 * An attribution ("On …, … wrote:"). `complete`: moment and writer are there, so it is hardly a sentence; `sure`: with an address too, as programs
 * write it, so unmarked text below is a quote.
 */
export interface Attribution {
  readonly lines: number;
  readonly complete: boolean;
  readonly sure: boolean;
}

const moment = /(?:19|20)\d\d|\d{1,2}[:.h]\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|[年년]/u;
const someone = /[^\s<>()[\]"',;:]{1,64}@[^\s<>()[\]"',;:]{1,120}/u;

/** Reads an attribution that begins at this line and may be wrapped over up to four. */
export function attribution(lines: readonly string[], at: number): Attribution | undefined {
  const first = seen(lines[at] ?? '').trim();
  if (first === '') return undefined;
  let joined = '';
  for (let index = at; index < Math.min(lines.length, at + 4); index += 1) {
    const line = seen(lines[index] ?? '').trim();
    if (line === '' || isQuoted(lines[index] ?? '')) return undefined;
    joined = joined === '' ? line : `${joined} ${line}`;
    if (joined.length > 600) return undefined;
    if (!/[:：]$/.test(line)) continue;
    const read = weigh(joined, first);
    if (!read) continue;
    // Own words above an attribution are not part of it: only the shortest complete run counts.
    if (index > at && !starter.test(first) && weighedLater(lines, at + 1, index)) return undefined;
    if (index > at && !read.complete) return undefined;
    return { lines: index - at + 1, ...read };
  }
  return undefined;
}

function weighedLater(lines: readonly string[], from: number, to: number): boolean {
  const joined = lines
    .slice(from, to + 1)
    .map((line) => seen(line).trim())
    .join(' ');
  return weigh(joined, joined)?.complete ?? false;
}

function weigh(text: string, first: string): Omit<Attribution, 'lines'> | undefined {
  const dated = moment.test(text);
  const named = someone.test(text);
  const ends = wroteAtEnd.test(text);
  const verb = ends || (dated && wroteBefore.test(text));
  // A line that ends a sentence is none; dates end with a dot after a number.
  if (first !== text && /[.!?]$/.test(first) && !starter.test(first) && !/\d\.$/.test(first)) return undefined;
  const sure = dated && named && (verb || />\s?[:：]$/.test(text));
  const complete = sure || (dated && verb && starter.test(first));
  // mutt's "* Name <address> [date]:" and the like have no verb: with marked lines below they are attributions too.
  return complete || (ends && text.length < 200) || (dated && named) ? { complete, sure } : undefined;
}

/** The index of the next line with words in it, at most three empty ones further; undefined where there is none. */
export function nextSaid(lines: readonly string[], from: number): number | undefined {
  for (let index = from; index < Math.min(lines.length, from + 4); index += 1) if ((lines[index] ?? '').trim() !== '') return index;
  return undefined;
}
