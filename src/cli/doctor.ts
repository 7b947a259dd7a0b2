// embargod doctor: tries in turn what the service stands on and says what to do about each trouble.
import type { Command } from 'commander';
import { checks } from '#cli/checks.ts';
import { examineKeys } from '#cli/examine-keys.ts';
import { examineDatabase, examineDisk, examineMailbox, examineRelay } from '#cli/examine-peers.ts';
import { type Finding, findings, sentenceOf } from '#cli/finding.ts';
import { probe } from '#cli/probe.ts';
import { colours, type Terminal } from '#cli/terminal.ts';
import { mistakeLine, readConfig, type Team } from '#config/read.ts';

/** Adds `doctor` to the program. */
export function addDoctor(program: Command, terminal: Terminal, ended: (code: number) => void): void {
  program
    .command('doctor')
    .description('try database, mailboxes, relay, keys, addresses, clock and disk; nothing is sent without --probe')
    .option('-c, --config <dir>', 'the config folder', '.')
    .option('--probe', 'each team mails a sub-address of itself and waits for it, a minute at most')
    .action(async (said: { config: string; probe?: true }) =>
      ended(await doctor({ directory: said.config, probe: said.probe === true }, terminal)),
    );
}

/** Examines and prints a line for each finding as it is made. Answers the exit code: 1 when something is wrong. */
async function doctor(wish: { directory: string; probe: boolean }, terminal: Terminal): Promise<number> {
  let wrong = 0;
  let warnings = 0;
  for await (const finding of examined(wish, terminal)) {
    if (finding.state === 'wrong') wrong += 1;
    if (finding.state === 'warning') warnings += 1;
    terminal.out(line(finding, terminal));
  }
  terminal.out(wrong === 0 ? `Nothing is wrong; ${warnings} to look at.` : `${wrong} wrong, ${warnings} to look at.`);
  return wrong === 0 ? 0 : 1;
}

function line({ area, state, sentence }: Finding, terminal: Terminal): string {
  const { red, yellow, green } = colours(terminal);
  const colour = { ok: green, warning: yellow, wrong: red }[state];
  return `${colour(state.padEnd(7))}  ${area}: ${sentence}`;
}

async function* examined(wish: { directory: string; probe: boolean }, terminal: Terminal): AsyncGenerator<Finding, void, void> {
  const { ok, warning, wrong } = findings('config');
  const read = await readConfig(wish.directory, terminal.env, { check: checks, now: terminal.now() });
  if ('mistakes' in read) {
    for (const mistake of read.mistakes) yield wrong(mistakeLine(mistake));
    return;
  }
  const { config, warnings } = read;
  yield ok(`${config.directory} can be used; it has ${config.teams.map(({ name }) => name).join(', ')}.`);
  for (const sentence of warnings) yield warning(sentence);
  yield* await guarded('disk', examineDisk(config));
  yield* await guarded('database', examineDatabase(config, terminal.now));
  for (const team of config.teams) yield* await guarded(`mailbox ${team.name}`, examineMailbox(team));
  yield* await guarded('relay', examineRelay(config));
  for (const team of config.teams) yield* await guarded(`keys ${team.name}`, examineKeys(team, config.directory, terminal.now()));
  for (const team of config.teams)
    yield* await guarded(`addresses ${team.name}`, wish.probe ? probe(config, team, terminal.now) : untried(team));
}

/** One examination that breaks does not keep the others from being made. */
async function guarded(area: string, made: Promise<Finding[]>): Promise<Finding[]> {
  return made.catch((error) => [findings(area).wrong(`${sentenceOf(error)}.`)]);
}

async function untried(team: Team): Promise<Finding[]> {
  const { ok } = findings(`addresses ${team.name}`);
  const what = team.subaddressing ? `a sub-address of ${team.address}` : team.address;
  return [ok(`${what} was not tried; --probe sends a mail there and waits for it.`)];
}
