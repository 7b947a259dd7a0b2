// embargod key new: a key pair for a team, written beside what is there, never over it.

import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { alone, type KeyFile, replaceFile, taken, writeNew } from '#cli/key-files.ts';
import { type KeyWish, type NewKey, newKey } from '#cli/key-make.ts';
import { certificatePath, grouped, type KeyTeam, openKeyTeam } from '#cli/key-team.ts';
import { rewired } from '#cli/key-wire.ts';
import { colours, type Terminal } from '#cli/terminal.ts';
import { readCertificates } from '#pgp/keyring.ts';

/** What `key new` was asked for; `out`: a folder for the files instead of the config folder, where nothing is then changed. */
export interface NewWish extends KeyWish {
  readonly directory: string;
  readonly team?: string;
  readonly out?: string;
}

/**
 * Makes a key, writes it and says what to do. team.yaml is changed only where it names no key, or one that is not there. Answers
 * the exit code: 1 when the team is not known or a file is there already. Throws sentences as newKey and alone do.
 */
export async function makeTeamKey(wish: NewWish, terminal: Terminal): Promise<number> {
  const team = await openKeyTeam({ directory: wish.directory, ...(wish.team !== undefined && { name: wish.team }) }, terminal);
  if (!team) return 1;
  if (wish.out !== undefined) return writeKey(team, wish, terminal);
  return alone(join(team.directory, 'teams', team.name), () => writeKey(team, wish, terminal));
}

async function writeKey(team: KeyTeam, wish: NewWish, terminal: Terminal): Promise<number> {
  const made = await newKey(team, wish, terminal.now());
  const wired = wish.out === undefined && team.keyless;
  const text = wired ? rewired(team.text, made.said, false) : undefined;
  const folder = wish.out === undefined ? team.directory : resolve(wish.out);
  const path = wish.out === undefined ? certificatePath(team.name, made.own.fingerprint) : `${made.name}.asc`;
  const certificate: KeyFile = { path, content: made.own.certificate.armored };
  const files = [...made.secrets.map((file) => (wish.out === undefined ? file : bare(file))), certificate];
  const there = taken(folder, files);
  if (there.length > 0) {
    terminal.err(`Nothing was written: ${folder} has ${there.join(', ')} already.`);
    return 1;
  }
  await writeNew(folder, files);
  if (text !== undefined) {
    await replaceFile(join(team.directory, `teams/${team.name}/team.yaml`), text);
    await renewCertificate(team, made.own.certificate.armored);
  }
  const said = { folder, files, wired, certificate: certificate.path };
  for (const line of nextSteps(team, made, wish, said, terminal)) terminal.out(line);
  return 0;
}

function bare(file: KeyFile): KeyFile {
  return { ...file, path: file.path.slice(file.path.lastIndexOf('/') + 1) };
}

/** Puts a certificate in the place of team.asc, which is what people are pointed to; the one of before is kept in certificates/. */
export async function renewCertificate(team: Pick<KeyTeam, 'directory' | 'name'>, armored: string): Promise<void> {
  const path = join(team.directory, `teams/${team.name}/team.asc`);
  const before = await readFile(path).catch(() => undefined);
  const [old, ...more] = before ? await readCertificates(before).catch(() => []) : [];
  if (before && old && more.length === 0) {
    const kept = { path: certificatePath(team.name, old.fingerprint), content: before };
    if (taken(team.directory, [kept]).length === 0) await writeNew(team.directory, [kept]);
  }
  await replaceFile(path, armored);
}

function nextSteps(
  team: KeyTeam,
  made: NewKey,
  wish: NewWish,
  said: { folder: string; files: readonly KeyFile[]; wired: boolean; certificate: string },
  terminal: Terminal,
): string[] {
  const { bold } = colours(terminal);
  const [secret, revocation] = said.files;
  const wire = said.wired
    ? `teams/${team.name}/team.yaml names it now as the key of the team; restart the service.`
    : `The service does not use it yet: ${team.key ? 'embargod key rotate makes a key that takes over, with the trust of the old one; or ' : ''}let key in teams/${team.name}/team.yaml say private: { file: ${secret?.path ?? ''} }, and move what it says now to formerKeys.`;
  return [
    bold(`A new key for ${team.title} <${team.address}>: ${grouped(made.own.fingerprint)}`),
    ...said.files.map(({ path, secret: only }) => `  ${join(said.folder, path)}${only ? '  (secret)' : ''}`),
    `1. Move ${join(said.folder, revocation?.path ?? '')} to a safe place away from here: it revokes the key, also when the key is lost.`,
    `2. ${wire}`,
    `3. Publish it: embargod key publish --config ${wish.directory} --team ${team.name} --out DIR`,
    ...(wish.v6 ? ['Programs from before RFC 9580 (GnuPG, for one) cannot read a key of version 6.'] : []),
  ];
}
