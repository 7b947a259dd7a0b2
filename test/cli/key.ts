// A config folder of its own for tests of the key commands, and what they ask of it again and again.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '#cli/checks.ts';
import { run } from '#cli.ts';
import { type Config, readConfig, type Team } from '#config/read.ts';
import { goodFolder, quietTerminal } from '#test/config/folder.ts';

/** A folder with one team, and a way to call the program in it. */
export interface KeyPlace {
  readonly directory: string;
  /** Calls `embargod key <words>` with this folder; `said` holds both outputs. */
  key(words: string, at?: Date): Promise<{ code: number; said: string }>;
  read(path: string): string;
  write(path: string, text: string): void;
  /** The config as the service would read it. */
  team(at?: Date): Promise<Team>;
  /** The names in a folder, sorted. */
  names(path: string): string[];
  end(): void;
}

/** Where time stands in these tests. */
export const now = quietTerminal().now();
export const later = (days: number) => new Date(now.getTime() + days * 86_400_000);

export async function keyPlace(): Promise<KeyPlace> {
  const directory = await goodFolder();
  const read = (path: string) => readFileSync(join(directory, path), 'utf8');
  return {
    directory,
    async key(words, at = now) {
      const terminal = { ...quietTerminal(), now: () => at };
      const code = await run(['key', ...words.split(' ').map((word) => word.replaceAll('_', ' ')), '-c', directory], terminal);
      return { code, said: [...terminal.lines, ...terminal.errors].join('\n') };
    },
    read,
    write: (path, text) => writeFileSync(join(directory, path), text),
    async team(at = now) {
      const config = await readConfig(directory, {}, { check: checks, now: at });
      if ('mistakes' in config) throw new Error(JSON.stringify(config.mistakes));
      return only(config.config);
    },
    names: (path) => readdirSync(join(directory, path)).sort(),
    end: () => rmSync(directory, { recursive: true }),
  };
}

function only({ teams }: Config): Team {
  const [team] = teams;
  if (!team) throw new Error('no team');
  return team;
}
