// A mistake of a config: where it stands and, in a sentence, what was wrong and what would be right.

/** One mistake. `file` is relative to the config folder, `path` names the setting ("mailbox.port"), `line` counts from 1. */
export interface Mistake {
  readonly file: string;
  readonly path: string;
  readonly line?: number;
  readonly message: string;
}

/** A mistake on one line: `teams/security/team.yaml:4: mailbox.port: expected a whole number, found the text "imap".` */
export function mistakeLine({ file, path, line, message }: Mistake): string {
  return `${file}${line === undefined ? '' : `:${line}`}: ${path === '' ? '' : `${path}: `}${message}`;
}

/** Every mistake once, by file and line. */
export function inOrder(mistakes: readonly Mistake[]): Mistake[] {
  const once = new Map(mistakes.map((mistake) => [mistakeLine(mistake), mistake]));
  const order = (left: Mistake, right: Mistake) =>
    left.file === right.file ? (left.line ?? 0) - (right.line ?? 0) : left.file < right.file ? -1 : 1;
  return [...once.values()].sort(order);
}

/** The word of `known` that somebody who wrote `word` most likely meant; undefined when none is near. Both are cut at 60 characters. */
export function meant(word: string, known: readonly string[]): string | undefined {
  const wanted = word.slice(0, 60).toLowerCase();
  const near = known
    .map((candidate) => ({ candidate, steps: distance(wanted, candidate.slice(0, 60).toLowerCase()) }))
    .sort((left, right) => left.steps - right.steps)[0];
  return near && near.steps <= Math.max(1, Math.floor(wanted.length / 3)) ? near.candidate : undefined;
}

/** Steps between two words: a letter more, less, other, or swapped with its neighbour. */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const other = from[row - 1] === to[column - 1] ? 0 : 1;
      let steps = Math.min((last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + other);
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1])
        steps = Math.min(steps, (before[column - 2] ?? 0) + 1);
      next.push(steps);
    }
    before = last;
    last = next;
  }
  return last[to.length] ?? 0;
}
