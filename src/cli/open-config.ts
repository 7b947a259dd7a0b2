// What every subcommand that works with a config does first: read it, or say its mistakes.
import { checks } from '#cli/checks.ts';
import { colours, type Terminal } from '#cli/terminal.ts';
import { type Config, mistakeLine, readConfig } from '#config/read.ts';

/**
 * The config of a folder; undefined after its mistakes were written to the error output. Warnings are written too where mails are taken, unless
 * `quiet`: who looks at a letter or a journal does not ask how the process holds together.
 */
export async function openConfig(directory: string, terminal: Terminal, quiet?: 'quiet'): Promise<Config | undefined> {
  const read = await readConfig(directory, terminal.env, { check: checks, now: terminal.now() });
  const { red, yellow } = colours(terminal);
  if ('mistakes' in read) {
    for (const mistake of read.mistakes) terminal.err(red(mistakeLine(mistake)));
    return undefined;
  }
  for (const warning of quiet ? [] : read.warnings) terminal.err(yellow(`warning: ${warning}`));
  return read.config;
}
