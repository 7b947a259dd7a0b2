// embargod export: the journals in clear, one JSON object a line, for people who may see everything.
import type { Command } from 'commander';
import { openConfig } from '#cli/open-config.ts';
import { withStore } from '#cli/open-store.ts';
import type { Terminal } from '#cli/terminal.ts';

/** Adds `export` to the program. */
export function addExport(program: Command, terminal: Terminal, ended: (code: number) => void): void {
  program
    .command('export')
    .description('write all events in clear, one JSON object a line: embargoed contents included')
    .option('-c, --config <dir>', 'the config folder', '.')
    .option('--team <name>', 'only this team')
    .action(async ({ config, team }: { config: string; team?: string }) => ended(await exportJournal(config, team, terminal)));
}

async function exportJournal(directory: string, team: string | undefined, terminal: Terminal): Promise<number> {
  const config = await openConfig(directory, terminal, 'quiet');
  if (!config) return 1;
  return withStore(config, async (store) => {
    for await (const entry of store.journal.export(team)) terminal.out(JSON.stringify(entry));
    return 0;
  });
}
