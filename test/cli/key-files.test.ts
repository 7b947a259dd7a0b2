// Files of the key commands: never over another one, never half, never two runs at once.
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { alone, replaceFile, taken, writeNew } from '#cli/key-files.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'embargod-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a file that is there is not written over', async () => {
  const file = { path: 'secrets/one', content: 'new', secret: true } as const;
  await writeNew(folder, [{ ...file, content: 'old' }]);
  expect(taken(folder, [file])).toEqual(['secrets/one']);
  await expect(writeNew(folder, [file])).rejects.toThrow('EEXIST');
  expect(readFileSync(join(folder, 'secrets/one'), 'utf8')).toBe('old');
  expect([statSync(join(folder, 'secrets')), statSync(join(folder, 'secrets/one'))].map(({ mode }) => mode & 0o777)).toEqual([
    0o700, 0o600,
  ]);
});

test('a file is replaced whole, keeps its mode, and leaves nothing beside it', async () => {
  writeFileSync(join(folder, 'team.yaml'), 'old', { mode: 0o640 });
  await replaceFile(join(folder, 'team.yaml'), 'new');
  expect(readFileSync(join(folder, 'team.yaml'), 'utf8')).toBe('new');
  expect(statSync(join(folder, 'team.yaml')).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder)).toEqual(['team.yaml']);
});

test('a symbolic link goes on pointing to where the new contents are', async () => {
  writeFileSync(join(folder, 'real'), 'old');
  symlinkSync('real', join(folder, 'link'));
  await replaceFile(join(folder, 'link'), 'new');
  expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('new');
});

test('a replacement that fails leaves the old file and no trace', async () => {
  writeFileSync(join(folder, 'plain'), 'old');
  await expect(replaceFile(join(folder, 'plain/below'), 'new')).rejects.toThrow();
  expect(readdirSync(folder)).toEqual(['plain']);
});

test('only one works at a time, and whoever fails lets the next one in', async () => {
  await expect(alone(folder, () => alone(folder, async () => 1))).rejects.toThrow('Another change of keys is under way');
  expect(existsSync(join(folder, '.key-change'))).toBe(false);
  await expect(alone(folder, async () => 2)).resolves.toBe(2);
});

test.skipIf(process.getuid?.() !== 0)('what root writes belongs to whoever the folder or the file belonged to', async () => {
  chownSync(folder, 1234, 1234);
  await writeNew(folder, [{ path: 'secret', content: 'x', secret: true }]);
  await replaceFile(join(folder, 'team.yaml'), 'x');
  chownSync(join(folder, 'team.yaml'), 4321, 4321);
  await replaceFile(join(folder, 'team.yaml'), 'y');
  expect(['secret', 'team.yaml'].map((name) => statSync(join(folder, name)).uid)).toEqual([1234, 4321]);
});
