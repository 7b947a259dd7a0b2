// A team as the key commands see it: what its team.yaml says of names and keys, read also where the rest of the config has mistakes.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import type { Terminal } from '#cli/terminal.ts';
import { type Desk, namesIn, openYaml, type Spot, whereabouts } from '#config/desk.ts';
import { openTeamKey } from '#config/keys.ts';
import { mistakeLine } from '#config/read.ts';
import { TeamFile } from '#config/schema.ts';
import { validate } from '#config/validate.ts';
import { type OwnKey, readOwnKey } from '#pgp/keyring.ts';

type Said = TeamFile['key'];

/** A private key of the team, opened, with what names it in team.yaml and the passphrase that opened it. */
export interface TeamOwnKey {
  readonly said: Said;
  readonly own: OwnKey;
  readonly passphrase?: string;
}

/** What the key commands know of a team. */
export interface KeyTeam extends Pick<TeamFile, 'title' | 'address' | 'website' | 'publication'> {
  /** The config folder, absolute. */
  readonly directory: string;
  readonly name: string;
  /** Of team.yaml, as it lies there. */
  readonly text: string;
  /** The key in use; absent when team.yaml names none or it does not open. */
  readonly key?: TeamOwnKey;
  /** Whether team.yaml names no key, or one that is not there: only then a new one can take its place unasked. */
  readonly keyless: boolean;
  readonly former: readonly TeamOwnKey[];
  /** Why a key does not open, a line each. */
  readonly troubles: readonly string[];
}

const Names = z.object(TeamFile.pick({ title: true, address: true, formerKeys: true, website: true, publication: true }).shape);

/** Reads one team of a config folder; `name` may be left out where there is one team. Undefined after saying why to the error output. */
export async function openKeyTeam(wish: { directory: string; name?: string }, terminal: Terminal): Promise<KeyTeam | undefined> {
  const desk: Desk = { directory: resolve(wish.directory), env: terminal.env, now: terminal.now(), mistakes: [], warnings: [] };
  const name = await chosen(desk.directory, wish.name, terminal);
  if (name === undefined) return undefined;
  const file = `teams/${name}/team.yaml`;
  const yaml = await openYaml(desk, file, 'embargod init writes one.');
  const where = yaml && whereabouts(yaml);
  const read = yaml && where && validate(Names, yaml.value, where);
  if (!yaml || !where || !read || 'mistakes' in read) {
    const more = read && 'mistakes' in read ? read.mistakes : [];
    for (const mistake of [...desk.mistakes, ...more]) terminal.err(mistakeLine(mistake));
    return undefined;
  }
  const { title, address, formerKeys, website, publication } = read.value;
  const named = z.object({ key: TeamFile.shape.key }).safeParse(yaml.value);
  const said = named.success ? named.data.key : undefined;
  const key = said && (await opened(desk, said, { where, path: ['key'] }, address));
  const former: TeamOwnKey[] = [];
  for (const [index, one] of formerKeys.entries())
    former.push(...((await opened(desk, one, { where, path: ['formerKeys', index] }, address)) ?? []));
  const [current] = key ?? [];
  return {
    directory: desk.directory,
    name,
    title,
    address,
    ...(website !== undefined && { website }),
    ...(publication && { publication }),
    text: await readFile(join(desk.directory, file), 'utf8'),
    ...(current && { key: current }),
    keyless: said ? isMissing(desk, said) : !yaml.has(['key']),
    former,
    troubles: desk.mistakes.map(mistakeLine),
  };
}

async function chosen(directory: string, wanted: string | undefined, terminal: Terminal): Promise<string | undefined> {
  const names = await namesIn(join(directory, 'teams'), 'folders');
  const [only] = names;
  const name = wanted ?? (names.length === 1 ? only : undefined);
  if (name !== undefined && names.includes(name)) return name;
  if (names.length === 0) terminal.err(`There is no team in ${directory}; embargod init makes a config folder.`);
  else if (wanted !== undefined) terminal.err(`There is no team ${wanted}; there is ${names.join(', ')}.`);
  else terminal.err(`There are several teams; say which one with --team: ${names.join(', ')}.`);
  return undefined;
}

async function opened(desk: Desk, said: Said, spot: Spot, address: string): Promise<[TeamOwnKey] | undefined> {
  const key = await openTeamKey(desk, said, spot, { address, signs: false });
  if (!key) return undefined;
  const { passphrase } = key;
  return [{ said, own: await readOwnKey(key.private, passphrase), ...(passphrase !== undefined && { passphrase }) }];
}

function isMissing(desk: Desk, { private: secret }: Said): boolean {
  if ('env' in secret) return !desk.env[secret.env];
  return !existsSync(isAbsolute(secret.file) ? secret.file : join(desk.directory, secret.file));
}

/** A fingerprint as people compare it: groups of four. */
export function grouped(fingerprint: string): string {
  return fingerprint.replace(/.{4}(?=.)/g, '$& ');
}

/** What files of a key are called: the team and the key id (of version 6 it begins the fingerprint, of version 4 it ends it). */
export function keyName(team: string, fingerprint: string): string {
  return `${team}-${fingerprint.length > 40 ? fingerprint.slice(0, 16) : fingerprint.slice(-16)}`;
}

const shelf = (team: string, fingerprint: string) => `teams/${team}/certificates/${fingerprint}`;

/** Where the certificate of a key of the team is kept, relative to the config folder. */
export const certificatePath = (team: string, fingerprint: string) => `${shelf(team, fingerprint)}.asc`;

/** Where the certificate with its revocation is kept. */
export const revokedPath = (team: string, fingerprint: string) => `${shelf(team, fingerprint)}.revoked.asc`;

/** Where the statement is kept with which this key took over. */
export const transitionPath = (team: string, fingerprint: string) => `${shelf(team, fingerprint)}.transition.txt`;
