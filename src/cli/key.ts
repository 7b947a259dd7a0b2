// embargod key new | rotate | publish | revoke: the team's own OpenPGP key, from its making to its end.
import type { Command } from 'commander';
import { makeTeamKey } from '#cli/key-new.ts';
import { publishTeamKey } from '#cli/key-publish.ts';
import { revokeTeamKey } from '#cli/key-revoke.ts';
import { rotateTeamKey } from '#cli/key-rotate.ts';
import type { Terminal } from '#cli/terminal.ts';

type Ended = (code: number) => void;

interface Common {
  readonly config: string;
  readonly team?: string;
}

/** Adds `key` with its four verbs to the program. */
export function addKey(program: Command, terminal: Terminal, ended: Ended): void {
  const key = program.command('key').description("make, change, publish and revoke a team's own OpenPGP key").helpCommand(false);
  addNew(key, terminal, ended);
  addRotate(key, terminal, ended);
  addPublish(key, terminal, ended);
  addRevoke(key, terminal, ended);
}

function verb(key: Command, name: string, description: string): Command {
  return key
    .command(name)
    .description(description)
    .option('-c, --config <dir>', 'the config folder', '.')
    .option('--team <name>', 'which team, where there are several');
}

const expires = ['--expires <when>', 'when it ends: a number and y, w or d ("2y"), a day, or never', 'never'] as const;
const six = ['--v6', 'version 6 (RFC 9580): programs from before, GnuPG among them, cannot read it'] as const;

function common(said: Common): { directory: string; team?: string } {
  return { directory: said.config, ...(said.team !== undefined && { team: said.team }) };
}

function addNew(key: Command, terminal: Terminal, ended: Ended): void {
  verb(key, 'new', 'make a key pair and its revocation; nothing is written over')
    .option(...six)
    .option(...expires)
    .option('--out <dir>', 'write it there, and leave the config folder alone')
    .action(async (said: Common & { v6?: true; expires: string; out?: string }) =>
      ended(
        await makeTeamKey(
          { ...common(said), v6: said.v6 === true, expires: said.expires, ...(said.out !== undefined && { out: said.out }) },
          terminal,
        ),
      ),
    );
}

function addRotate(key: Command, terminal: Terminal, ended: Ended): void {
  verb(key, 'rotate', 'make the next key, certified by the one in use, which goes on opening mail')
    .option(...six)
    .option(...expires)
    .option('--show', 'only show what would be written')
    .action(async (said: Common & { v6?: true; expires: string; show?: true }) =>
      ended(await rotateTeamKey({ ...common(said), v6: said.v6 === true, expires: said.expires, show: said.show === true }, terminal)),
    );
}

function addPublish(key: Command, terminal: Terminal, ended: Ended): void {
  verb(key, 'publish', 'write a Web Key Directory and a signed security.txt for a web server')
    .requiredOption('--out <dir>', 'the folder to write; what an earlier run wrote there is brought up to date')
    .action(async (said: Common & { out: string }) => ended(await publishTeamKey({ ...common(said), out: said.out }, terminal)));
}

function addRevoke(key: Command, terminal: Terminal, ended: Ended): void {
  verb(key, 'revoke', 'revoke a key of the team, so that publish tells everybody; it goes on opening old mail')
    .option('--fingerprint <fingerprint>', 'which key; absent: the only former one that is not revoked')
    .option('--reason <reason>', 'superseded, compromised or retired', 'superseded')
    .option('--text <text>', 'a line for people; it stands in the certificate for ever', '')
    .option('--with <file>', 'the revocation that was made with the key, where its private half is lost')
    .option('--even-in-use', 'also the key in use')
    .action(async (said: Common & { fingerprint?: string; reason: string; text: string; with?: string; evenInUse?: true }) =>
      ended(
        await revokeTeamKey(
          {
            ...common(said),
            ...(said.fingerprint !== undefined && { fingerprint: said.fingerprint }),
            ...(said.with !== undefined && { with: said.with }),
            ...{ reason: said.reason, text: said.text, evenInUse: said.evenInUse === true },
          },
          terminal,
        ),
      ),
    );
}
