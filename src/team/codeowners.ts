// CODEOWNERS as a text: the last line whose pattern fits a path names its owners.

/** The owners of a path as the file writes them ("@octocat", "@org/team", "owner@example.org"), and the number of the line. */
export interface CodeOwners {
  readonly line: number;
  readonly owners: readonly string[];
}

const mostLines = 20_000;

/**
 * The last line of the file that fits the path, which is relative to the repository; undefined when none does. Negations and character ranges
 * do not exist in this syntax; a line with them never fits.
 */
export function codeOwnersOf(text: string, path: string): CodeOwners | undefined {
  const lines = text.split(/\r?\n/, mostLines);
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const [pattern, ...owners] = wordsOf(lines[index] ?? '');
    if (pattern !== undefined && fitsPattern(pattern, path)) return { line: index + 1, owners: owners.filter(isOwner).slice(0, 100) };
  }
  return undefined;
}

// A blank in a name is written with a backslash before it; a "#" that begins a word begins a comment.
function wordsOf(line: string): string[] {
  const words: string[] = [];
  let word = '';
  const bare = line.trim();
  for (let index = 0; index < bare.length; index += 1) {
    const character = bare[index] ?? '';
    const next = bare[index + 1];
    if (character === '\\' && (next === ' ' || next === '#')) {
      word += next;
      index += 1;
    } else if (character === '#' && word === '') break;
    else if (character === ' ' || character === '\t') {
      if (word !== '') words.push(word);
      word = '';
    } else word += character;
  }
  return word === '' ? words : [...words, word];
}

function isOwner(word: string): boolean {
  return /^@[A-Za-z0-9][\w.-]{0,99}(?:\/[\w.-]{1,100})?$/.test(word) || /^[^@\s]{1,100}@[^@\s]{1,150}$/.test(word);
}

/** Whether a pattern fits a path: a name alone fits at any depth, a folder fits all that lies in it, "folder/*" only what lies directly there. */
function fitsPattern(pattern: string, path: string): boolean {
  if (pattern.startsWith('!') || pattern.includes('[') || pattern.length > 500) return false;
  const given = pattern.replace(/^\//, '').replace(/\/$/, '/**').split('/');
  const alone = !pattern.replace(/\/$/, '').includes('/');
  const segments = alone && given[0] !== '**' ? ['**', ...given] : given;
  const whole = segments.at(-1) === '*' && !alone;
  const names = path.split('/').filter((name) => name !== '');
  return reach(segments, names).some((at) => at === names.length || (at > 0 && !whole && segments.at(-1) !== '**'));
}

/** How many of the names the segments can take, every way: walked from the left with the set of places reached so far. */
function reach(segments: readonly string[], names: readonly string[]): number[] {
  let places = new Set([0]);
  for (const segment of segments) {
    const next = new Set<number>();
    for (const place of places) {
      const name = names[place];
      if (segment === '**') {
        for (let end = place; end <= names.length; end += 1) next.add(end);
      } else if (name !== undefined && fitsName(segment, name)) next.add(place + 1);
    }
    places = next;
  }
  return [...places];
}

/** Whether one name fits one segment, where "*" is any run of characters and "?" is one. */
function fitsName(segment: string, name: string): boolean {
  let places = new Set([0]);
  for (const character of segment) {
    const next = new Set<number>();
    for (const place of places) {
      if (character === '*') for (let end = place; end <= name.length; end += 1) next.add(end);
      else if (place < name.length && (character === '?' || character === name[place])) next.add(place + 1);
    }
    places = next;
  }
  return places.has(name.length);
}
