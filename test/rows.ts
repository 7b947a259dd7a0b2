// The rows of the four processes, the tests that name them, and the page that says for each row where it is shown.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as ts from 'typescript';
import { parse } from 'yaml';

/** Ids with a number from one to another, both included: "S1-07", "S1-08" … */
function numbered(process: string, from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `${process}-${String(from + index).padStart(2, '0')}`);
}

/** Every row that the page answers for, in no order: the incident commander to severity, roles to the catalogue, and two whole processes. */
export const rows: ReadonlySet<string> = new Set([
  ...numbered('S1', 32, 105),
  ...numbered('S2', 21, 68),
  'S2-30b',
  ...[...'abcdefghijklmnopqrstu'].map((letter) => `S2-69${letter}`),
  ...numbered('S2', 70, 105),
  ...numbered('S3', 1, 41),
  ...numbered('S4', 1, 49),
]);

/** A test that names rows: `file` is a test file with the title of a test in it, or the folder of a story without one. */
export interface Shown {
  readonly file: string;
  readonly title?: string;
  readonly rows: readonly string[];
}

/** The rows that a text names, with those between in "S1-99 to S1-103" and "S2-70..S2-105". */
export function rowsIn(text: string): string[] {
  const found = new Set<string>();
  for (const [, process = '', first = '', last = ''] of text.matchAll(/\b(S[1-4])-(\d{2,3})(?: to |\.\.|–)(?:\1-)(\d{2,3})\b/g))
    for (const id of numbered(process, Number(first), Number(last))) found.add(id);
  for (const [id] of text.matchAll(/\bS[1-4]-\d{2,3}[a-z]?\b/g)) found.add(id);
  return [...found];
}

/** Every test and story under test/ that names a row, in the order of their files. */
export function shownRows(): Shown[] {
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' }).sort();
  const tests = files.filter((file) => file.endsWith('.test.ts')).flatMap((file) => inTests(`test/${file}`));
  const stories = files.filter((file) => /^stories\/[^/]+\/00-story\.yaml$/.test(file)).map((file) => inStory(`test/${file}`));
  return [...stories, ...tests].filter((shown) => shown.rows.length > 0);
}

function inStory(file: string): Shown {
  const { proves } = parse(readFileSync(file, 'utf8')) as { proves: string };
  return { file: file.replace(/\/00-story\.yaml$/, ''), rows: rowsIn(proves) };
}

function inTests(file: string): Shown[] {
  const text = readFileSync(file, 'utf8');
  if (!/\bS[1-4]-\d\d/.test(text)) return [];
  return testsOf(file, text).map(({ title, around }) => ({ file, title, rows: rowsIn(`${around} ${title}`) }));
}

/** The titles of all tests of a file, tables told row by row; `around` are the titles of the groups a test stands in. */
function testsOf(file: string, text: string): { title: string; around: string }[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: { title: string; around: string }[] = [];
  const look = (node: ts.Node, around: string): void => {
    let inside = around;
    if (ts.isCallExpression(node)) {
      const called = node.expression.getText(source);
      const title = node.arguments[0] && wordsOf(node.arguments[0]);
      if (title !== undefined && /^(?:test|it)\b/.test(called))
        for (const each of told(title, node.expression, source)) found.push({ title: each, around });
      else if (title !== undefined && /^describe\b/.test(called)) inside = `${around} ${title}`;
    }
    // Tables of commands call their title `it`.
    if (ts.isPropertyAssignment(node) && node.name.getText(source) === 'it') {
      const title = wordsOf(node.initializer);
      if (title !== undefined) found.push({ title, around });
    }
    ts.forEachChild(node, (child) => look(child, inside));
  };
  look(source, '');
  return found;
}

function wordsOf(node: ts.Node): string | undefined {
  return ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** A title as often as its table has rows, with the first word of each; once where there is no table. */
function told(title: string, callee: ts.Expression, source: ts.SourceFile): string[] {
  const table = ts.isCallExpression(callee) ? callee.arguments[0] : undefined;
  const list = table && listOf(table, source);
  if (!list || !title.includes('%s')) return [title];
  const heads = list.elements.flatMap((row) => {
    const head = ts.isArrayLiteralExpression(row) ? row.elements[0] : row;
    const words = head && wordsOf(head);
    return words === undefined ? [] : [title.replace('%s', words)];
  });
  return heads.length > 0 ? heads : [title];
}

function listOf(node: ts.Node, source: ts.SourceFile): ts.ArrayLiteralExpression | undefined {
  if (ts.isArrayLiteralExpression(node)) return node;
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return listOf(node.expression, source);
  if (!ts.isIdentifier(node)) return undefined;
  for (const statement of source.statements)
    if (ts.isVariableStatement(statement))
      for (const { name, initializer } of statement.declarationList.declarations)
        if (initializer && name.getText(source) === node.text) return listOf(initializer, source);
  return undefined;
}

/** A line of the page: a row, what it asks, and where it is shown or why not. */
export interface Line {
  readonly row: string;
  readonly asks: string;
  readonly where: string;
}

const lineOf = /^\| (S[1-4]-\S+) \| ([^|]*) \| (.*) \|$/;

/** The lines of the page, in its order. */
export function linesOf(page: string): Line[] {
  return page.split('\n').flatMap((text) => {
    const [, row, asks, where] = lineOf.exec(text) ?? [];
    return row !== undefined && asks !== undefined && where !== undefined ? [{ row, asks, where }] : [];
  });
}

/** What a line of the page points to: files of tests with titles, folders of stories. */
function pointersOf({ where }: Line): { file: string; title?: string }[] {
  return [...where.matchAll(/`([^`]+)`/g)].map(([, pointer = '']) => {
    const [file = '', ...title] = pointer.replaceAll('\\|', '|').split(' › ');
    return title.length > 0 ? { file, title: title.join(' › ') } : { file };
  });
}

/** How a line is answered. */
export function answerOf({ where }: Line): 'shown' | 'judgement' | 'not built' {
  return where.startsWith('judgement: ') ? 'judgement' : where.startsWith('not built: ') ? 'not built' : 'shown';
}

/** The sentence of the page's head that counts its lines. */
export function counted(lines: readonly Line[]): string {
  const count = (answer: ReturnType<typeof answerOf>) => lines.filter((line) => answerOf(line) === answer).length;
  return `**${lines.length} rows: ${count('shown')} shown by tests, ${count('judgement')} a person's judgement, ${count('not built')} not built.**`;
}

/** Everything that is wrong with the page, sorted; a pointer holds when its test is there and names the row, or one that the row is like. */
export function complaintsAbout(page: string, shown: readonly Shown[]): string[] {
  const lines = linesOf(page);
  const times = new Map<string, number>();
  for (const { row } of lines) times.set(row, (times.get(row) ?? 0) + 1);
  const found = [...rows].filter((row) => !times.has(row)).map((row) => `${row} is missing`);
  for (const [row, count] of times) {
    if (!rows.has(row)) found.push(`${row} is no row of the processes`);
    if (count > 1) found.push(`${row} stands ${count} times`);
  }
  for (const line of lines) found.push(...complaintsAboutLine(line, shown));
  if (!page.includes(counted(lines))) found.push(`the head does not say ${counted(lines)}`);
  return found.sort();
}

function complaintsAboutLine(line: Line, shown: readonly Shown[]): string[] {
  if (answerOf(line) !== 'shown') return /: .{20}/.test(line.where) ? [] : [`${line.row} is not shown and does not say why`];
  const pointers = pointersOf(line);
  const meant = [line.row, ...rowsIn(line.asks)];
  return [
    ...(pointers.length === 0 ? [`${line.row} points nowhere`] : []),
    ...pointers.flatMap(({ file, title }) => {
      const name = `${line.row}: ${file}${title === undefined ? '' : ` › ${title}`}`;
      if (!existsSync(file)) return [`${name} is not there`];
      const tests = shown.filter((one) => one.file === file && one.title === title);
      if (tests.length === 0) return [`${name} has no such test, or it names no row`];
      return tests.some((one) => one.rows.some((row) => meant.includes(row))) ? [] : [`${name} does not name the row`];
    }),
  ];
}

// What moves real mail comes first; what is looked at piece by piece last.
const rank = ['test/stories', 'test/office', 'test/daemon', 'test/command', 'test/incident', 'test/letter', 'test/team', 'test/store'];

/** The page with its pointers set anew by the tests that name each row; a judgement stays, and so does a reason where no test was found. */
export function filled(page: string, shown: readonly Shown[]): string {
  const text = page
    .split('\n')
    .map((whole) => {
      const [line] = linesOf(whole);
      if (!line || answerOf(line) === 'judgement') return whole;
      const where = bestOf(line, shown).map(
        ({ file, title }) => `\`${file}${title === undefined ? '' : ` › ${title.replaceAll('|', '\\|')}`}\``,
      );
      const reason = answerOf(line) === 'not built' ? line.where : 'not built: no test names this row yet';
      return `| ${line.row} | ${line.asks} | ${where.length > 0 ? where.join('<br>') : reason} |`;
    })
    .join('\n');
  return text.replace(/^\*\*\d+ rows: .*\*\*$/m, counted(linesOf(text)));
}

function bestOf(line: Line, shown: readonly Shown[]): Shown[] {
  const usable = shown.filter(({ title = '' }) => !/[`\n]/.test(title) && !title.includes('%'));
  const naming = (row: string) => sorted(usable.filter((one) => one.rows.includes(row)));
  // That a policy says it is shown beside what comes of it, not in its place.
  const own = naming(line.row).filter(({ file }) => !file.startsWith('test/config'));
  const like = rowsIn(line.asks).flatMap((row) => naming(row).slice(0, 1));
  const said = naming(line.row).filter(({ file }) => file.startsWith('test/config'));
  return [...new Set([...own.slice(0, 3), ...like, ...said.slice(0, 1)])].slice(0, 4);
}

function sorted(list: readonly Shown[]): Shown[] {
  const place = ({ file }: Shown) => {
    const at = rank.findIndex((folder) => file.startsWith(folder));
    return at < 0 ? rank.length : at;
  };
  return list.toSorted((one, other) => place(one) - place(other));
}
