// From DIR/teams/<name>/ to one team: its mailbox, keys, policy, people and templates.
import { openCheckouts } from '#config/checkouts.ts';
import type { Team } from '#config/config.ts';
import { type Desk, openYaml, type Spot, whereabouts, wrong } from '#config/desk.ts';
import { openTeamKey, readHeld } from '#config/keys.ts';
import { checkPeople } from '#config/people.ts';
import { type Check, type EffectivePolicy, placeIn, readPolicy } from '#config/policies.ts';
import { TeamFile } from '#config/schema.ts';
import { tryNamed } from '#config/secret.ts';
import { contradictions } from '#config/sense.ts';
import { openLogin, openTransport } from '#config/service.ts';
import { readTemplates } from '#config/templates.ts';
import { validate, type Whereabouts } from '#config/validate.ts';
import type { MailboxSettings } from '#post/imap.ts';
import { Roster } from '#team/roster.ts';
import { length } from '#time.ts';

/** What could be read of a team: its own file, and the whole when nothing in its folder was wrong. */
export interface TeamRead {
  readonly name: string;
  readonly own?: Own;
  readonly where?: Whereabouts;
  readonly team?: Team;
}

/** Reads the folder of one team; what is missing from the answer put a mistake on the desk. `largestMail` is in bytes. */
export async function readTeam(desk: Desk, name: string, largestMail: number, check: Check | undefined): Promise<TeamRead> {
  const folder = `teams/${name}`;
  const templates = await readTemplates(desk, `${folder}/templates`, check);
  const { own, where } = await readOwn(desk, name, largestMail);
  const effective = await readPolicy(desk, `${folder}/policy.yaml`, check);
  const people = await readPeople(desk, folder, own?.address);
  if (!own) return { name };
  if (!effective || !people) return { name, own, where };
  for (const sentence of contradictions(effective.policy, people.roster, people.certificates, desk.now))
    desk.warnings.push(`${placeIn(sentence, effective) ?? folder}: ${sentence}`);
  return { name, own, where, team: { name, ...own, ...settled(effective), ...people, templates } };
}

function settled({ policy, origins }: EffectivePolicy): Pick<Team, 'policy' | 'policyOrigins'> {
  return { policy, policyOrigins: origins };
}

/** What team.yaml says. */
type Own = Omit<Team, 'name' | 'policy' | 'policyOrigins' | 'roster' | 'certificates' | 'templates'>;

async function readOwn(
  desk: Desk,
  name: string,
  largestMail: number,
): Promise<{ own: Own; where: Whereabouts } | { own?: never; where?: never }> {
  const yaml = await openYaml(desk, `teams/${name}/team.yaml`, 'each folder in teams/ is a team and has one.');
  if (!yaml) return {};
  const where = whereabouts(yaml);
  const read = validate(TeamFile, yaml.value, where);
  if ('mistakes' in read) {
    desk.mistakes.push(...read.mistakes);
    await tryNamed(desk, yaml.value, where);
    return {};
  }
  const said = read.value;
  if (said.address.includes('+') && said.subaddressing)
    wrong(
      desk,
      { where, path: ['address'] },
      'has a "+" itself; sub-addresses are made from it, so it cannot (or set subaddressing: false).',
    );
  const mailbox = await mailboxSettings(desk, said.mailbox, { where, path: ['mailbox'] }, largestMail);
  const key = await openTeamKey(desk, said.key, { where, path: ['key'] }, { address: said.address, signs: true });
  const former = [];
  for (const [index, one] of said.formerKeys.entries())
    former.push(await openTeamKey(desk, one, { where, path: ['formerKeys', index] }, { address: said.address, signs: false }));
  const formerKeys = former.filter((one) => one !== undefined);
  if (!mailbox || !key || formerKeys.length < former.length) return {};
  const { domainProof } = said;
  if (domainProof === 'results' && said.authserv.length === 0)
    desk.warnings.push(`${yaml.file}: authserv is empty: no mail is proved by its domain, only by signatures.`);
  if (domainProof === 'dkim' && said.authserv.length > 0)
    desk.warnings.push(
      `${yaml.file}: authserv is not asked, because domainProof is dkim: the service verifies signatures of domains itself.`,
    );
  const { title, prefix, address, subaddressing, authserv, website } = said;
  const checkouts = await openCheckouts(desk, said.checkouts, { where, path: ['checkouts'] });
  const own = {
    title,
    prefix,
    address,
    subaddressing,
    mailbox,
    key,
    formerKeys,
    authserv,
    domainProof,
    checkouts,
    ...(website !== undefined && { website }),
  };
  return { own, where };
}

async function mailboxSettings(
  desk: Desk,
  said: TeamFile['mailbox'],
  spot: Spot,
  largestMail: number,
): Promise<MailboxSettings | undefined> {
  const folders = [said.inbox, said.done, said.shunted].map((folder) => (folder.toUpperCase() === 'INBOX' ? 'INBOX' : folder));
  if (new Set(folders).size < 3) wrong(desk, spot, 'inbox, done and shunted are three different folders.');
  const transport = await openTransport(desk, said, spot);
  const auth = await openLogin(desk, said, spot);
  if (!transport || !auth) return undefined;
  const { host, port, tls, user, inbox, done, shunted } = said;
  return { host, port, tls, ...transport, user, auth, inbox, done, shunted, largestMail, pollEvery: length(said.pollEvery) };
}

async function readPeople(
  desk: Desk,
  folder: string,
  address: string | undefined,
): Promise<Pick<Team, 'roster' | 'certificates'> | undefined> {
  const yaml = await openYaml(desk, `${folder}/roster.yaml`, 'it names the people of the team.');
  if (!yaml) return undefined;
  const where = whereabouts(yaml);
  const read = validate(Roster, yaml.value, where);
  if ('mistakes' in read) {
    desk.mistakes.push(...read.mistakes);
    return undefined;
  }
  checkPeople(desk, read.value, where, address === undefined ? [] : [address]);
  return { roster: read.value, certificates: await readHeld(desk, read.value, folder, where) };
}
