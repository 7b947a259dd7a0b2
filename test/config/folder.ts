// Config folders for tests: a good one as `init` writes it, with secrets made at this moment, and copies in which something is wrong.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { init } from '#cli/init.ts';
import type { Terminal } from '#cli/terminal.ts';
import { onEmbedded } from '#test/store/database.ts';

/** A terminal that keeps what is written to it; `now` is a moment at which keys made by `goodFolder` are good. */
export function quietTerminal(env: Record<string, string> = {}): Terminal & { readonly lines: string[]; readonly errors: string[] } {
  const lines: string[] = [];
  const errors: string[] = [];
  return {
    out: (text) => lines.push(text),
    err: (text) => errors.push(text),
    colour: false,
    env,
    now: () => new Date('2026-03-02T12:00:00Z'),
    memory: async () => {
      const { database, end } = await onEmbedded();
      return { ...database, close: end };
    },
    lines,
    errors,
  };
}

/** The moment of these tests. */
export const now = quietTerminal().now();

/** A fresh folder under the system's temporary directory. */
export function temporary(): string {
  return mkdtempSync(join(tmpdir(), 'embargod-config-'));
}

/** Writes what `init` writes and answers the folder. */
export async function goodFolder(): Promise<string> {
  const directory = temporary();
  const code = await init(
    { directory, name: 'security', title: 'Example Security Response Committee', address: 'security@example.org', prefix: 'SRC' },
    quietTerminal(),
  );
  if (code !== 0) throw new Error('init did not write a folder');
  return directory;
}

/** A copy of a folder with the files of another laid over it; the file `gone` of the other names what is taken away. */
export function laidOver(base: string, over?: string): string {
  const directory = temporary();
  cpSync(base, directory, { recursive: true });
  if (over === undefined) return directory;
  const gone = join(over, 'gone');
  if (existsSync(gone))
    for (const path of readFileSync(gone, 'utf8').trim().split('\n')) rmSync(join(directory, path), { recursive: true });
  cpSync(over, directory, { recursive: true, filter: (source) => !/(gone|expected-error)$/.test(source) });
  return directory;
}
