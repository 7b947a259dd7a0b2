// Writes what the key commands make: new files never over old ones, changed files whole or not at all.
import { existsSync } from 'node:fs';
import { mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file to be written: its path relative to a folder, and whether only the owner may read it. */
export interface KeyFile {
  readonly path: string;
  readonly content: string | Buffer;
  readonly secret?: true;
}

/** The paths among these that exist already. */
export function taken(folder: string, files: readonly KeyFile[]): string[] {
  return files.map(({ path }) => path).filter((path) => existsSync(join(folder, path)));
}

/** Writes files that must not exist yet, secrets with mode 600 in folders of mode 700, and waits until the disk has them. Throws where one exists. */
export async function writeNew(folder: string, files: readonly KeyFile[]): Promise<void> {
  for (const { path, content, secret } of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true, mode: secret ? 0o700 : 0o755 });
    const { uid, gid } = await stat(dirname(file));
    await put(file, content, { mode: secret ? 0o600 : 0o644, uid, gid });
  }
}

/**
 * Puts a file in the place of another, or makes it: readers see the old one or the new one, never a half. Mode and owner stay; a symbolic link goes on
 * pointing where it points.
 */
export async function replaceFile(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await realpath(path).catch(() => path);
  const { uid, gid } = await stat(dirname(file));
  const like = await stat(file).catch(() => ({ mode: 0o644, uid, gid }));
  const beside = `${file}.${process.pid}.new`;
  try {
    await put(beside, content, like);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** What a new file takes over from the one before it, or from its folder. */
interface Like {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

async function put(file: string, content: string | Buffer, { mode, uid, gid }: Like): Promise<void> {
  // wx: also a file that came in the meantime is not written over.
  const handle = await open(file, 'wx', mode & 0o777);
  try {
    // Run by root, the files must still be read by the user of the service; the mask of the shell must not open or close them.
    if (process.getuid?.() === 0) await handle.chown(uid, gid);
    await handle.chmod(mode & 0o777);
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Works while nobody else changes keys of the same folder. Throws a sentence when the mark of another run lies there: two runs would each write
 * a team.yaml that does not know of the other's key.
 */
export async function alone<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const mark = join(folder, '.key-change');
  const handle = await open(mark, 'wx').catch(() => undefined);
  if (!handle) throw new Error(`Another change of keys is under way, or one was broken off: when there is none, remove ${mark}`);
  try {
    return await work();
  } finally {
    await handle.close();
    await rm(mark, { force: true });
  }
}
