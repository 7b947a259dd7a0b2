// embargod run: the daemon, until it is told to stop.
import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { openConfig } from '#cli/open-config.ts';
import type { Terminal } from '#cli/terminal.ts';
import { startDaemon } from '#daemon/daemon.ts';
import { Unavailable } from '#fault.ts';
import { openLog } from '#log.ts';

/** Adds `run` to the program. */
export function addRun(program: Command, terminal: Terminal, ended: (code: number) => void): void {
  program
    .command('run')
    .description('watch the mailboxes, send letters, mind deadlines')
    .option('-c, --config <dir>', 'the config folder', '.')
    .action(async ({ config }: { config: string }) => ended(await runDaemon(config, terminal)));
}

/** Runs until SIGTERM or SIGINT; a second signal ends at once. Answers the exit code. */
async function runDaemon(directory: string, terminal: Terminal): Promise<number> {
  const config = await openConfig(directory, terminal);
  if (!config) return 1;
  const stop = new AbortController();
  const told = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (stop.signal.aborted) process.exit(1);
        stop.abort();
        resolve();
      });
    }
  });
  const hands = { clock: () => terminal.now(), random: (count: number) => randomBytes(count), log: openLog({ level: config.logLevel }) };
  const daemon = await startDaemon(config, hands, stop.signal).catch((error: unknown) => {
    // Told to stop while it waited for the database: that is no failure.
    if (stop.signal.aborted && error instanceof Unavailable) return undefined;
    throw error;
  });
  if (!daemon) return 0;
  await told;
  await daemon.stop();
  return 0;
}
