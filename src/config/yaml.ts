// One YAML file of an operator: its value, the line of each setting, and its syntax errors in our words, which never repeat a secret.
import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Mistake } from '#config/mistake.ts';

/** A file that was read. `value` is plain data; an empty file is an empty mapping. */
export interface YamlFile {
  readonly file: string;
  readonly value: unknown;
  /** The line where a path, or the nearest thing above it, stands; counts from 1. */
  lineOf(path: readonly PropertyKey[]): number | undefined;
  /** Whether the file says something at this path. */
  has(path: readonly PropertyKey[]): boolean;
}

/** The largest file that is read, in characters. */
const largest = 2_000_000;

/** Reads the text of a file as YAML 1.2; `file` is its name in mistakes. */
export function readYaml(file: string, text: string): YamlFile | { mistakes: Mistake[] } {
  if (text.length > largest)
    return { mistakes: [{ file, path: '', message: `the file has more than ${largest} characters; that is no config.` }] };
  const lines = new LineCounter();
  const document = parseDocument(text, { version: '1.2', lineCounter: lines, prettyErrors: false, strict: true, uniqueKeys: true });
  const errors = [...document.errors, ...document.warnings];
  if (errors.length > 0) {
    const mistakes = errors.slice(0, 20).map(({ code, pos }) => {
      const atEnd = text.slice(pos[0]).trim() === '' && code === 'MISSING_CHAR';
      const said = atEnd ? unclosed : (wording[code] ?? 'the YAML cannot be read here.');
      const key =
        code === 'DUPLICATE_KEY' ? /^["']?([A-Za-z][\w-]{0,40})["']?\s{0,8}:/.exec(text.slice(pos[0], pos[0] + 60))?.[1] : undefined;
      return {
        file,
        path: '',
        line: lines.linePos(pos[0]).line,
        message: key ? `the key "${key}" stands twice in one mapping; keep one of them.` : said,
      };
    });
    return { mistakes };
  }
  const root = document.contents;
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 50 }) ?? {};
  } catch {
    return { mistakes: [{ file, path: '', message: 'the file uses YAML aliases ("*name") too often or wrongly; write the values out.' }] };
  }
  const find = (path: readonly PropertyKey[]) => nodeAt(root, path);
  return {
    file,
    value,
    lineOf(path) {
      for (let length = path.length; length >= 0; length -= 1) {
        const start = find(path.slice(0, length))?.start;
        if (start !== undefined) return lines.linePos(start).line;
      }
      return undefined;
    },
    has: (path) => find(path) !== undefined,
  };
}

/** Where a path begins in the text: at the key for a mapping's entry. */
function nodeAt(root: Node | null, path: readonly PropertyKey[]): { start: number | undefined } | undefined {
  let node: unknown = root;
  let start = root?.range?.[0];
  for (const step of path) {
    if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      if (node === undefined) return undefined;
      start = (node as Node | null)?.range?.[0];
    } else if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step));
      if (!pair) return undefined;
      node = pair.value;
      start = (pair.key as Node).range?.[0];
    } else return undefined;
  }
  return { start };
}

const unclosed = 'the file ends, and something that was opened further up is not closed: a quote, "[" or "{".';

/** The library's messages quote the text of the file, which may hold a secret: each error gets a sentence of ours. */
const wording: Readonly<Record<string, string>> = {
  ALIAS_PROPS: 'an alias ("*name") cannot have an anchor or a tag.',
  BAD_ALIAS: 'an alias ("*name") is not written right; a text that begins with "*" needs quotes.',
  BAD_COLLECTION_TYPE: 'a tag does not fit the value behind it; leave the tag away.',
  BAD_DIRECTIVE: 'a line that begins with "%" is not understood; a text that begins with "%" needs quotes.',
  BAD_DQ_ESCAPE: 'a "\\" in a text in double quotes is not understood; use single quotes, or write "\\\\".',
  BAD_INDENT: 'the indentation does not fit the lines above; entries of one mapping or list begin in the same column.',
  BAD_PROP_ORDER: 'an anchor or a tag stands in the wrong place.',
  BAD_SCALAR_START: 'a text cannot begin with this character; put it in quotes.',
  BLOCK_AS_IMPLICIT_KEY:
    'a mapping stands where a value was expected; a text with ": " in it needs quotes, a mapping begins on a line of its own.',
  BLOCK_IN_FLOW: 'a list or mapping in lines cannot stand between "{ }" or "[ ]".',
  DUPLICATE_KEY: 'a key stands twice in one mapping; keep one of them.',
  KEY_OVER_1024_CHARS: 'a key has more than 1024 characters; is a quote missing?',
  MISSING_CHAR: 'something is missing here: a ":" behind a key, a closing quote, "]" or "}".',
  MULTILINE_IMPLICIT_KEY: 'a key goes over several lines; is a ":" missing?',
  MULTIPLE_ANCHORS: 'a value can have one anchor ("&name") only.',
  MULTIPLE_DOCS: 'the file holds several YAML documents ("---"); one is expected.',
  MULTIPLE_TAGS: 'a value can have one tag only.',
  TAB_AS_INDENT: 'a tab is used for indentation; YAML wants spaces.',
  TAG_RESOLVE_FAILED: 'the tag ("!…") is not known; leave it away.',
  UNEXPECTED_TOKEN: 'something stands here that YAML does not expect; is a quote, a comma or a line end missing before it?',
};
