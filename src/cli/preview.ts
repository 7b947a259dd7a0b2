// embargod preview: a letter as it would look, with sample facts, so that a team can mend its templates.
import type { Command } from 'commander';
import { openConfig } from '#cli/open-config.ts';
import type { Terminal } from '#cli/terminal.ts';
import { letters } from '#letter/list.ts';
import { specimen } from '#letter/specimen.ts';
import { compileTemplates, type Templates } from '#letter/template.ts';

/** Adds `preview` to the program. */
export function addPreview(program: Command, terminal: Terminal, ended: (code: number) => void): void {
  program
    .command('preview')
    .description('show a letter with sample facts')
    .argument('<kind>', `one of ${letters.map(({ kind }) => kind).join(', ')}`)
    .option('-c, --config <dir>', 'the config folder', '.')
    .option('--team <name>', "with this team's templates, title and zone")
    .option('--html', 'the HTML part instead of the text')
    .action(async (kind: string, wish: Wish) => ended(await preview(kind, wish, terminal)));
}

interface Wish {
  readonly config: string;
  readonly team?: string;
  readonly html?: true;
}

async function preview(kind: string, wish: Wish, terminal: Terminal): Promise<number> {
  const config = await openConfig(wish.config, terminal, 'quiet');
  if (!config) return 1;
  const team = wish.team === undefined ? config.teams[0] : config.teams.find(({ name }) => name === wish.team);
  if (!team) {
    terminal.err(`There is no team "${wish.team}"; there is ${config.teams.map(({ name }) => name).join(', ')}.`);
    return 1;
  }
  const compiled = await compileTemplates({ ...config.templates, ...team.templates });
  if (Array.isArray(compiled)) {
    for (const mistake of compiled) terminal.err(mistake);
    return 1;
  }
  const about = { team: team.title, address: team.address, zone: team.policy.zone, recipient: 'Robin Example' };
  const letter = specimen(kind, compiled as Templates, about);
  if (!letter) {
    terminal.err(`There is no letter "${kind}"; there is ${letters.map((each) => each.kind).join(', ')}.`);
    return 1;
  }
  terminal.out(wish.html ? (letter.html ?? 'This letter has no HTML part.') : `Subject: ${letter.subject}\n\n${letter.text}`);
  return 0;
}
