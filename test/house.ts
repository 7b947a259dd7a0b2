// The rules of the house as functions over files: floors, purity, first lines, size, names, and lists that agree with folders.
import * as ts from 'typescript';

/** Files by path from the root of the project: "src/time.ts" -> its text. */
export type Files = ReadonlyMap<string, string>;

/** A rule that is broken: "src/x.ts:12 floors: …". */
export type Complaint = string;

/** From the ground up: a room imports from the floors below it and from itself, never from a neighbour. */
const floors: readonly (readonly string[])[] = [
  ['time', 'fault'],
  ['mail'],
  ['team'],
  ['incident', 'distributor'],
  ['command', 'letter', 'advisory'],
  ['log'],
  ['pgp', 'post', 'store'],
  ['office'],
  ['intake', 'dispatch', 'watch', 'config'],
  ['daemon'],
  ['cli', 'main'],
];
const pureFloors = 5;
const wall = 300;

/** Everything that is wrong with these files, sorted. */
export function inspect(files: Files): Complaint[] {
  const found = [...files].flatMap(([path, text]) => (path.endsWith('.ts') ? inFile(path, text) : []));
  return [...found, ...commandsAgree(files), ...lettersAgree(files)].sort();
}

const known = new Map<string, { text: string; found: Complaint[] }>();

// The tests look at the same few hundred files again and again.
function inFile(path: string, text: string): Complaint[] {
  const before = known.get(path);
  if (before?.text === text) return before.found;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const everywhere = [...firstLine(path, text), ...size(path, text), ...code(path, source)];
  const inSource = path.startsWith('src/') ? [...imports(path, source), ...purity(path, source), ...names(path, source)] : [];
  const found = [...everywhere, ...inSource];
  known.set(path, { text, found });
  return found;
}

/** The floor of a room, or undefined for a room nobody knows. */
function floorOf(room: string): number | undefined {
  const floor = floors.findIndex((rooms) => rooms.includes(room));
  return floor < 0 ? undefined : floor;
}

function roomOf(path: string): string {
  return (
    path
      .replace(/^src\//, '')
      .replace(/\.ts$/, '')
      .split('/', 1)[0] ?? ''
  );
}

function firstLine(path: string, text: string): Complaint[] {
  return /^(?:#!.{1,60}\n)?\/\/ \S.{15,}/.test(text) ? [] : [`${path}:1 first line: says what the file is for, in a comment`];
}

function size(path: string, text: string): Complaint[] {
  const lines = text.trimEnd().split('\n').length;
  return lines > wall ? [`${path}:${lines} size: ${lines} lines, the wall is ${wall}`] : [];
}

function code(path: string, source: ts.SourceFile): Complaint[] {
  const found: Complaint[] = [];
  for (const { name, at } of importsOf(source)) {
    if (name.includes('../')) found.push(`${path}:${at} imports: "${name}" climbs; write #room/file.ts`);
    // The bench has no name of its own among the imports of package.json.
    else if (name.startsWith('.') && !path.startsWith('bench/'))
      found.push(`${path}:${at} imports: "${name}" is relative; write #room/file.ts`);
  }
  walk(source, (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) found.push(`${path}:${lineOf(node)} types: any`);
    if (ts.isNonNullExpression(node)) found.push(`${path}:${lineOf(node)} types: an assertion that something is not null`);
    if (ts.isExportAssignment(node)) found.push(`${path}:${lineOf(node)} exports: a default export`);
  });
  return path.endsWith('.config.ts') ? found.filter((complaint) => !complaint.includes('default export')) : found;
}

function imports(path: string, source: ts.SourceFile): Complaint[] {
  const room = roomOf(path);
  const floor = floorOf(room);
  if (floor === undefined) return [`${path}:1 floors: the room "${room}" stands on no floor`];
  return importsOf(source).flatMap(({ name, at }) => {
    if (!name.startsWith('#')) return [];
    const other = roomOf(name.slice(1));
    const below = floorOf(other);
    if (below === undefined) return [`${path}:${at} floors: imports "${name}", which is no room of src`];
    return other === room || below < floor ? [] : [`${path}:${at} floors: ${room} (${floor}) imports ${other} (${below})`];
  });
}

const effects = new Set(['console', 'process', 'fetch', 'setTimeout', 'setInterval', 'setImmediate', 'globalThis', 'performance']);

function purity(path: string, source: ts.SourceFile): Complaint[] {
  if ((floorOf(roomOf(path)) ?? pureFloors) >= pureFloors) return [];
  const found: Complaint[] = [];
  const wrong = (node: ts.Node, what: string) => found.push(`${path}:${lineOf(node)} purity: ${what}`);
  for (const { name, at, node } of importsOf(source)) {
    if (name.startsWith('node:') && !(roomOf(path) === 'mail' && onlyCreateHash(name, node))) found.push(`${path}:${at} purity: ${name}`);
  }
  walk(source, (node) => {
    if (ts.isPropertyAccessExpression(node) && ['Date.now', 'Math.random'].includes(node.getText())) wrong(node, node.getText());
    if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length)
      wrong(node, 'new Date() reads a clock');
    if (ts.isCallExpression(node) && node.expression.getText() === 'Date') wrong(node, 'Date() reads a clock');
    if (ts.isIdentifier(node) && effects.has(node.text) && isReference(node)) wrong(node, node.text);
  });
  return found;
}

function onlyCreateHash(name: string, node: ts.Node): boolean {
  return name === 'node:crypto' && ts.isImportDeclaration(node) && node.importClause?.namedBindings?.getText() === '{ createHash }';
}

// A property, a parameter or a key may have such a name; only the global one is an effect.
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return !(
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isBindingElement(parent) ||
    ts.isParameter(parent) ||
    ts.isShorthandPropertyAssignment(parent) ||
    ts.isVariableDeclaration(parent)
  );
}

// How a command-line option and a sample are written is no process of anybody's: an id with its six characters is an example.
const teams = /[Kk]ubernetes|[Kk]armada|[Gg]ardener|\bSRC\b(?!-[0-9A-Z]{6})/;
/** Where the names of the shipped processes are themselves the subject: which one a new team begins with. */
const mayName = new Set([
  'src/config/document.ts',
  'src/config/policies.ts',
  'src/config/schema.ts',
  'src/cli/first-files.ts',
  'src/cli/init.ts',
]);

function names(path: string, source: ts.SourceFile): Complaint[] {
  if (mayName.has(path)) return [];
  const found: Complaint[] = [];
  walk(source, (node) => {
    const text = ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) || ts.isIdentifier(node) ? node.text : '';
    const hit = teams.exec(text)?.[0];
    if (hit) found.push(`${path}:${lineOf(node)} names: "${hit}" belongs into a policy`);
  });
  return found;
}

function commandsAgree(files: Files): Complaint[] {
  const definers = [...files].filter(
    ([path, text]) =>
      /^src\/command\/[^/]+\.ts$/.test(path) && path !== 'src/command/command.ts' && /\bdefine(?:General)?Command\(/.test(text),
  );
  const list = files.get('src/command/list.ts') ?? '';
  return definers.flatMap(([path]) => {
    const file = path.slice('src/command/'.length);
    const listed = list.includes(`'#command/${file}'`) ? [] : [`src/command/list.ts:1 lists: ${file} defines a command that is not listed`];
    const tested = files.has(`test/command/${file.replace(/\.ts$/, '.test.ts')}`)
      ? []
      : [`${path}:1 lists: has no test/command/${file.replace(/\.ts$/, '.test.ts')}`];
    return [...listed, ...tested];
  });
}

function lettersAgree(files: Files): Complaint[] {
  const definers = [...files].filter(
    ([path, text]) => /^src\/letter\/[^/]+\.ts$/.test(path) && path !== 'src/letter/define.ts' && /\bdefineLetter\(\{/.test(text),
  );
  const list = files.get('src/letter/list.ts') ?? '';
  const wanted = new Set<string>();
  const found = definers.flatMap(([path, text]) => {
    const file = path.slice('src/letter/'.length);
    const kind = /\bkind: '([a-z-]+)'/.exec(text)?.[1] ?? '';
    const needs = [
      `templates/${kind}.txt`,
      ...(/\bhtml: true/.test(text) ? [`templates/${kind}.mjml`] : []),
      `test/letter/${kind}.test.ts`,
    ];
    for (const need of needs) wanted.add(need);
    return [
      ...(file === `${kind}.ts` ? [] : [`${path}:1 lists: the letter "${kind}" has a file of another name`]),
      ...(list.includes(`'#letter/${file}'`) ? [] : [`src/letter/list.ts:1 lists: ${file} defines a letter that is not listed`]),
      ...needs.filter((need) => !files.has(need)).map((need) => `${path}:1 lists: has no ${need}`),
    ];
  });
  const left = [...files.keys()].filter((path) => path.startsWith('templates/') && !wanted.has(path));
  return [...found, ...left.map((path) => `${path}:1 lists: a template of no letter`)];
}

interface Import {
  readonly name: string;
  readonly at: number;
  readonly node: ts.Node;
}

function importsOf(source: ts.SourceFile): Import[] {
  const found: Import[] = [];
  walk(source, (node) => {
    const from =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require')
          ? node.arguments[0]
          : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
            ? node.argument.literal
            : undefined;
    if (from && ts.isStringLiteralLike(from)) found.push({ name: from.text, at: lineOf(node), node });
  });
  return found;
}

function walk(node: ts.Node, see: (node: ts.Node) => void): void {
  ts.forEachChild(node, (child) => {
    see(child);
    walk(child, see);
  });
}

function lineOf(node: ts.Node): number {
  return node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;
}
