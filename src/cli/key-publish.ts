// embargod key publish: writes what a web server shows of a team's key; written again, it is brought up to date.
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { replaceFile } from '#cli/key-files.ts';
import { grouped, type KeyTeam, openKeyTeam, transitionPath } from '#cli/key-team.ts';
import { contactIn } from '#cli/security-txt.ts';
import { colours, type Terminal } from '#cli/terminal.ts';
import { webTree } from '#cli/web-tree.ts';
import { type Certificate, canEncrypt, canSign, readCertificates } from '#pgp/keyring.ts';
import { isRevoked } from '#pgp/revoke.ts';
import { after, day } from '#time.ts';

/** What `key publish` was asked for. */
export interface PublishWish {
  readonly directory: string;
  readonly team?: string;
  readonly out: string;
}

// RFC 9116 §2.5.5 recommends less than a year; half of one leaves time to be late.
const lasts = '180d';

/**
 * Writes the tree and says what goes where. security.txt lasts half a year and never longer than the key that signs it. Answers
 * the exit code: 1 when there is no key to publish, or when the folder holds the security.txt of somebody else.
 */
export async function publishTeamKey(wish: PublishWish, terminal: Terminal): Promise<number> {
  const team = await openKeyTeam({ directory: wish.directory, ...(wish.team !== undefined && { name: wish.team }) }, terminal);
  if (!team) return 1;
  const now = terminal.now();
  const revoked = await revokedOf(team, now);
  const usable = team.key && (await end(team.key.own.certificate, now));
  const ended = revoked.some(({ fingerprint }) => fingerprint === team.key?.own.fingerprint);
  if (!team.key || (!usable && !ended)) {
    for (const trouble of team.troubles) terminal.err(trouble);
    terminal.err(
      'There is no key that can be published: the team has none in use, or it has ended. embargod key rotate makes the next one.',
    );
    return 1;
  }
  const out = resolve(wish.out);
  const there = await readFile(join(out, '.well-known/security.txt'), 'utf8').catch(() => undefined);
  if (there !== undefined && contactIn(there) !== team.address) {
    terminal.err(`Nothing was written: ${out} has a security.txt that is not of ${team.address}; take a folder of its own for each team.`);
    return 1;
  }
  const expires = usable && usable < after(now, lasts) ? usable : after(now, lasts);
  const transition = await readFile(join(team.directory, transitionPath(team.name, team.key.own.fingerprint)), 'utf8').catch(
    () => undefined,
  );
  const { title, address, website, publication } = team;
  const files = await webTree({
    ...{ title, address, revoked, expires, now },
    ...(website !== undefined && { website }),
    ...(publication && { publication }),
    ...(!ended && { key: team.key.own }),
    ...(transition !== undefined && { transition }),
  });
  for (const { path, content } of files) await replaceFile(join(out, path), content);
  const written = files.map(({ path }) => path);
  for (const line of nextSteps(team, { out, written, ended, revoked, expires }, terminal)) terminal.out(line);
  return 0;
}

/** The last moment at which the certificate signs and is encrypted to; far away where it has no end, undefined where it cannot do both. */
async function end(certificate: Certificate, now: Date): Promise<Date | undefined> {
  const [signs, seals] = [await canSign(certificate, now), await canEncrypt(certificate, now)];
  if (!signs.usable || !seals.usable) return undefined;
  const ends = [signs.until, seals.until].flatMap((until) => until?.getTime() ?? []);
  return new Date(Math.min(8.64e15, ...ends));
}

/** The team's revoked certificates: those that `key revoke` kept, and former keys that carry a revocation of their own. */
async function revokedOf(team: KeyTeam, now: Date): Promise<Certificate[]> {
  const folder = join(team.directory, `teams/${team.name}/certificates`);
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.revoked.asc')).sort();
  const kept = await Promise.all(names.map(async (name) => readCertificates(await readFile(join(folder, name)))));
  const own = [...team.former, ...(team.key ? [team.key] : [])].map((one) => one.own.certificate);
  const found: Certificate[] = [];
  for (const one of [...kept.flat(), ...own])
    if (!found.some(({ fingerprint }) => fingerprint === one.fingerprint) && (await isRevoked(one, now))) found.push(one);
  return found;
}

function nextSteps(
  team: KeyTeam,
  did: { out: string; written: readonly string[]; ended: boolean; revoked: readonly Certificate[]; expires: Date },
  terminal: Terminal,
): string[] {
  const { bold, yellow } = colours(terminal);
  const key = team.key?.own.fingerprint ?? '';
  return [
    bold(`For the web servers of ${team.address.slice(team.address.lastIndexOf('@') + 1)}, with the key ${grouped(key)}:`),
    ...did.written.map((path) => `  ${join(did.out, path)}`),
    ...did.revoked.map(({ fingerprint }) => `Revoked, and told to those who ask again: ${fingerprint}`),
    ...(did.ended ? [yellow('The key in use is revoked: security.txt was not written. embargod key rotate makes the next key.')] : []),
    `1. Copy them as ${join(did.out, 'README.txt')} says.`,
    ...(did.ended ? [] : [`2. Do this again before ${day(did.expires)}, when security.txt ends, and after each change of the key.`]),
  ];
}
