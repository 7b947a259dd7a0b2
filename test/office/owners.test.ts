// Reading files of owners from checkouts: what is found, and what is never read.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookForOwners } from '#office/owners.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'checkouts-'));
  const put = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  put('one/OWNERS', 'approvers: [root]\n');
  put('one/pkg/OWNERS', 'approvers: [inside]\n');
  put('one/large/OWNERS', `approvers: [large]\n#${'x'.repeat(300_000)}`);
  put('two/.github/CODEOWNERS', '* @octocat\n');
  put('outside/OWNERS', 'approvers: [stolen]\n');
  mkdirSync(join(root, 'one/folder/OWNERS'), { recursive: true });
  symlinkSync(join(root, 'outside'), join(root, 'one/linked'));
  symlinkSync(join(root, 'one/pkg'), join(root, 'one/within'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const own = (text: string) => ({ lines: text.split('\n').map((line) => ({ text: line, code: false })), ignored: [] });
const one = () => ({ name: 'one', path: join(root, 'one') });
const two = () => ({ name: 'two', path: join(root, 'two') });

async function near(path: string, checkouts = [one(), two()]) {
  const owners = (await lookForOwners(own(`/fix-team propose ${path}`), checkouts))(path);
  return 'why' in owners ? owners.why : owners.near.map(({ name, file }) => `${name} ${file}`);
}

test('the owners of a path, in the repository that is named or in the only one (S1-56)', async () => {
  expect(await near('one:pkg/x.go')).toEqual(['inside pkg/OWNERS']);
  expect(await near('two:pkg/x.go')).toEqual(['octocat .github/CODEOWNERS, line 1']);
  expect(await near('pkg', [one()])).toEqual(['inside pkg/OWNERS']);
  expect(await near('one:')).toEqual(['root OWNERS']);
});

test('threat: no link out of a checkout is followed, no folder and no large file is read', async () => {
  expect(await near('one:linked/x.go')).toEqual(['root OWNERS']);
  expect(await near('one:within/x.go')).toEqual(['inside within/OWNERS']);
  expect(await near('one:folder/x.go')).toEqual(['root OWNERS']);
  expect(await near('one:large/x.go')).toEqual(['root OWNERS']);
  for (const path of ['one:../outside/x', 'one:/../outside/x', 'one:pkg/../../outside/x'])
    expect(await near(path), path).toMatch(/^a path names a file/);
});

test('threat: whether something lies outside of a checkout is not said either', async () => {
  const notes = async (path: string) => {
    const owners = (await lookForOwners(own(`/fix-team propose one:${path}`), [one()]))(`one:${path}`);
    return 'why' in owners ? owners.why : owners.notes.map((note) => note.replace(path, 'it'));
  };
  expect(await notes('linked/OWNERS')).toEqual(await notes('linked/nothing'));
  expect(await notes('within/OWNERS')).toEqual([]);
});

test('what cannot be looked up is said (S1-56)', async () => {
  expect(await near('pkg')).toBe('say in which repository, like one:path; there are: one, two');
  expect(await near('three:pkg')).toBe('there is no repository "three"; there are: one, two');
  expect(await near('pkg', [])).toBe('the team has no checkout of a repository; the operator names one in team.yaml (checkouts)');
  expect(await near('pkg', [{ name: 'gone', path: join(root, 'gone') }])).toBe(
    'the checkout gone is not where team.yaml says; tell the operator',
  );
});

test('a mail has its bound, and only what its commands name is read', async () => {
  const paths = Array.from({ length: 30 }, (_, index) => `one:p${index}`);
  const owners = await lookForOwners(own(`/fix-team propose ${paths.join(' ')}`), [one()]);
  expect(owners('one:p0')).not.toHaveProperty('why');
  expect(owners('one:p29')).toEqual({ why: expect.stringContaining('more than 20 paths') });
  const silent = await lookForOwners(own('I propose one:pkg to you.'), [one()]);
  expect(silent('one:pkg')).toHaveProperty('why');
});
