// The pages agree with the program: what is generated is current, what is named exists, what is told to be typed can be typed.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandsDocument } from '#command/document.ts';
import { commands } from '#command/list.ts';
import { configurationDocument } from '#config/document.ts';
import { lettersPage } from '#letter/page.ts';
import { compiled } from '#test/letter/rendered.ts';

const read = (file: string) => readFileSync(file, 'utf8');
const decisions = readdirSync('docs/decisions').sort();
const pages = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
  ...decisions.map((name) => `docs/decisions/${name}`),
  'config/example/README.md',
];

describe('generated pages are current (npm run docs makes them so)', () => {
  test('docs/commands.md', () => expect(read('docs/commands.md')).toBe(commandsDocument()));
  test('docs/configuration.md', () => expect(read('docs/configuration.md')).toBe(configurationDocument()));
  test('docs/letters.md', async () => expect(read('docs/letters.md')).toBe(lettersPage(await compiled())));
  test('every command has its section with its examples', () => {
    const page = commandsDocument();
    for (const { word, examples } of commands) {
      expect(page).toContain(`\n## ${word}\n`);
      for (const example of examples) expect(page).toContain(example.split('\n', 1)[0]);
    }
  });
});

/** The headings of a page as links name them. */
function anchors(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('what a page names exists', () => {
  test.each(pages)('files in %s', (page) => {
    const named = [
      ...read(page).matchAll(/(?<![\w/.-])((?:src|test|docs|config|demo|templates|packaging|\.ci)\/[\w./-]*\w)(?![\w./-]*[<*])/g),
    ];
    expect(named.map(([, path = '']) => path).filter((path) => !existsSync(path))).toEqual([]);
  });

  test.each(pages)('links in %s', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]{1,200})(?:#[^)]{0,100})?\)/g)];
    expect(links.map(([, to = '']) => to).filter((to) => !existsSync(join(dirname(page), to)))).toEqual([]);
  });

  test.each(pages)('headings that %s links to', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:)([^)#\s]{0,200})#([^)\s]{1,100})\)/g)];
    const missing = links.filter(([, to = '', heading = '']) => !anchors(to ? join(dirname(page), to) : page).includes(heading));
    expect(missing.map(([link]) => link)).toEqual([]);
  });

  test('functions that docs/flow.md names are in the files it names for them', () => {
    const named = [
      ...read('docs/flow.md').matchAll(/`(src\/[\w./-]+\.ts)`((?:,? `[a-z]\w*`(?!\.))+)|`(\w+)` \(`(src\/[\w./-]+\.ts)`\)/g),
    ].flatMap(([, file = '', names = '', name, where]) =>
      name && where ? [{ file: where, name }] : [...names.matchAll(/`(\w+)`/g)].map(([, one = '']) => ({ file, name: one })),
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(({ file, name }) => !new RegExp(`\\b${name}\\b`).test(read(file)))).toEqual([]);
  });

  test('scripts that pages tell to run are in package.json', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const told = pages.flatMap((page) => [...read(page).matchAll(/\bnpm run ([a-z][\w:-]*)/g)].map(([, name = '']) => `${name} (${page})`));
    expect(told.length).toBeGreaterThan(5);
    expect(told.filter((one) => !Object.hasOwn(scripts, one.replace(/ .*/, '')))).toEqual([]);
  });

  test('subcommands that pages tell to type are the program’s', () => {
    const files = readdirSync('src/cli').map((name) => read(`src/cli/${name}`));
    const known = files.flatMap((text) => [...text.matchAll(/\.command\('([a-z-]+)'\)/g)].map(([, word = '']) => word));
    const told = pages.flatMap((page) =>
      [...read(page).matchAll(/(?:^ {4}(?:\$ )?|`)embargod ([a-z][a-z-]*)/gm)].map(([, word = '']) => word),
    );
    expect(known.length).toBeGreaterThan(6);
    expect(told).toEqual(expect.arrayContaining(['check-config', 'doctor', 'init', 'rehearse', 'run']));
    expect(told.filter((word) => !known.includes(word))).toEqual([]);
  });
});

test('every test that docs/security.md counts on is in the file it names', () => {
  const counted = [...read('docs/security.md').matchAll(/^- `(test\/[^`]+)`: (.+)$/gm)];
  expect(counted.length).toBeGreaterThan(40);
  const missing = counted.filter(([, path = '', name = '']) => !textUnder(path).includes(name));
  expect(missing.map(([line]) => line)).toEqual([]);
});

/** The text of a file, or of a folder's files; names stand in quotes there, so escaped quotes count as plain ones. */
function textUnder(path: string): string {
  if (!existsSync(path)) return '';
  const files = statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [path];
  return files.map(read).join('\n').replaceAll("\\'", "'");
}

describe('docs/words.md', () => {
  const rows = read('docs/words.md')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const words = rows.flatMap(([, word = '', , where = '']) =>
    where !== '' && word !== 'word' && !/^-+$/.test(word) ? [{ word, where }] : [],
  );

  test('names no word twice', () => {
    const names = words.map(({ word }) => word);
    expect(names.length).toBeGreaterThan(60);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('every word is used where the page says it lives', () => {
    const unused = words.filter(({ word, where }) => {
      const file = /`([^`]+)`/.exec(where)?.[1] ?? join('docs', /\(([^)]+)\)/.exec(where)?.[1] ?? '');
      return !existsSync(file) || !spelled(word).test(read(file));
    });
    expect(unused.map(({ word, where }) => `${word} in ${where}`)).toEqual([]);
  });
});

/** A word as people and as code write it: "own words", "ownWords", "own-words". */
function spelled(word: string): RegExp {
  return new RegExp(word.replaceAll(/[ -]/g, '[ -]?'), 'i');
}

describe('docs/decisions', () => {
  test('are numbered without gaps and begin with their number', () => {
    expect(decisions.map((name) => name.slice(0, 4))).toEqual(decisions.map((_, index) => String(index + 1).padStart(4, '0')));
    for (const name of decisions) {
      expect(name).toMatch(/^\d{4}-[a-z0-9-]+\.md$/);
      expect(read(`docs/decisions/${name}`)).toMatch(new RegExp(`^# ${name.slice(0, 4)} \\S`));
    }
  });

  test('each says what, why and what it costs, on half a page', () => {
    for (const name of decisions) {
      const text = read(`docs/decisions/${name}`);
      for (const part of ['## What', '## Why', '## What it costs']) expect(text, name).toContain(`\n${part}\n`);
    }
  });

  test('every dependency has its sentence', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
    const text = read('docs/decisions/0006-dependencies.md');
    const names = Object.keys({ ...dependencies, ...devDependencies });
    expect(names.filter((name) => !text.includes(`\`${name}\``) && !name.startsWith('@types/'))).toEqual([]);
  });
});

test('docs/operations.md says what each line of the log means', () => {
  const files = ['src', 'src/daemon'].flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const lines = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...read(file).matchAll(/\blog\.(?:info|warn|error)\(\s*'([^':]+)/g)].map(([, line = '']) => line));
  expect(lines.length).toBeGreaterThan(12);
  const page = read('docs/operations.md');
  expect(lines.filter((line) => !page.includes(line))).toEqual([]);
});

test('CHANGELOG.md has "Pending" or the version of package.json on top', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const top = /^## (.+)$/m.exec(read('CHANGELOG.md'))?.[1] ?? '';
  expect(top === 'Pending' || top.startsWith(version)).toBe(true);
});
