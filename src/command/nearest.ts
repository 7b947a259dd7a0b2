// "Did you mean": which known word a mistyped one is nearest to.

/** The word nearest to a mistyped one, when it is near enough to be meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: { word: string; steps: number } | undefined;
  for (const candidate of known) {
    const steps = distance(word, candidate);
    if (!best || steps < best.steps) best = { word: candidate, steps };
  }
  return best && best.steps <= Math.max(1, Math.floor(best.word.length / 3)) ? best.word : undefined;
}

// Optimal string alignment: insert, remove, change, swap of neighbours.
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let steps = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps = Math.min(steps, at(i - 2, j - 2) + 1);
      const row = rows[i];
      if (row) row[j] = steps;
    }
  }
  return at(a.length, b.length);
}
