// Finds the commands in a mail's own words: one line each, with long text up to /end. No meaning yet.
import type { OwnLine } from '#mail/own-words.ts';

/** A command line as it stands, and the long text that follows it, if any. */
export interface Order {
  readonly line: string;
  readonly word: string;
  readonly rest: string;
  /** The lines between the command and `/end`. */
  readonly block?: string;
  /** A block was begun and never ended. */
  readonly unended?: true;
}

/** How much of a line is said again in the answer to it. */
const longestShown = 2000;

// Any letter of any script: whoever writes /Accept, or an "a" that is no a, is told that there is no such command.
const head = /^\/(\p{L}[\p{L}-]{0,30})(?=\s|$)/u;

/** Whether a line looks like a command: a slash at its start and a word; `/etc/passwd` is none. */
export function looksLikeCommand(line: string): boolean {
  return head.test(line);
}

/**
 * Splits own words into orders and the rest. `takesText` says which words may be followed by a block: for those, when the line itself has
 * no text, the lines up to `/end` belong to the command and none of them is a command.
 */
export function ordersIn(
  lines: readonly OwnLine[],
  takesText: (word: string, rest: string) => boolean,
): { orders: Order[]; remarks: string } {
  const orders: Order[] = [];
  const remarks: string[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (!line) continue;
    const [slashed = '', word = 'end'] = (line.code ? null : head.exec(line.text)) ?? [];
    if (word === 'end') {
      remarks.push(line.text);
      continue;
    }
    const order = { line: line.text.trim().slice(0, longestShown), word, rest: line.text.slice(slashed.length).trim() };
    if (!takesText(order.word, order.rest)) {
      orders.push(order);
      continue;
    }
    const end = lines.findIndex((later, position) => position > index && later.text.trim() === '/end');
    const next = lines.findIndex((later, position) => position > index && !later.code && looksLikeCommand(later.text));
    if (end === -1) {
      const followed = lines.slice(index + 1, next === -1 ? undefined : next).some((later) => later.text.trim() !== '');
      orders.push(followed ? { ...order, unended: true } : order);
      continue;
    }
    if (next < end && next !== -1 && lines.slice(index + 1, next).every((later) => later.text.trim() === '')) {
      orders.push(order);
      continue;
    }
    orders.push({
      ...order,
      block: lines
        .slice(index + 1, end)
        .map((later) => later.text)
        .join('\n')
        .trim(),
    });
    index = end;
  }
  return { orders, remarks: remarks.join('\n').trim() };
}
