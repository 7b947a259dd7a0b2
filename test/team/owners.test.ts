// Who owns a path: OWNERS with aliases, filters and parents, CODEOWNERS, and names of accounts as people of the roster.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanPath, filesFor, ownersOf, personBehind, type Read } from '#team/owners.ts';
import { roster } from '#test/situation.ts';

const reading =
  (files: Readonly<Record<string, string>>): Read =>
  (file) =>
    files[file];
const said = (path: string, files: Readonly<Record<string, string>>) => {
  const { near, above } = ownersOf(path, reading(files));
  const words = ({ name, is, file }: (typeof near)[number]) => `${name} ${is} ${file}`;
  return { near: near.map(words), above: above.map(words) };
};

const tree = {
  OWNERS: 'approvers:\n- root-one\nreviewers:\n- root-two\n',
  OWNERS_ALIASES: 'aliases:\n  Parser-People:\n  - Alice\n  - "@bob"\n  empty:\n',
  'pkg/OWNERS': 'approvers: [parser-people, carol]\nreviewers: [alice, empty, dave]\nlabels: [area/pkg]\nemeritus_approvers: [gone]\n',
  'pkg/alone/OWNERS': 'options: { no_parent_owners: true }\napprovers: [erin]\n',
  'pkg/filtered/OWNERS':
    'filters:\n  ".*": { reviewers: [frank] }\n  "\\\\.go$": { approvers: [gopher] }\n  "^docs/": { approvers: [writer] }\n',
};

test.each([
  [
    'a file takes the nearest folder, the rest stands above',
    'pkg/x.go',
    ['alice approver pkg/OWNERS', 'bob approver pkg/OWNERS', 'carol approver pkg/OWNERS', 'dave reviewer pkg/OWNERS'],
    ['root-one approver OWNERS', 'root-two reviewer OWNERS'],
  ],
  ['a folder has its own owners', 'pkg/alone', ['erin approver pkg/alone/OWNERS'], []],
  ['no_parent_owners ends the walk', 'pkg/alone/deep/x.go', ['erin approver pkg/alone/OWNERS'], []],
  ['what no folder owns belongs to the root', 'cmd/y.go', ['root-one approver OWNERS', 'root-two reviewer OWNERS'], []],
  ['the whole repository', '', ['root-one approver OWNERS', 'root-two reviewer OWNERS'], []],
])('OWNERS: %s (S1-56, S2-56)', (_, path, near, above) => {
  expect(said(path, tree)).toEqual({ near, above });
});

test('OWNERS: filters name people for the files whose path fits, seen from their folder (S1-56)', () => {
  expect(said('pkg/filtered/a.go', tree).near).toEqual(['gopher approver pkg/filtered/OWNERS', 'frank reviewer pkg/filtered/OWNERS']);
  expect(said('pkg/filtered/docs/a.md', tree).near).toEqual(['writer approver pkg/filtered/OWNERS', 'frank reviewer pkg/filtered/OWNERS']);
});

test('OWNERS: a file that is none gives nobody and says so, and the folder above counts (S1-56)', () => {
  for (const broken of ['approvers: [a\n', '- a\n- b\n', 'approvers: yes\n', 'a: &a [*a]\napprovers: *a\n']) {
    const { near, notes } = ownersOf('pkg/x.go', reading({ ...tree, 'pkg/OWNERS': broken }));
    expect(
      near.map(({ file }) => file),
      broken,
    ).toEqual(['OWNERS', 'OWNERS']);
    expect(notes.length, broken).toBe(broken.startsWith('a: &a') ? notes.length : 1);
  }
});

test('threat: a filter that could hang the machine is not tried, and that is said', () => {
  for (const pattern of [
    ...['(a+)+$', '(a|a)*b', '(?=x)y', '(.)\\1', 'a*b*c*d*e', `${'a'.repeat(200)}`],
    ...[`${'.?'.repeat(50)}Z`, `.*.*${'(?:.|.)'.repeat(14)}Z`, 'a?b?c??d'],
  ]) {
    const files = { OWNERS: `filters: { ${JSON.stringify(pattern)}: { approvers: [mallory] } }\n` };
    const { near, notes } = ownersOf('a'.repeat(250), reading(files));
    expect(near, pattern).toEqual([]);
    expect(notes[0], pattern).toContain('is not understood');
  }
});

test('threat: names of a file that could pass for words of ours are nobody, and those that are names stay', () => {
  const names = ['octocat', 'x\n/notify', 'y because z', '', 'org/team', '@Owner', 'owner@example.org', 17, '\u202etac'];
  const { near } = ownersOf('a', reading({ OWNERS: `approvers: ${JSON.stringify(names)}\n` }));
  expect(near.map(({ name }) => name)).toEqual(['octocat', 'org/team', 'owner', 'owner@example.org', '17']);
});

test('threat: a file with tens of thousands of fields is read quickly, and one that nests without end is none', () => {
  const fields = Array.from({ length: 30_000 }, (_, index) => `k${index}: 1`).join('\n');
  const begun = process.cpuUsage();
  const { near } = ownersOf('a', reading({ OWNERS: `approvers: [octocat]\n${fields}` }));
  expect(process.cpuUsage(begun).user).toBeLessThan(2_000_000);
  expect(near.map(({ name }) => name)).toEqual(['octocat']);
  const many = `[${'all,'.repeat(999)}all]`;
  const filters = Array.from({ length: 60 }, (_, index) => `  ".*|${index}": { approvers: ${many} }`).join('\n');
  const people = Array.from({ length: 1000 }, (_, index) => `p${index}`);
  const again = process.cpuUsage();
  const files = { OWNERS: `filters:\n${filters}\n`, OWNERS_ALIASES: `aliases: { all: [${people}] }\n` };
  expect(ownersOf('a', reading(files)).near.map(({ name }) => name)).toEqual(people);
  expect(process.cpuUsage(again).user).toBeLessThan(2_000_000);
  for (const nested of ['['.repeat(100_000), '- '.repeat(60_000)]) expect(ownersOf('a', reading({ OWNERS: nested })).near).toEqual([]);
});

const code = [
  '# comment',
  '*            @org/everybody',
  '*.js         @js-owner # the rest is a comment',
  '/build/logs/ @doctocat logs@example.com',
  'docs/*       docs@example.com',
  'apps/        @octocat',
  '/scripts/    @alice @bob',
  '**/deep      @diver',
  '/a\\ b/       @blank',
  '/nobody/',
  '[ab].txt     @range',
].join('\n');

test.each([
  ['readme.md', ['org/everybody']],
  ['src/x.js', ['js-owner']],
  ['build/logs/today.txt', ['doctocat', 'logs@example.com']],
  ['src/build/logs/today.txt', ['org/everybody']],
  ['docs/start.md', ['docs@example.com']],
  ['docs/build-app/trouble.md', ['org/everybody']],
  ['x/apps/y.go', ['octocat']],
  ['scripts/run.sh', ['alice', 'bob']],
  ['x/deep/y.go', ['diver']],
  ['a b/c', ['blank']],
  ['nobody/x', []],
  ['a.txt', ['org/everybody']],
])('CODEOWNERS: the last line that fits %s counts (S1-56)', (path, names) => {
  expect(ownersOf(path, reading({ '.github/CODEOWNERS': code, CODEOWNERS: '* @other' })).near.map(({ name }) => name)).toEqual(names);
});

test('CODEOWNERS counts only where no OWNERS names anybody', () => {
  expect(said('x.js', { CODEOWNERS: code }).near).toEqual(['js-owner owner CODEOWNERS, line 3']);
  expect(said('x.js', { OWNERS: 'approvers: [a]', CODEOWNERS: code }).near).toEqual(['a approver OWNERS']);
});

test('threat: a path stays inside, whatever is written', () => {
  expect(cleanPath('/pkg//./parser/')).toBe('pkg/parser');
  expect(cleanPath('')).toBe('');
  for (const path of ['..', '../x', 'a/../../b', 'a\\b', 'a\u0000b', 'a\nb', 'x'.repeat(301), 'a/'.repeat(41)])
    expect(cleanPath(path), path).toBeUndefined();
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), (written) => {
      const path = cleanPath(written);
      for (const file of path === undefined ? [] : filesFor(path)) expect(file).not.toMatch(/(?:^|\/)\.\.(?:\/|$)|^\//);
    }),
  );
});

test('whatever the files say, reading them ends and throws nothing', () => {
  const line = fc.string({ maxLength: 60 });
  fc.assert(
    fc.property(line, line, fc.array(line, { maxLength: 8 }), (path, owners, lines) => {
      const clean = cleanPath(path) ?? 'x';
      ownersOf(clean, reading({ OWNERS: owners, OWNERS_ALIASES: owners }));
      ownersOf(clean, reading({ CODEOWNERS: lines.join('\n') }));
    }),
  );
});

test('an account is found in any case and with its @, an address by address (S1-56)', () => {
  const known = roster({
    members: [{ handle: 'engineer', name: 'Engineer', addresses: ['engineer@example.com'], roles: ['engineer'], hosts: ['@Octo-Cat'] }],
    oncall: undefined,
  });
  for (const name of ['octo-cat', '@OCTO-CAT', 'Engineer@example.com']) expect(personBehind(name, known)?.handle, name).toBe('engineer');
  for (const name of ['engineer', 'org/octo-cat', 'octo', 'other@example.com']) expect(personBehind(name, known), name).toBeUndefined();
});
