// How the text of a letter lies on the page: our own sentences wrapped, other people's lines exactly as they are.

/** Stands at the place of an exact line inside a filled template. Facts are cleaned of controls, so none can hold it. */
const exactMark = '\u0001';
const width = 76;

/** Marks a line as not to be wrapped. */
export function exact(line: string): string {
  return `${exactMark}${line}`;
}

/** Several lines, none to be wrapped. */
export function block(text: string): string {
  return trimEnds(text).split('\n').map(exact).join('\n');
}

/** Several lines under the line before them, none to be wrapped. */
export function hung(text: string): string {
  return trimEnds(text)
    .split('\n')
    .map((line) => exact(line === '' ? '' : `      ${line}`))
    .join('\n');
}

/** Several lines behind a bar: whatever they say, they cannot pass for the letter's own words, and none begins with "/". */
export function barred(text: string): string {
  return trimEnds(text)
    .split('\n')
    .map((line) => exact(line === '' ? '|' : `| ${line}`))
    .join('\n');
}

/** Several lines between two rules longer than any in the text, to be copied from there. */
export function fenced(text: string): string {
  const longest = (text.match(/={10,}/g) ?? []).reduce((most, rule) => Math.max(most, rule.length), 0);
  const rule = '='.repeat(Math.max(40, longest + 1));
  return [rule, ...trimEnds(text).split('\n'), rule].map(exact).join('\n');
}

// Two linear walks instead of one pattern: /\s+$/ is quadratic on a long run of spaces that ends in something else.
function trimEnds(text: string): string {
  return text.trimEnd().replace(/^\n+/, '');
}

/**
 * Lays out a filled template: wraps our lines at 76 characters, keeps exact ones, allows one empty line at a time between ours.
 * `commandsMatter`: the reader may answer with commands, so no line but an indented one may begin with "/".
 */
export function layOut(filled: string, commandsMatter: boolean): string {
  const lines: string[] = [];
  for (const raw of filled.split('\n')) {
    const isExact = raw.includes(exactMark);
    const whole = isExact ? [raw.replaceAll(exactMark, '')] : wrapped(raw.trimEnd());
    if (!isExact && raw.trim() === '' && lines.at(-1) === '') continue;
    lines.push(...(commandsMatter ? whole.map((line) => (line.startsWith('/') ? ` ${line}` : line)) : whole));
  }
  // Not trim(): the space that keeps the first line from being a command stays.
  return `${trimEnds(lines.join('\n'))}\n`;
}

/** One line of ours as lines of at most 76 characters, broken at spaces; what follows hangs under the first word. */
function wrapped(line: string): string[] {
  if (line.length <= width) return [line];
  const lead = /^ {0,12}(?:- )?/.exec(line)?.[0] ?? '';
  const hang = ' '.repeat(lead.length);
  const lines: string[] = [];
  let current = lead;
  let started = false;
  for (const word of line.slice(lead.length).split(' ')) {
    if (word === '') continue;
    // A word with "/" in front never starts a line: in our own sentences it would read as a command.
    if (started && current.length + 1 + word.length > width && !word.startsWith('/')) {
      lines.push(current);
      current = `${hang}${word}`;
      continue;
    }
    current += started ? ` ${word}` : word;
    started = true;
  }
  return [...lines, current];
}
