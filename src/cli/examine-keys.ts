// Looks whether letters can be sealed: the team's own key, and the certificates of those it writes to.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, findings } from '#cli/finding.ts';
import { revokedPath } from '#cli/key-team.ts';
import { whyNot } from '#config/keys.ts';
import type { HeldCertificate, Team } from '#config/read.ts';
import { type Certificate, canEncrypt, canSign, readCertificates, readOwnKey } from '#pgp/keyring.ts';
import { withRole } from '#team/roster.ts';
import { day } from '#time.ts';

const soon = 30 * 86_400_000;

/**
 * The keys of one team at `now`: what is wrong with each, and how many of each audience a sealed letter reaches. `directory`: the config
 * folder, where revocations are kept.
 */
export async function examineKeys(team: Team, directory: string, now: Date): Promise<Finding[]> {
  const own = await readOwnKey(team.key.private, team.key.passphrase);
  const held = await Promise.all(team.certificates.map((one) => examineHeld(team, one, now)));
  const reached = new Set(held.flatMap(({ who, usable }) => (usable ? [who] : [])));
  const { ok, warning } = findings(`keys ${team.name}`);
  const count = (what: string, people: readonly string[]) => {
    const missing = people.filter((who) => !reached.has(who));
    if (people.length === 0) return [];
    if (missing.length === 0) return [ok(`sealed letters reach all ${people.length} ${what}.`)];
    return [
      warning(
        `sealed letters reach ${people.length - missing.length} of ${people.length} ${what}; ask ${missing.slice(0, 20).join(', ')} for a certificate.`,
      ),
    ];
  };
  return [
    ...(await examineOwn(team, own.certificate, now)),
    ...revokedInUse(team, directory, own.certificate),
    ...held.flatMap(({ finding }) => finding),
    ...count(
      'members',
      withRole(team.roster, 'member').map(({ handle }) => handle),
    ),
    ...count(
      'distributors',
      team.roster.distributors.map(({ id }) => id),
    ),
  ];
}

async function examineOwn(team: Team, certificate: Certificate, now: Date): Promise<Finding[]> {
  const { ok, warning, wrong } = findings(`keys ${team.name}`);
  const uses = [
    ['sign', await canSign(certificate, now)],
    ['be written to', await canEncrypt(certificate, now)],
  ] as const;
  return uses.map(([use, able]) => {
    if (!able.usable) return wrong(`the key of the team cannot ${use}: it ${whyNot[able.why]}; embargod key rotate makes the next one.`);
    if (!able.until) return ok(`the key of the team can ${use}, without an end.`);
    const sentence = `the key of the team can ${use} until ${day(able.until)}`;
    return able.until.getTime() - now.getTime() < soon
      ? warning(`${sentence}; embargod key rotate makes the next one, or prolong it, and publish.`)
      : ok(`${sentence}.`);
  });
}

/** A revocation that was made while the key is in use does not lie in the private key itself. */
function revokedInUse(team: Team, directory: string, { fingerprint }: Certificate): Finding[] {
  const path = revokedPath(team.name, fingerprint);
  if (!existsSync(join(directory, path))) return [];
  return [
    findings(`keys ${team.name}`).wrong(
      `the key of the team is revoked (${path}) and still in use; embargod key rotate makes the next one.`,
    ),
  ];
}

async function examineHeld(
  team: Team,
  { who, armored, file }: HeldCertificate,
  now: Date,
): Promise<{ who: string; usable: boolean; finding: Finding[] }> {
  const { warning } = findings(`keys ${team.name}`);
  const [certificate] = await readCertificates(armored);
  const able = certificate ? await canEncrypt(certificate, now) : ({ usable: false, why: 'unsupported' } as const);
  if (!able.usable)
    return { who, usable: false, finding: [warning(`the certificate of ${who} (${file}) ${whyNot[able.why]}; ask for a new one.`)] };
  const { until } = able;
  const ending = until && until.getTime() - now.getTime() < soon;
  return {
    who,
    usable: true,
    finding: ending ? [warning(`the certificate of ${who} (${file}) ends on ${day(until)}; ask for a new one.`)] : [],
  };
}
