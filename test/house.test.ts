// The house rules hold for every file, and each of them can be broken.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Files, inspect } from '#test/house.ts';

const files: Files = new Map(
  ['src', 'demo', 'test', 'bench', 'templates'].flatMap((folder) =>
    under(folder).map((path) => [path, readFileSync(path, 'utf8')] as const),
  ),
);

function under(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ts|txt|mjml)$/.test(name))
      .map((name) => `${folder}/${name}`);
  } catch {
    return [];
  }
}

test('the house is in order: floors, purity, first lines, the wall, names, lists', () => {
  expect(files.size).toBeGreaterThan(200);
  expect(inspect(files)).toEqual([]);
});

const before = new Set(inspect(files));
const comment = '// A file that breaks a rule on purpose.\n';
/** What is wrong beyond what was, when a file is changed or taken away. */
function broken(path: string, text: string | undefined): string[] {
  const changed = new Map(files);
  if (text === undefined) changed.delete(path);
  else changed.set(path, text);
  return inspect(changed).filter((complaint) => !before.has(complaint));
}

test.each([
  ['an import upwards', 'src/mail/up.ts', "import { open } from '#pgp/open.ts';", 'src/mail/up.ts:2 floors: mail (1) imports pgp (6)'],
  [
    'an import of a neighbour',
    'src/command/beside.ts',
    "import type { Kind } from '#letter/list.ts';",
    'src/command/beside.ts:2 floors: command (4) imports letter (4)',
  ],
  [
    'a neighbour by a type',
    'src/store/beside.ts',
    "export type One = import('#pgp/open.ts').Reading;",
    'src/store/beside.ts:2 floors: store (6) imports pgp (6)',
  ],
  [
    'a neighbour by a dynamic import',
    'src/watch.ts',
    "export const later = () => import('#intake.ts');",
    'src/watch.ts:2 floors: watch (8) imports intake (8)',
  ],
  ['a room on no floor', 'src/attic/box.ts', '', 'src/attic/box.ts:1 floors: the room "attic" stands on no floor'],
  [
    'an import that climbs',
    'test/mail/climb.ts',
    "import { after } from '../../src/time.ts';",
    'test/mail/climb.ts:2 imports: "../../src/time.ts" climbs; write #room/file.ts',
  ],
  [
    'a relative import',
    'src/mail/near.ts',
    "export * from './parse.ts';",
    'src/mail/near.ts:2 imports: "./parse.ts" is relative; write #room/file.ts',
  ],
  ['a file system in the core', 'src/team/disk.ts', "import { readFileSync } from 'node:fs';", 'src/team/disk.ts:2 purity: node:fs'],
  [
    'random numbers from the mail room',
    'src/mail/roll.ts',
    "import { randomBytes } from 'node:crypto';",
    'src/mail/roll.ts:2 purity: node:crypto',
  ],
  [
    'a digest outside the mail room',
    'src/incident/digest.ts',
    "import { createHash } from 'node:crypto';",
    'src/incident/digest.ts:2 purity: node:crypto',
  ],
  [
    'a clock in the core',
    'src/incident/clock.ts',
    'export const now = () => new Date();',
    'src/incident/clock.ts:2 purity: new Date() reads a clock',
  ],
  ['another clock', 'src/incident/clock.ts', 'export const now = () => Date.now();', 'src/incident/clock.ts:2 purity: Date.now'],
  ['dice in the core', 'src/command/dice.ts', 'export const roll = () => Math.random();', 'src/command/dice.ts:2 purity: Math.random'],
  ['a print in the core', 'src/letter/print.ts', "console.log('x');", 'src/letter/print.ts:2 purity: console'],
  ['the environment in the core', 'src/team/env.ts', 'export const home = process.env.HOME;', 'src/team/env.ts:2 purity: process'],
  [
    'the network in the core',
    'src/letter/net.ts',
    "export const page = fetch('https://example.org');",
    'src/letter/net.ts:2 purity: fetch',
  ],
  ['any', 'src/pgp/loose.ts', 'export const loose = (value: any) => value;', 'src/pgp/loose.ts:2 types: any'],
  [
    'a not-null assertion',
    'src/pgp/sure.ts',
    'export const sure = (value?: string) => value!.length;',
    'src/pgp/sure.ts:2 types: an assertion that something is not null',
  ],
  ['a default export', 'src/pgp/main.ts', 'export default 1;', 'src/pgp/main.ts:2 exports: a default export'],
  [
    'a process by name',
    'src/office/fork.ts',
    "export const special = (name: string) => name === 'karmada';",
    'src/office/fork.ts:2 names: "karmada" belongs into a policy',
  ],
  ['a prefix by name', 'src/office/fork.ts', "export const prefix = 'SRC';", 'src/office/fork.ts:2 names: "SRC" belongs into a policy'],
  [
    'a command nobody listed',
    'src/command/secret.ts',
    'export const secret = defineCommand({});',
    'src/command/list.ts:1 lists: secret.ts defines a command that is not listed',
  ],
  [
    'a command nobody tested',
    'src/command/secret.ts',
    'export const secret = defineCommand({});',
    'src/command/secret.ts:1 lists: has no test/command/secret.test.ts',
  ],
  [
    'a letter without a template',
    'src/letter/gift.ts',
    "defineLetter({ kind: 'gift', html: true });",
    'src/letter/gift.ts:1 lists: has no templates/gift.mjml',
  ],
  [
    'a letter nobody listed',
    'src/letter/gift.ts',
    "defineLetter({ kind: 'gift', html: true });",
    'src/letter/list.ts:1 lists: gift.ts defines a letter that is not listed',
  ],
])('%s is found by rule, file and line', (_, path, text, complaint) => {
  expect(broken(path, comment + text)).toContain(complaint);
});

test('a file without a first line, a file over the wall and a template of no letter are found', () => {
  expect(broken('demo/silent.ts', 'export const silent = 1;\n')).toEqual([
    'demo/silent.ts:1 first line: says what the file is for, in a comment',
  ]);
  expect(broken('test/long.ts', comment + 'export {};\n'.repeat(300))).toEqual(['test/long.ts:301 size: 301 lines, the wall is 300']);
  expect(broken('templates/spare.txt', 'Subject: spare\n')).toEqual(['templates/spare.txt:1 lists: a template of no letter']);
  expect(broken('templates/alarm.txt', undefined)).toEqual(['src/letter/alarm.ts:1 lists: has no templates/alarm.txt']);
});

test('what only looks like a broken rule is none', () => {
  const fine =
    "// Speaks of process and console, and of new Date().\nexport const link = (policy: { process: { link: string } }) => policy.process.link;\nexport const id = 'SRC-4F7K2M';\nexport const at = (ms: number) => new Date(ms);\n";
  expect(broken('src/incident/fine.ts', fine)).toEqual([]);
});
