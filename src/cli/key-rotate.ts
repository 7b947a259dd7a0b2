// embargod key rotate: a new key takes over with the trust of the old one, which goes on opening mail.
import { isAbsolute, join } from 'node:path';
import { alone, type KeyFile, replaceFile, taken, writeNew } from '#cli/key-files.ts';
import { type KeyWish, type NewKey, newKey } from '#cli/key-make.ts';
import { renewCertificate } from '#cli/key-new.ts';
import { grouped, type KeyTeam, openKeyTeam, type TeamOwnKey, transitionPath } from '#cli/key-team.ts';
import { mostFormer, rewired } from '#cli/key-wire.ts';
import { colours, type Terminal } from '#cli/terminal.ts';
import { transition } from '#cli/transition.ts';
import type { Secret } from '#config/schema.ts';
import { isWhole, primaryOf } from '#pgp/certify.ts';
import { clearsign } from '#pgp/clearsign.ts';
import { canSign } from '#pgp/keyring.ts';

/** What `key rotate` was asked for; `show` writes nothing. */
export interface RotateWish extends KeyWish {
  readonly directory: string;
  readonly team?: string;
  readonly show: boolean;
}

/** Everything a rotation writes, made before anything is written. */
interface Rotation {
  readonly made: NewKey;
  readonly files: readonly KeyFile[];
  readonly text: string;
  readonly vouched: boolean;
}

/**
 * Makes the key that follows the one in use, certified by it, with a statement signed by both, and names it in team.yaml; the old one
 * goes to `formerKeys`. New files are on the disk before team.yaml is replaced in one step, so that a run that is broken off leaves the
 * old key in use. Answers the exit code: 1 when there is nothing to follow or ten former keys are there already.
 */
export async function rotateTeamKey(wish: RotateWish, terminal: Terminal): Promise<number> {
  const named = { directory: wish.directory, ...(wish.team !== undefined && { name: wish.team }) };
  const known = await openKeyTeam(named, terminal);
  if (!known) return 1;
  const turn = async () => {
    // Read again: what another run changed before this one was alone must not be lost.
    const team = await openKeyTeam({ ...named, name: known.name }, terminal);
    return team ? rotateOf(team, wish, terminal) : 1;
  };
  return wish.show ? turn() : alone(join(known.directory, 'teams', known.name), turn);
}

async function rotateOf(team: KeyTeam, wish: RotateWish, terminal: Terminal): Promise<number> {
  const { key } = team;
  if (!key) {
    for (const trouble of team.troubles) terminal.err(trouble);
    terminal.err('There is no key in use that a new one could follow; embargod key new makes a first one.');
    return 1;
  }
  if (team.former.length >= mostFormer) {
    terminal.err(
      `teams/${team.name}/team.yaml names ${team.former.length} former keys, and ${mostFormer} is the most: take away one that no mail comes for any more.`,
    );
    return 1;
  }
  const rotation = await rotated(team, key, wish, terminal.now());
  const there = taken(team.directory, rotation.files);
  if (there.length > 0) {
    terminal.err(`Nothing was written: ${there.join(', ')} is there already.`);
    return 1;
  }
  if (wish.show) return show(team, rotation, terminal);
  await writeNew(team.directory, rotation.files);
  await replaceFile(join(team.directory, `teams/${team.name}/team.yaml`), rotation.text);
  await renewCertificate(team, rotation.made.own.certificate.armored);
  for (const line of nextSteps(team, key, rotation, wish, terminal)) terminal.out(line);
  return 0;
}

async function rotated(team: KeyTeam, old: TeamOwnKey, wish: RotateWish, now: Date): Promise<Rotation> {
  // A key that has ended or is revoked vouches for nothing.
  const vouched = (await canSign(old.own.certificate, now)).usable && isWhole(primaryOf(old.own.key));
  const made = await newKey(team, wish, now, { ...old, vouched });
  const words = transition({
    title: team.title,
    address: team.address,
    now,
    old: old.own.fingerprint,
    next: made.own.fingerprint,
    vouched,
  });
  const statement = await clearsign(words, vouched ? [old.own.key, made.own.key] : [made.own.key], now);
  const files = [...made.secrets, { path: transitionPath(team.name, made.own.fingerprint), content: statement }];
  return { made, files, text: rewired(team.text, made.said, true), vouched };
}

function show(team: KeyTeam, { made, files, text, vouched }: Rotation, terminal: Terminal): number {
  const later = (words: string) => words.replaceAll(made.name, `${team.name}-<key id>`).replaceAll(made.own.fingerprint, '<fingerprint>');
  terminal.out('Nothing is written. The key made when it is written will be another one.');
  for (const { path, secret } of files) terminal.out(`would write ${later(path)}${secret ? '  (secret)' : ''}`);
  terminal.out(`would replace teams/${team.name}/team.asc`);
  terminal.out(`would replace teams/${team.name}/team.yaml by:`);
  terminal.out(later(text));
  terminal.out(
    `The old key ${vouched ? 'certifies the new one' : 'cannot certify the new one: it has ended, is revoked or lacks its primary secret'}.`,
  );
  return 0;
}

/** Whether a secret does not lie in the config folder: handed over by the system, it is not followed by a file of ours. */
function isElsewhere(secret: Secret): boolean {
  return 'env' in secret || isAbsolute(secret.file);
}

function nextSteps(team: KeyTeam, old: TeamOwnKey, { made, files, vouched }: Rotation, wish: RotateWish, terminal: Terminal): string[] {
  const { bold, yellow } = colours(terminal);
  const at = (path: string | undefined) => join(team.directory, path ?? '');
  const others = old.own.key.getUserIDs().filter((id) => !made.own.key.getUserIDs().includes(id));
  const call = `--config ${wish.directory} --team ${team.name}`;
  return [
    bold(`The key of ${team.title} <${team.address}> is now ${grouped(made.own.fingerprint)}`),
    ...files.map(({ path, secret }) => `  ${at(path)}${secret ? '  (secret)' : ''}`),
    `The key of before, ${old.own.fingerprint}, opens mail and signs nothing (formerKeys in team.yaml).`,
    ...(vouched ? [] : [yellow('It could not certify the new one; people must compare the new fingerprint by another way.')]),
    ...(isElsewhere(old.said.private)
      ? [yellow(`The service took the old key from elsewhere; see that it can read ${at(files[0]?.path)} too.`)]
      : []),
    ...(others.length > 0 ? [yellow(`The new key does not bear ${others.join(', ')}; add names with your OpenPGP program.`)] : []),
    ...(wish.v6 ? [yellow('Programs from before RFC 9580 (GnuPG, for one) cannot read a key of version 6.')] : []),
    `1. Move ${at(files[1]?.path)} to a safe place away from here: it revokes the new key.`,
    '2. Restart the service: it signs with the new key from then on.',
    `3. Publish it: embargod key publish ${call} --out DIR`,
    `4. When people have it: embargod key revoke ${call} --fingerprint ${old.own.fingerprint}, and publish again.`,
  ];
}
