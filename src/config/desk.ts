// The desk a config is read at: the folder, the environment, and the lists of mistakes and warnings that every step adds to.
import { readdir, readFile, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { Mistake } from '#config/mistake.ts';
import { pathName, type Whereabouts } from '#config/validate.ts';
import { readYaml, type YamlFile } from '#config/yaml.ts';

/** What is handed from step to step while a config is read. */
export interface Desk {
  /** Absolute. */
  readonly directory: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
  readonly mistakes: Mistake[];
  readonly warnings: string[];
}

/** A place in a file, for mistakes that are found after the file was read. */
export interface Spot {
  readonly where: Whereabouts;
  readonly path: readonly PropertyKey[];
}

/** Puts a mistake on the desk. */
export function wrong(desk: Desk, spot: Spot, message: string): void {
  desk.mistakes.push({ ...spot.where.at(spot.path), path: pathName(spot.path), message });
}

/** The place of a setting within one YAML file. */
export function whereabouts(yaml: YamlFile): Whereabouts {
  return {
    at(path) {
      const line = yaml.lineOf(path);
      return { file: yaml.file, ...(line !== undefined && { line }) };
    },
  };
}

/** Reads DIR/`file` as YAML; a file that is missing or cannot be read is a mistake with `advice` as the way out. */
export async function openYaml(desk: Desk, file: string, advice: string): Promise<YamlFile | undefined> {
  let text: string;
  try {
    text = await readFile(join(desk.directory, file), 'utf8');
  } catch (error) {
    const missing = codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
    desk.mistakes.push({
      file,
      path: '',
      message: missing ? `the file is missing; ${advice}` : `the file cannot be read (${codeOf(error)}).`,
    });
    return undefined;
  }
  const read = readYaml(file, text);
  if (!('mistakes' in read)) return read;
  desk.mistakes.push(...read.mistakes);
  return undefined;
}

/** The text of a file named by a setting, relative to the folder or absolute; undefined puts a mistake on the desk. Megabytes at most. */
export async function openNamed(desk: Desk, file: string, spot: Spot, what: string): Promise<string | undefined> {
  const path = isAbsolute(file) ? file : join(desk.directory, file);
  try {
    const { size } = await stat(path);
    if (size <= 20_000_000) return await readFile(path, 'latin1');
    wrong(desk, spot, `${what} ${file} is too large (${size} bytes).`);
  } catch (error) {
    const code = codeOf(error);
    const why =
      code === 'ENOENT' || code === 'ENOTDIR'
        ? 'does not exist'
        : code === 'EACCES'
          ? 'may not be read by this user'
          : `cannot be read (${code})`;
    wrong(desk, spot, `${what} ${file} ${why}.`);
  }
  return undefined;
}

/** The names in a folder, sorted, without hidden ones; a folder that is not there is empty. */
export async function namesIn(folder: string, kind: 'files' | 'folders'): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const wanted = entries.filter((entry) => (kind === 'folders' ? entry.isDirectory() || entry.isSymbolicLink() : !entry.isDirectory()));
  return wanted
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('.'))
    .sort();
}

/** The code of a system error ("ENOENT"). */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown trouble';
}
