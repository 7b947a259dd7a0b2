// embargod init: a commented config folder with fresh secrets and a key pair. Never writes over what is there.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { type FirstTeam, firstFiles } from '#cli/first-files.ts';
import { restKeys, teamSecrets } from '#cli/secrets.ts';
import { colours, type Terminal } from '#cli/terminal.ts';
import { shippedPolicies, shippedPolicy } from '#config/policies.ts';
import { TeamFile } from '#config/schema.ts';
import { day } from '#time.ts';

/** Adds `init` to the program. */
export function addInit(program: Command, terminal: Terminal, ended: (code: number) => void): void {
  program
    .command('init')
    .description('write a commented config folder with fresh secrets and a key pair; nothing is written over')
    .argument('[dir]', 'the folder to make', 'embargod')
    .option('--team <name>', 'the short name of the first team', 'security')
    .option('--title <title>', 'the name that letters are signed with', 'Example Security Response Committee')
    .option('--address <address>', 'the address that takes reports', 'security@example.org')
    .option('--prefix <prefix>', 'how ids of incidents begin, 2 to 8 capital letters', 'SRC')
    .option('--policy <name>', 'the process that the team works by, one of those that come with the program', 'kubernetes')
    .action(
      async (
        directory: string,
        { team: name, ...said }: { team: string; title: string; address: string; prefix: string; policy: string },
      ) => ended(await init({ directory, name, ...said }, terminal)),
    );
}

/** Writes the folder and prints what to do next; answers the exit code: 1 when a setting is wrong or one of the files is there already. */
export async function init(wish: FirstTeam & { directory: string; policy?: string }, terminal: Terminal): Promise<number> {
  const { policy = 'kubernetes' } = wish;
  const known = await shippedPolicies();
  const wrong = mistakesIn(wish);
  if (!known.includes(policy)) wrong.push(`--policy: there is no policy "${policy}"; known are ${known.join(', ')}.`);
  if (wrong.length > 0) {
    for (const sentence of wrong) terminal.err(sentence);
    return 1;
  }
  const team: FirstTeam = { ...wish, address: wish.address.toLowerCase() };
  const directory = resolve(wish.directory);
  const secrets = await teamSecrets(team, terminal.now());
  const process = { name: policy, policy: await shippedPolicy(policy) };
  const files = [...firstFiles(team, day(terminal.now()), process), ...restKeys(), ...secrets.files];
  const there = files.filter(({ path }) => existsSync(join(directory, path)));
  if (there.length > 0) {
    terminal.err(`Nothing was written: ${directory} has ${there.map(({ path }) => path).join(', ')} already.`);
    return 1;
  }
  for (const { path, text, secret } of files) {
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true, mode: secret ? 0o700 : 0o755 });
    // wx: also a file that came in the meantime is not written over.
    await writeFile(file, text, { mode: secret ? 0o600 : 0o644, flag: 'wx' });
  }
  for (const line of nextSteps(wish.directory, team, secrets.fingerprint, terminal)) terminal.out(line);
  return 0;
}

function mistakesIn(wish: FirstTeam): string[] {
  const said: string[] = [];
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(wish.name)) said.push('--team takes small letters, digits and "-", beginning with a letter.');
  for (const field of ['title', 'prefix', 'address'] as const) {
    const read = TeamFile.shape[field].safeParse(wish[field]);
    if (!read.success)
      said.push(
        `--${field}: ${field === 'title' ? 'expected 1 to 100 characters' : (read.error.issues[0]?.message ?? 'is not understood')}.`,
      );
  }
  if (/[<>\r\n]/.test(wish.title)) said.push('--title takes no "<", ">" or line ends: it becomes the name on the key.');
  return said;
}

function nextSteps(directory: string, team: FirstTeam, fingerprint: string, terminal: Terminal): string[] {
  const { bold } = colours(terminal);
  const inside = (path: string) => join(directory, path);
  const steps = [
    `Put the mailbox's password into ${inside(`secrets/${team.name}.mailbox`)}, and its server into ${inside(`teams/${team.name}/team.yaml`)}.`,
    `Name the relay in ${inside('service.yaml')}, and your people in ${inside(`teams/${team.name}/roster.yaml`)}.`,
    `Put everybody's OpenPGP certificate into ${inside(`teams/${team.name}/keys/`)} and name it in the roster.`,
    `Move ${inside(`secrets/${team.name}.rev`)} to a safe place away from here: it revokes the key of the team.`,
    `Publish the key with the address ${team.address}: embargod key publish --config ${directory} --out DIR writes what a web server shows; the fingerprint is ${fingerprint}.`,
    `Keep a copy of ${inside('secrets/')} apart from the backup of the data: neither can be read without the other.`,
    `embargod check-config --config ${directory}    then    embargod doctor --config ${directory}`,
  ];
  return [bold(`The config folder ${directory} is ready. What to do next:`), ...steps.map((step, index) => `${index + 1}. ${step}`)];
}
