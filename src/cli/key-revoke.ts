// embargod key revoke: the end of a key of the team, made ready for publication; its private half is kept and opens old mail.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alone, replaceFile } from '#cli/key-files.ts';
import { grouped, type KeyTeam, openKeyTeam, revokedPath } from '#cli/key-team.ts';
import { colours, type Terminal } from '#cli/terminal.ts';
import { type Certificate, readCertificates } from '#pgp/keyring.ts';
import { isRevoked, type Reason, revoked, revokedWith } from '#pgp/revoke.ts';

/** What `key revoke` was asked for. `with`: a file with a revocation made beforehand. */
export interface RevokeWish {
  readonly directory: string;
  readonly team?: string;
  readonly fingerprint?: string;
  readonly reason: string;
  readonly text: string;
  readonly with?: string;
  readonly evenInUse: boolean;
}

const reasons: readonly Reason[] = ['superseded', 'compromised', 'retired'];

/**
 * Makes the revoked certificate and writes it to the team's certificates, whence `key publish` takes it. Answers the exit code: 1 when the
 * key is not found, is the one in use, or is revoked already (but a harsher reason may follow: `compromised`). Throws sentences as the
 * pgp room does.
 */
export async function revokeTeamKey(wish: RevokeWish, terminal: Terminal): Promise<number> {
  const reason = reasons.find((one) => one === wish.reason);
  if (!reason || /[\p{C}]/u.test(wish.text) || wish.text.length > 200) {
    terminal.err(reason ? '--text takes at most 200 characters on one line.' : `--reason takes ${reasons.join(', ')}.`);
    return 1;
  }
  const team = await openKeyTeam({ directory: wish.directory, ...(wish.team !== undefined && { name: wish.team }) }, terminal);
  if (!team) return 1;
  return alone(join(team.directory, 'teams', team.name), () => revoke(team, { ...wish, reason }, terminal));
}

async function revoke(team: KeyTeam, wish: RevokeWish & { reason: Reason }, terminal: Terminal): Promise<number> {
  const now = terminal.now();
  const target = await found(team, wish, now);
  if (typeof target === 'string') {
    terminal.err(target);
    return 1;
  }
  const { fingerprint } = target;
  const inUse = !team.key || team.key.own.fingerprint === fingerprint;
  if (inUse && !wish.evenInUse) {
    terminal.err(
      team.key
        ? `${fingerprint} is the key in use: embargod key rotate lets another one take over first. --even-in-use revokes it all the same.`
        : 'The team has no key in use: embargod key new makes one first. --even-in-use revokes all the same.',
    );
    return 1;
  }
  const path = join(team.directory, revokedPath(team.name, fingerprint));
  if ((await isRevoked(target.certificate, now)) && wish.reason !== 'compromised') {
    terminal.err(`${fingerprint} is revoked already; nothing was written.`);
    return 1;
  }
  const certificate = await target.end(now);
  await replaceFile(path, certificate.armored);
  for (const line of nextSteps(team, { certificate, path, inUse, withFile: wish.with !== undefined }, wish, terminal)) terminal.out(line);
  return 0;
}

/** A key that can be revoked. `certificate`: as it is kept now, perhaps revoked already. */
interface Target {
  readonly fingerprint: string;
  readonly certificate: Certificate;
  end(now: Date): Promise<Certificate>;
}

async function found(team: KeyTeam, wish: RevokeWish & { reason: Reason }, now: Date): Promise<Target | string> {
  const kept = await keptCertificates(team);
  const all = wish.with === undefined ? fromPrivate(team, kept, wish) : await fromFile(kept, await readFile(wish.with, 'utf8'), now);
  const wanted = wish.fingerprint?.replace(/^0x/i, '').replace(/[\s:]/g, '').toUpperCase();
  if (wanted !== undefined && !/^[0-9A-F]{16,64}$/.test(wanted))
    return '--fingerprint takes a whole fingerprint, or the 16 digits of a key id.';
  const fitting = all.filter(
    ({ certificate }) => wanted === undefined || certificate.fingerprint === wanted || certificate.keyIds[0] === wanted,
  );
  if (wanted !== undefined && fitting.length === 0)
    return `The team has no ${wish.with === undefined ? 'private key' : 'certificate'} ${wanted}${wish.with === undefined ? '; --with takes the revocation that was made with it' : ' that this revocation fits'}.`;
  const open: Target[] = [];
  for (const one of fitting)
    if (wanted !== undefined || wish.with !== undefined || !(await isRevoked(one.certificate, now))) open.push(one);
  const former =
    wanted === undefined && wish.with === undefined ? open.filter(({ fingerprint }) => fingerprint !== team.key?.own.fingerprint) : open;
  const [only, ...more] = former;
  if (only && more.length === 0) return only;
  if (more.length > 0) return `Say which key with --fingerprint: ${former.map(({ fingerprint }) => fingerprint).join(', ')}.`;
  return wish.with === undefined
    ? 'There is no former key to revoke; --fingerprint names another one.'
    : 'The revocation in this file fits no certificate that the team keeps.';
}

function fromPrivate(team: KeyTeam, kept: readonly Certificate[], wish: RevokeWish & { reason: Reason }): Target[] {
  return [...team.former, ...(team.key ? [team.key] : [])].map(({ own }) => ({
    fingerprint: own.fingerprint,
    certificate: kept.find(({ fingerprint }) => fingerprint === own.fingerprint) ?? own.certificate,
    end: (now) => revoked(own.key, wish.reason, wish.text, now),
  }));
}

async function fromFile(kept: readonly Certificate[], revocation: string, now: Date): Promise<Target[]> {
  const fitting: Target[] = [];
  for (const certificate of kept) {
    const ended = await revokedWith(certificate, revocation, now).catch(() => undefined);
    if (ended) fitting.push({ fingerprint: certificate.fingerprint, certificate, end: async () => ended });
  }
  return fitting;
}

/** Every certificate of a key of the team that lies in its folder, the revoked form first. */
async function keptCertificates(team: KeyTeam): Promise<Certificate[]> {
  const folder = join(team.directory, `teams/${team.name}`);
  const names = (await readdir(join(folder, 'certificates')).catch(() => [])).filter((name) => name.endsWith('.asc'));
  const paths = names
    .map((name) => join(folder, 'certificates', name))
    .sort((a, b) => Number(b.endsWith('.revoked.asc')) - Number(a.endsWith('.revoked.asc')));
  const found: Certificate[] = [];
  for (const path of [...paths, join(folder, 'team.asc')]) {
    const text = await readFile(path).catch(() => undefined);
    const read = text ? await readCertificates(text).catch(() => []) : [];
    found.push(...read.filter(({ fingerprint }) => !found.some((one) => one.fingerprint === fingerprint)));
  }
  return found;
}

function nextSteps(
  team: KeyTeam,
  did: { certificate: Certificate; path: string; inUse: boolean; withFile: boolean },
  wish: RevokeWish & { reason: Reason },
  terminal: Terminal,
): string[] {
  const { bold, yellow } = colours(terminal);
  const call = `--config ${wish.directory} --team ${team.name}`;
  return [
    bold(`Revoked: ${grouped(did.certificate.fingerprint)}${did.withFile ? '' : ` (${wish.reason})`}`),
    `  ${did.path}`,
    ...(did.inUse
      ? [yellow('The service goes on signing with it until embargod key rotate (or key new) has made another one and it is restarted.')]
      : ['As a former key it goes on opening old mail; it was not changed.']),
    ...(wish.reason === 'compromised' && !did.withFile
      ? ['Others may read what was encrypted to it: tell reporters and distributors by a way that is not mail.']
      : []),
    `1. Publish it: embargod key publish ${call} --out DIR`,
    `2. Where the key was sent to key servers, send ${did.path} there too.`,
  ];
}
