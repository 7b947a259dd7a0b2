#!/usr/bin/env node
// The program as an operator calls it: one subcommand a file in cli/, listed here.
import { readFileSync, realpathSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { addAudit } from '#cli/audit.ts';
import { addCheckConfig } from '#cli/check-config.ts';
import { addDoctor } from '#cli/doctor.ts';
import { addExport } from '#cli/export.ts';
import { sentenceOf } from '#cli/finding.ts';
import { addInit } from '#cli/init.ts';
import { addKey } from '#cli/key.ts';
import { addPreview } from '#cli/preview.ts';
import { addRehearse } from '#cli/rehearse.ts';
import { addRun } from '#cli/run.ts';
import { processTerminal, type Terminal } from '#cli/terminal.ts';

/** Every subcommand, in the order of the help. */
const subcommands = [addRun, addInit, addDoctor, addCheckConfig, addKey, addRehearse, addPreview, addAudit, addExport];

/** Runs the program with the words behind its name and answers the exit code: 2 for a call it does not understand. */
export async function run(words: readonly string[], terminal: Terminal): Promise<number> {
  let code = 0;
  const program = new Command('embargod')
    .description("Runs a project's security release process by mail.")
    .version(version(), '-V, --version', 'print the version')
    .helpCommand(false);
  for (const add of subcommands)
    add(program, terminal, (ended) => {
      code = ended;
    });
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) quietly(command, terminal);
  try {
    await program.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    terminal.err(`${sentenceOf(error)}.`);
    return 1;
  }
}

/** A wrong call is told in one sentence and the usage; the process is left to us. */
function quietly(command: Command, terminal: Terminal): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => terminal.out(text.trimEnd()),
    writeErr: (text) => terminal.err(text.trimEnd()),
    outputError: (text) => {
      const sentence = text
        .replace(/^error: /, '')
        .replace(/\s+/g, ' ')
        .trim();
      const usage = `usage: ${[command.parent?.parent?.name(), command.parent?.name(), command.name()].filter(Boolean).join(' ')} ${command.usage()}`;
      terminal.err(`${sentence.charAt(0).toUpperCase()}${sentence.slice(1).replace(/\.$/, '')}.\n${usage}`);
    },
  });
}

function version(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  return version;
}

// npm links the program under another name.
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === import.meta.filename) {
  process.exitCode = await run(process.argv.slice(2), processTerminal());
}
