// Compares the letters that left with those a story expects: line by line, `*` and `?` as wildcards, `*` alone for any lines.
import { headAndBody } from '#test/story/script.ts';
import { people, type Received } from '#test/town.ts';

/** One letter a story expects. */
export interface Expected {
  readonly to: string;
  readonly head: ReadonlyMap<string, string>;
  readonly lines: readonly string[];
}

const separator = /^={5,}$/m;
const knownHead = new Set(['to', 'kind', 'subject', 'sealed', 'never', 'header', 'attached']);

/** Reads an expectation: letters parted by a line of `=====`; `To` may name several, who each get one. */
export function expectations(text: string): Expected[] {
  return text.split(separator).flatMap((part) => {
    const { head, body } = headAndBody(part.trim());
    const odd = [...head.keys()].filter((name) => !knownHead.has(name));
    if (odd.length > 0 || !head.has('to') || !head.has('kind'))
      throw new Error(`an expected letter says To and Kind, not ${odd.join(', ')}`);
    const lines = body.trim() === '' ? ['*'] : body.trim().split('\n');
    return (head.get('to') ?? '').split(/,\s*/).map((to) => ({ to: addressOf(to), head, lines }));
  });
}

/** The address of somebody of the town, or the address itself. */
export function addressOf(name: string): string {
  return (people as Readonly<Record<string, string>>)[name] ?? name;
}

/** What was expected and did not leave, with the nearest letter beside it; and what left though nobody expected it. */
export function compare(expected: readonly Expected[], received: readonly Received[]): { complaints: string[]; left: Received[] } {
  const left = [...received];
  const complaints: string[] = [];
  for (const one of expected) {
    const tries = left.map((letter) => ({ letter, wrong: differences(one, letter) }));
    const fits = tries.find(({ wrong }) => wrong.length === 0);
    if (fits) {
      left.splice(left.indexOf(fits.letter), 1);
      continue;
    }
    const near = tries
      .filter(({ letter }) => letter.to === one.to)
      .sort((a, b) => Number(b.letter.kind === one.head.get('kind')) - Number(a.letter.kind === one.head.get('kind')))[0];
    const beside = near
      ? `the nearest that left:\n${indent(near.wrong.join('\n'))}\n${indent(show(near.letter))}`
      : 'nothing left for them.';
    complaints.push(`MISSING: ${one.head.get('kind')} to ${one.to}; ${beside}`);
  }
  return { complaints, left };
}

/** A letter for a failure's message. */
export function show(letter: Received): string {
  return `[${letter.kind}] to ${letter.to}${letter.sealed ? ', sealed' : ''}\nSubject: ${letter.subject}\n\n${letter.text.trim()}`;
}

function differences({ to, head, lines }: Expected, letter: Received): string[] {
  const wrong: string[] = [];
  const check = (name: string, has: string) => {
    const wants = head.get(name);
    if (wants !== undefined && !wildcard(wants).test(has)) wrong.push(`- ${name}: ${wants}\n+ ${name}: ${has}`);
  };
  if (to !== letter.to) wrong.push(`- to: ${to}\n+ to: ${letter.to}`);
  check('kind', letter.kind);
  check('subject', letter.subject);
  check('sealed', letter.sealed ? 'yes' : 'no');
  check('attached', letter.opened.attachments.map(({ filename }) => filename).join(', '));
  const header = head.get('header');
  if (header !== undefined && !headerLines(letter).some((line) => wildcard(header).test(line)))
    wrong.push(`- header ${header}\n+ (there is none)`);
  for (const word of head.get('never')?.split(/,\s*/) ?? []) {
    if (letter.text.includes(word) || letter.subject.includes(word)) wrong.push(`- (never "${word}")\n+ it stands there`);
  }
  const stops = firstMisfit(lines, letter.text.trimEnd().split('\n'));
  if (stops !== undefined) wrong.push(`- ${stops}\n+ (no such line where it should stand)`);
  return wrong;
}

function headerLines(letter: Received): string[] {
  const outer = letter.opened.message.fields.map(({ name, value }) => `${name}: ${value.trim()}`);
  return [...outer, ...letter.opened.protectedFields.map(({ name, value }) => `${name}: ${value.trim()}`)];
}

/** The first expected line that does not fit, or undefined. `*` alone stands for any number of lines, also none. */
function firstMisfit(patterns: readonly string[], lines: readonly string[]): string | undefined {
  let at = 0;
  let skip = false;
  for (const pattern of patterns) {
    if (pattern.trim() === '*') {
      skip = true;
      continue;
    }
    const test = wildcard(pattern.trim());
    let taken = linesTaken(test, lines, at);
    while (skip && taken === 0 && at < lines.length) taken = linesTaken(test, lines, ++at);
    if (taken === 0) return pattern;
    at += taken;
    skip = false;
  }
  return skip || at >= lines.length ? undefined : `(the end), before "${lines[at]}"`;
}

const longestWrap = 5;

// Letters are wrapped: a line of the story may be several of the letter.
function linesTaken(test: RegExp, lines: readonly string[], at: number): number {
  for (let count = 1; count <= longestWrap && at + count <= lines.length; count += 1) {
    const line = lines.slice(at, at + count).map((one) => one.trim());
    if (test.test(line.join(' '))) return count;
  }
  return 0;
}

/** A pattern of a whole line: `*` any characters, `?` any one. */
export function wildcard(pattern: string): RegExp {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, 'su');
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}
