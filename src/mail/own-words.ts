// What the sender wrote now: no quotes, no signature, no forwarded mail. When unsure, fewer words and no commands.
import type { Passage } from '#mail/message.ts';
import { type Attribution, attribution, isQuoted, mayBeHeader, nextSaid, quotedHeader, seen, title, unquoted } from '#mail/quote.ts';
import { mailerLine } from '#mail/quote-words.ts';

/** A line of the sender's own. `code`: to be read, never obeyed (a code block, the HTML part, text that may be a quote). */
export interface OwnLine {
  readonly text: string;
  readonly code: boolean;
}

/** A line that looks like a command and is not obeyed, with the reason as a phrase: "in a quote". */
export interface Ignored {
  readonly line: string;
  readonly why: string;
}

export interface OwnWords {
  readonly lines: readonly OwnLine[];
  readonly ignored: readonly Ignored[];
}

const reasons = {
  quote: 'in a quote',
  forward: 'in a forwarded part',
  signature: 'below the signature delimiter',
  code: 'in a code block',
  html: 'in the HTML part',
  uncovered: 'outside the signed part',
} as const;
type Reason = keyof typeof reasons;

type Mark = { readonly keep: true; readonly obey?: Reason } | { readonly keep: false; readonly why: Reason };

const mostIgnored = 100;
// Longer mails are reports with logs; nothing beyond this is a command, and every line is looked at once.
const mostLines = 200_000;

/**
 * The sender's own words in passages of text (LF lines, NFC). With `coveredOnly`, words outside the signature are nobody's. Lines of a code block or
 * of HTML are kept to be read with `code: true`; every command-like line that must not be obeyed stands in `ignored`. Linear in the text.
 */
export function ownWords(passages: readonly Passage[], options: { coveredOnly: boolean }): OwnWords {
  const lines: OwnLine[] = [];
  const ignored: Ignored[] = [];
  let after: Reason | undefined;
  for (const passage of passages) {
    const all = passage.text.split(/\r?\n/).slice(0, mostLines);
    const outside = options.coveredOnly && !passage.covered;
    const marks = outside ? undefined : after ? undefined : marksOf(all);
    for (const [index, line] of all.entries()) {
      const mark = outside ? drop('uncovered') : (marks?.[index] ?? drop(after ?? 'quote'));
      const why = mark.keep ? (mark.obey ?? (passage.from === 'html' ? 'html' : undefined)) : passage.from === 'html' ? 'html' : mark.why;
      const asked = isCommandLike(why === undefined ? line : quoting.has(why) ? unmarked(line) : unquoted(line));
      if (why && asked && ignored.length < mostIgnored) ignored.push({ line: unquoted(line).trim().slice(0, 200), why: reasons[why] });
      // A command in HTML is not even kept to be read as a line of its own.
      if (mark.keep && !(why === 'html' && asked)) lines.push({ text: line, code: why !== undefined });
    }
    const last = marks?.at(-1);
    // A quote or forward that runs to the end of a passage goes on behind the picture or footer that interrupts it.
    if (last && !last.keep && last.why !== 'signature' && runsOn(all, marks ?? [])) after = last.why;
  }
  return { lines: trimmed(lines), ignored };
}

/** Own lines as one text. */
export function text(own: Pick<OwnWords, 'lines'>): string {
  return own.lines.map((line) => line.text).join('\n');
}

const drop = (why: Reason): Mark => ({ keep: false, why });

function isCommandLike(line: string): boolean {
  return /^\/[A-Za-z][\w-]{0,40}(?=\s|$)/.test(line);
}

const quoting: ReadonlySet<Reason> = new Set(['quote', 'forward']);

// Quote marks go, indentation stays: the commands that our letters suggest are indented, and everybody quotes those.
function unmarked(line: string): string {
  return line.replace(/^(?:> ?){1,20}/, '');
}

// Marked quotes end with their marks; an unmarked one at the end of a passage has lost its end.
function runsOn(lines: readonly string[], marks: readonly Mark[]): boolean {
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const mark = marks[index];
    if (!mark || mark.keep) return false;
    if ((lines[index] ?? '').trim() !== '') return !isQuoted(lines[index] ?? '');
  }
  return false;
}

function trimmed(lines: readonly OwnLine[]): readonly OwnLine[] {
  const said = (line: OwnLine) => line.text.trim() !== '';
  const first = lines.findIndex(said);
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex(said) + 1);
}

interface Fence {
  readonly mark: string;
  readonly end: number;
}

function marksOf(lines: readonly string[]): Mark[] {
  const marks: Mark[] = [];
  let fence: Fence | undefined;
  let doubt: Reason | undefined;
  const keep = (obey?: Reason): void => {
    const why = obey ?? doubt;
    marks.push(why ? { keep: true, obey: why } : { keep: true });
  };
  while (marks.length < lines.length) {
    const at = marks.length;
    const line = lines[at] ?? '';
    if (fence && fence.end < lines.length) {
      // An unmarked quote begins inside the fence: the quoted text may be what closed it, so nothing below is obeyed.
      const inside = foreign(lines, at);
      if (inside?.rest && inside.why !== 'signature') doubt = inside.why;
      keep('code');
      if (at >= fence.end) fence = undefined;
      continue;
    }
    const opened: Fence | undefined = fence ? undefined : opening(lines, at);
    if (opened) {
      fence = opened;
      keep('code');
      continue;
    }
    const found = foreign(lines, at);
    if (found?.rest) {
      while (marks.length < lines.length) marks.push(drop(found.why));
      break;
    }
    if (found?.unsure) doubt = 'quote';
    else if (found) {
      for (let count = 0; count < found.lines; count += 1) marks.push(drop(found.why));
      continue;
    }
    if (isMailerLine(lines, at)) marks.push(drop('signature'));
    else if (/^(?: {4}|\t| {1,3}\t)/.test(line)) keep('code');
    else keep(fence ? 'code' : undefined);
  }
  return marks;
}

function opening(lines: readonly string[], at: number): Fence | undefined {
  const mark = /^ {0,3}(`{3,20}|~{3,20})/.exec(lines[at] ?? '')?.[1];
  if (!mark) return undefined;
  const closes = new RegExp(`^ {0,3}\\${mark[0]}{${mark.length},}\\s{0,20}$`);
  for (let end = at + 1; end < lines.length; end += 1) if (closes.test((lines[end] ?? '').slice(0, 60))) return { mark, end };
  // Never closed: all below is code to us, but quotes in it are still quotes.
  return { mark, end: lines.length };
}

// "Sent from my phone" counts where a text ends, not in the middle of a report.
function isMailerLine(lines: readonly string[], at: number): boolean {
  if (!mailerLine.test(seen(lines[at] ?? '').trim())) return false;
  const next = nextSaid(lines, at + 1);
  return next === undefined || foreign(lines, next) !== undefined;
}

interface Foreign {
  readonly why: Reason;
  readonly lines: number;
  /** Everything below is foreign too. */
  readonly rest?: boolean;
  /** It may be a quote or a pasted header: keep it to be read, obey nothing below. */
  readonly unsure?: boolean;
}

function foreign(lines: readonly string[], at: number): Foreign | undefined {
  const line = lines[at] ?? '';
  if (isQuoted(line)) return { why: 'quote', lines: 1 };
  if (/^--[ \u00a0]{0,2}$/.test(line)) return { why: 'signature', lines: 1, rest: true };
  const named = title(line);
  if (named)
    return { why: named === 'forwarded' ? 'forward' : 'quote', lines: 1, rest: !quoteFollows(lines, at + 1) || named === 'forwarded' };
  if (/^\s{0,4}[_=-]{10,200}\s{0,4}$/.test(line)) return belowRule(lines, at);
  const header = /^[ \t]{0,4}[*_]{0,2}\p{L}/u.test(line) && /[:：]/.test(line.slice(0, 45)) ? quotedHeader(lines, at, false) : undefined;
  if (header) return { why: 'quote', lines: header.lines, ...(header.sure ? { rest: true } : { unsure: true }) };
  if (!header && /[:：]/.test(line.slice(0, 45)) && mayBeHeader(lines, at)) return { why: 'quote', lines: 1, unsure: true };
  const introduced = attribution(lines, at);
  if (introduced) return attributed(lines, at, introduced);
  return wrappedQuote(lines, at) ? { why: 'quote', lines: 1 } : undefined;
}

function attributed(lines: readonly string[], at: number, { lines: count, complete, sure }: Attribution): Foreign | undefined {
  if (quoteFollows(lines, at + count)) return { why: 'quote', lines: count };
  if (sure) return { why: 'quote', lines: count, rest: true };
  // "On 3 March he wrote:" may be a sentence of the report: read on, obey nothing.
  return complete ? { why: 'quote', lines: count, unsure: true } : undefined;
}

function belowRule(lines: readonly string[], at: number): Foreign | undefined {
  const next = nextSaid(lines, at + 1);
  if (next === undefined) return undefined;
  if (quotedHeader(lines, next, true)) return { why: 'quote', lines: 1, rest: true };
  const footer = lines
    .slice(next, next + 4)
    .join(' ')
    .slice(0, 1000);
  return /_{20}/.test(lines[at] ?? '') && /mailing list|unsubscribe|mailman\/listinfo/i.test(footer)
    ? { why: 'signature', lines: 1, rest: true }
    : undefined;
}

function quoteFollows(lines: readonly string[], from: number): boolean {
  const next = nextSaid(lines, from);
  return next !== undefined && isQuoted(lines[next] ?? '');
}

// A quoted line that a program wrapped leaves its end unmarked, and whoever wrote the quoted words can choose where it is cut. Only a command there
// is doubtful: text may be an answer. An empty line between quote and command ends the doubt.
function wrappedQuote(lines: readonly string[], at: number): boolean {
  const above = lines[at - 1] ?? '';
  return at > 0 && isCommandLike(lines[at] ?? '') && isQuoted(above) && above.trimEnd().length >= 60;
}
