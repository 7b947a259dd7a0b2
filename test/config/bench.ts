// A bench for tests of the config reader: copies of a good folder, changed, read, and what was said of them.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { checks } from '#cli/checks.ts';
import { type Config, mistakeLine, type ReadConfig, readConfig } from '#config/read.ts';
import { goodFolder, laidOver, now } from '#test/config/folder.ts';

/** What a test does to a copy: writes files, or works on the folder itself. */
export type Change = (write: (path: string, text: string) => void, directory: string) => void;

/** The folder of the one team. */
export const team = 'teams/security';

/** A good folder and a way to make changed copies of it; `clear` takes all of them away. */
export async function openBench(): Promise<{ good: string; changed(change: Change): string; clear(): void }> {
  const good = await goodFolder();
  const made = [good];
  return {
    good,
    changed(change) {
      const directory = laidOver(good);
      made.push(directory);
      change((path, text) => {
        mkdirSync(join(directory, path, '..'), { recursive: true });
        writeFileSync(join(directory, path), text, { mode: 0o600 });
      }, directory);
      return directory;
    },
    clear() {
      for (const directory of made) rmSync(directory, { recursive: true });
    },
  };
}

function read(directory: string, env: Record<string, string> = {}, at = now): Promise<ReadConfig> {
  return readConfig(directory, env, { check: checks, now: at });
}

/** The config of a folder; throws its mistakes. */
export async function configOf(directory: string, env: Record<string, string> = {}): Promise<Config> {
  const answer = await read(directory, env);
  if ('mistakes' in answer) throw new Error(answer.mistakes.map(mistakeLine).join('\n'));
  return answer.config;
}

/** All warnings of a folder, or its mistakes where it has some. */
export async function warningsOf(directory: string, at = now): Promise<string> {
  const answer = await read(directory, {}, at);
  return 'mistakes' in answer ? answer.mistakes.map(mistakeLine).join('\n') : answer.warnings.join('\n');
}

/** All mistakes of a folder; empty when it has none. */
export async function mistakesOf(directory: string, env: Record<string, string> = {}): Promise<string> {
  const answer = await read(directory, env);
  return 'mistakes' in answer ? answer.mistakes.map(mistakeLine).join('\n') : '';
}

/** Replaces texts that stand in a file. */
export function edited(file: string, ...changes: (readonly [from: string, to: string])[]): Change {
  return (write, directory) => {
    let text = readFileSync(join(directory, file), 'utf8');
    for (const [from, to] of changes) {
      expect(text).toContain(from);
      text = text.replace(from, to);
    }
    write(file, text);
  };
}
