// The folder that the demo leaves behind: made, or emptied when it is one of ours, and never anything else.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { NotAsExpected } from '#demo/record.ts';

const mark = 'made-by-the-demo';

/** Makes or empties the folder. Throws a sentence when it holds something that no demo wrote. */
export async function freshFolder(wanted: string): Promise<string> {
  const directory = resolve(wanted);
  await mkdir(directory, { recursive: true });
  const names = await readdir(directory);
  if (names.length > 0 && !names.includes(mark))
    throw new NotAsExpected(`${directory} is not empty and no demo made it; name another folder with --out.`);
  for (const name of names) await rm(join(directory, name), { recursive: true, force: true });
  await writeFile(join(directory, mark), 'This folder is emptied when the demo runs again.\n');
  return directory;
}

/** Takes away what only a running service needs: its database. */
export async function leaveFolder(directory: string): Promise<void> {
  await rm(join(directory, 'config', 'data'), { recursive: true, force: true });
}
