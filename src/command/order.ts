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

const commandLine = /^\/([a-z][a-z-]{0,30})(?:\s+(.{0,2000}))?$/;

/** Whether a line looks like a command: a slash at its start and a word; `/etc/passwd` is none. */
export function looksLikeCommand(line: string): boolean {
  return commandLine.test(line.trimEnd());
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
    const match = line.code ? null : commandLine.exec(line.text.trimEnd());
    if (!match?.[1] || match[1] === 'end') {
      remarks.push(line.text);
      continue;
    }
    const order = { line: line.text.trim(), word: match[1], rest: (match[2] ?? '').trim() };
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
