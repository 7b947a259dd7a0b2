// The OpenPGP keys that a config names: the team's own, and the certificates of its people. Trouble that only hinders some letters is a warning.
import { join, normalize } from 'node:path';
import type { HeldCertificate, TeamKey } from '#config/config.ts';
import { type Desk, namesIn, openNamed, type Spot, wrong } from '#config/desk.ts';
import { keyHolders } from '#config/people.ts';
import type { TeamFile } from '#config/schema.ts';
import { openSecret } from '#config/secret.ts';
import type { Whereabouts } from '#config/validate.ts';
import { type Certificate, canEncrypt, canSign, KeyRefused, readCertificates, readOwnKey } from '#pgp/keyring.ts';
import type { Roster } from '#team/roster.ts';
import { day } from '#time.ts';

/** Why a certificate cannot be used, for people. */
export const whyNot = {
  expired: 'has expired',
  revoked: 'is revoked',
  weak: 'is too weak',
  unsupported: 'uses what we cannot read',
  'no-encryption-key': 'has no key to encrypt to',
  'no-signing-key': 'has no key that signs',
} as const;

const soon = 30 * 86_400_000;

/** Opens one of the team's private keys; undefined puts a mistake on the desk. */
export async function openTeamKey(
  desk: Desk,
  said: TeamFile['key'],
  spot: Spot,
  team: { readonly address: string; readonly signs: boolean },
): Promise<TeamKey | undefined> {
  const place = { ...spot, path: [...spot.path, 'private'] };
  const armored = await openSecret(desk, said.private, place);
  const passphrase = said.passphrase && (await openSecret(desk, said.passphrase, { ...spot, path: [...spot.path, 'passphrase'] }));
  if (armored === undefined || (said.passphrase && passphrase === undefined)) return undefined;
  try {
    const own = await readOwnKey(armored, passphrase);
    if (team.signs) await warnOfOwn(desk, own.certificate, spot.where.at(place.path).file, team.address);
    return { private: armored, ...(passphrase !== undefined && { passphrase }) };
  } catch (error) {
    wrong(desk, place, error instanceof KeyRefused ? error.message : 'the private key cannot be read.');
    return undefined;
  }
}

async function warnOfOwn(desk: Desk, certificate: Certificate, file: string, address: string): Promise<void> {
  for (const [able, use] of [
    [await canSign(certificate, desk.now), 'sign'],
    [await canEncrypt(certificate, desk.now), 'be written to in secret'],
  ] as const) {
    if (!able.usable) desk.warnings.push(`${file}: the key of the team ${whyNot[able.why]}; the team cannot ${use} with it.`);
    else if (able.until && able.until.getTime() - desk.now.getTime() < soon)
      desk.warnings.push(`${file}: the key of the team ends on ${day(able.until)}; prolong it, and tell those who have it.`);
  }
  if (!certificate.emails.includes(address))
    desk.warnings.push(`${file}: no user id of the team's key names ${address}; clients will not find the key by it.`);
}

/** Reads the certificates that a roster names; mistakes go on the desk. `folder` is the team's, relative to the config folder. */
export async function readHeld(desk: Desk, roster: Roster, folder: string, where: Whereabouts): Promise<HeldCertificate[]> {
  const held: (HeldCertificate & { fingerprint: string })[] = [];
  for (const { who, addresses, keys, path } of keyHolders(roster)) {
    for (const [index, key] of keys.entries()) {
      const spot = { where, path: [...path, index] };
      const file = join(folder, key);
      if (!normalize(file).startsWith(join(folder, '/')) || key.startsWith('/')) {
        wrong(desk, spot, 'a key file lies in the folder of its team; name it relative to that.');
        continue;
      }
      for (const certificate of await openCertificates(desk, file, spot)) {
        const other = held.find(({ fingerprint }) => fingerprint === certificate.fingerprint);
        if (other && other.who !== who)
          wrong(desk, spot, `the certificate in ${key} belongs to ${other.who} already; a signature must mean one person.`);
        if (other) continue;
        await warnOfHeld(desk, certificate, { who, addresses, file });
        held.push({ who, armored: certificate.armored, file, fingerprint: certificate.fingerprint });
      }
    }
  }
  await warnOfUnnamed(desk, roster, folder);
  return held.map(({ who, armored, file }) => ({ who, armored, file }));
}

async function openCertificates(desk: Desk, file: string, spot: Spot): Promise<Certificate[]> {
  const text = await openNamed(desk, file, spot, 'the key file');
  if (text === undefined) return [];
  try {
    return await readCertificates(Buffer.from(text, 'latin1'));
  } catch (error) {
    wrong(desk, spot, `${file}: ${error instanceof KeyRefused ? error.message : 'the certificate cannot be read.'}`);
    return [];
  }
}

async function warnOfHeld(
  desk: Desk,
  certificate: Certificate,
  of: { who: string; addresses: readonly string[]; file: string },
): Promise<void> {
  const able = await canEncrypt(certificate, desk.now);
  if (!able.usable) desk.warnings.push(`${of.file}: the certificate of ${of.who} ${whyNot[able.why]}; nothing can be sealed to it.`);
  else if (able.until && able.until.getTime() - desk.now.getTime() < soon)
    desk.warnings.push(`${of.file}: the certificate of ${of.who} ends on ${day(able.until)}.`);
  const signs = await canSign(certificate, desk.now);
  if (!signs.usable && able.usable)
    desk.warnings.push(`${of.file}: the certificate of ${of.who} ${whyNot[signs.why]}; their signatures prove nothing.`);
  if (!of.addresses.some((address) => certificate.emails.includes(address)))
    desk.warnings.push(`${of.file}: no user id of the certificate names an address of ${of.who}; is it theirs?`);
}

async function warnOfUnnamed(desk: Desk, roster: Roster, folder: string): Promise<void> {
  const named = new Set(keyHolders(roster).flatMap(({ keys }) => keys.map((key) => normalize(key))));
  for (const name of await namesIn(join(desk.directory, folder, 'keys'), 'files'))
    if (name.endsWith('.asc') && !named.has(`keys/${name}`))
      desk.warnings.push(`${folder}/keys/${name} is not used: nobody in the roster names it.`);
}
