// embargod check-config: every mistake of a config folder, or what holds in the end.
import type { Command } from 'commander';
import { checks } from '#cli/checks.ts';
import { colours, type Terminal } from '#cli/terminal.ts';
import { effectivePolicy } from '#config/effective.ts';
import { mistakeLine, readConfig } from '#config/read.ts';

/** Adds `check-config` to the program. */
export function addCheckConfig(program: Command, terminal: Terminal, ended: (code: number) => void): void {
  program
    .command('check-config')
    .description('say every mistake of the config, or print the policy that holds for each team')
    .option('-c, --config <dir>', 'the config folder', '.')
    .option('--json', 'for programs: one JSON object')
    .action(async (said: { config: string; json?: true }) =>
      ended(await checkConfig({ directory: said.config, json: said.json === true }, terminal)),
    );
}

/**
 * Reads the config and prints it: mistakes and warnings to the error output, policies to the output; with `json` everything to the output.
 * Answers the exit code, 1 when there are mistakes. No secret is printed.
 */
async function checkConfig(wish: { directory: string; json: boolean }, terminal: Terminal): Promise<number> {
  const read = await readConfig(wish.directory, terminal.env, { check: checks, now: terminal.now() });
  const { red, yellow, green } = colours(terminal);
  if ('mistakes' in read) {
    const { mistakes } = read;
    if (wish.json) terminal.out(JSON.stringify({ ok: false, mistakes }, undefined, 2));
    else for (const mistake of mistakes) terminal.err(red(mistakeLine(mistake)));
    if (!wish.json) terminal.err(`${mistakes.length} ${mistakes.length === 1 ? 'mistake' : 'mistakes'}; nothing starts with this config.`);
    return 1;
  }
  const { config, warnings } = read;
  if (wish.json) {
    const teams = config.teams.map(({ name, title, address, policy, policyOrigins }) => ({ name, title, address, policy, policyOrigins }));
    terminal.out(JSON.stringify({ ok: true, warnings, teams }, undefined, 2));
    return 0;
  }
  for (const team of config.teams) terminal.out(effectivePolicy(team));
  for (const warning of warnings) terminal.err(yellow(`warning: ${warning}`));
  const counted = `${config.teams.length} ${config.teams.length === 1 ? 'team' : 'teams'}, ${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'}`;
  terminal.err(green(`The config can be used: ${counted}.`));
  return 0;
}
