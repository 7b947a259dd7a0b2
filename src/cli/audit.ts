// embargod audit: checks the chain of every journal and that each event still opens.
import type { Command } from 'commander';
import { openConfig } from '#cli/open-config.ts';
import { withStore } from '#cli/open-store.ts';
import { colours, type Terminal } from '#cli/terminal.ts';

/** Adds `audit` to the program. */
export function addAudit(program: Command, terminal: Terminal, ended: (code: number) => void): void {
  program
    .command('audit')
    .description('verify that no event of any journal was changed, removed or put in')
    .option('-c, --config <dir>', 'the config folder', '.')
    .option('--heads', 'print the head of each journal: kept elsewhere, it shows when a journal was cut at its end')
    .action(async ({ config, heads }: { config: string; heads?: true }) => ended(await audit(config, heads === true, terminal)));
}

async function audit(directory: string, heads: boolean, terminal: Terminal): Promise<number> {
  const config = await openConfig(directory, terminal, 'quiet');
  if (!config) return 1;
  const { red, green } = colours(terminal);
  return withStore(config, async (store) => {
    let journals = 0;
    let events = 0;
    let broken = 0;
    for await (const audited of store.journal.audit()) {
      journals += 1;
      events += audited.events;
      if (heads) terminal.out(`${audited.subject} ${audited.events} ${audited.head}`);
      if (audited.broken === undefined) continue;
      broken += 1;
      terminal.out(red(`${audited.subject}: ${audited.broken}`));
    }
    const counted = `${journals} journal${journals === 1 ? '' : 's'}, ${events} event${events === 1 ? '' : 's'}`;
    terminal.out(broken === 0 ? green(`${counted}: every chain holds.`) : red(`${counted}: ${broken} broken.`));
    return broken === 0 ? 0 : 1;
  });
}
