// What every subcommand that works with a config does first: read it, or say its mistakes.
import { checks } from '#cli/checks.ts';
import { colours, type Terminal } from '#cli/terminal.ts';
import { type Config, mistakeLine, readConfig } from '#config/read.ts';

/** The config of a folder; undefined after its mistakes were written to the error output. Warnings are written too. */
export async function openConfig(directory: string, terminal: Terminal): Promise<Config | undefined> {
  const read = await readConfig(directory, terminal.env, { check: checks, now: terminal.now() });
  const { red, yellow } = colours(terminal);
  if ('mistakes' in read) {
    for (const mistake of read.mistakes) terminal.err(red(mistakeLine(mistake)));
    return undefined;
  }
  for (const warning of read.warnings) terminal.err(yellow(`warning: ${warning}`));
  return read.config;
}
