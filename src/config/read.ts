// Reads a whole config folder: one frozen Config, or every mistake of every file at once.
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Config, frozen } from '#config/config.ts';
import { type Desk, namesIn, wrong } from '#config/desk.ts';
import { inOrder, type Mistake } from '#config/mistake.ts';
import { type Check, policyNames } from '#config/policies.ts';
import { readService } from '#config/service.ts';
import { readTeam, type TeamRead } from '#config/team.ts';
import { readTemplates, shippedTemplates } from '#config/templates.ts';
import { defaultLimits } from '#mail/entity.ts';

export type { Config, HeldCertificate, Team } from '#config/config.ts';
export { type Mistake, mistakeLine } from '#config/mistake.ts';
export type { Check } from '#config/policies.ts';

/** What reading gives: a config with what the operator should look at, or mistakes. */
export type ReadConfig = { readonly config: Config; readonly warnings: readonly string[] } | { readonly mistakes: readonly Mistake[] };

/** What the caller knows and this room does not. */
export interface Reading {
  readonly check?: Check;
  /** When keys must be usable; the present moment when left out. */
  readonly now?: Date;
}

/**
 * Reads DIR with its teams, keys and templates, and the secrets they name. Refuses nothing by throwing: what is wrong comes back, all of it,
 * with file, line and a sentence that holds no secret.
 */
export async function readConfig(
  directory: string,
  env: Readonly<Record<string, string | undefined>>,
  reading: Reading = {},
): Promise<ReadConfig> {
  const desk: Desk = { directory: resolve(directory), env, now: reading.now ?? new Date(), mistakes: [], warnings: [] };
  if (!statSync(desk.directory, { throwIfNoEntry: false })?.isDirectory())
    return { mistakes: [{ file: '.', path: '', message: `there is no folder ${desk.directory}; embargod init makes one.` }] };
  const service = await readService(desk);
  const largestMail = service?.limits.bytes ?? defaultLimits.bytes;
  const read: TeamRead[] = [];
  for (const name of await teamNames(desk)) read.push(await readTeam(desk, name, largestMail, reading.check));
  const own = await readTemplates(desk, 'templates', reading.check);
  apart(desk, read);
  await warnOfShadows(desk);
  if (desk.mistakes.length > 0 || !service) return { mistakes: inOrder(desk.mistakes) };
  const teams = read.flatMap(({ team }) => team ?? []);
  const templates = { ...(await shippedTemplates()), ...own };
  return { config: frozen({ directory: desk.directory, ...service, teams, templates }), warnings: [...new Set(desk.warnings)] };
}

async function teamNames(desk: Desk): Promise<string[]> {
  const names = await namesIn(join(desk.directory, 'teams'), 'folders');
  if (names.length === 0)
    desk.mistakes.push({
      file: 'teams',
      path: '',
      message: 'there is no team; each folder in teams/ is one, with team.yaml and roster.yaml.',
    });
  return names.filter((name) => {
    const good = /^[a-z][a-z0-9-]{0,30}$/.test(name);
    if (!good)
      desk.mistakes.push({
        file: `teams/${name}`,
        path: '',
        message: 'the folder of a team is called in small letters, digits and "-", beginning with a letter.',
      });
    return good;
  });
}

type Own = NonNullable<TeamRead['own']>;

/** What no two teams can share: the prefix of their ids, their address, their mailbox. */
function apart(desk: Desk, read: readonly TeamRead[]): void {
  const marks: readonly [path: string, (own: Own) => string, why: string][] = [
    ['prefix', ({ prefix }) => prefix, 'ids of incidents would not say whose they are.'],
    ['address', ({ address }) => address, 'a report would not say who it is for.'],
    [
      'mailbox',
      ({ mailbox }) => [mailbox.host.toLowerCase(), mailbox.port, mailbox.user, mailbox.inbox].join('\n'),
      'they would take mail from each other.',
    ],
  ];
  for (const [path, mark, why] of marks) {
    const owners = new Map<string, string>();
    for (const { name, own, where } of read) {
      if (!own || !where) continue;
      const owner = owners.get(mark(own));
      if (owner === undefined) owners.set(mark(own), name);
      else wrong(desk, { where, path: [path] }, `is the same as that of the team ${owner}; ${why}`);
    }
  }
}

/** An own policy with the name of one that comes with the package takes its place: fine if meant. */
async function warnOfShadows(desk: Desk): Promise<void> {
  const shipped = await policyNames({ ...desk, directory: '/nonexistent' });
  for (const name of await namesIn(join(desk.directory, 'policies'), 'files')) {
    if (!name.endsWith('.yaml')) desk.warnings.push(`policies/${name} is not used: a policy is called <name>.yaml.`);
    else if (shipped.includes(name.slice(0, -'.yaml'.length)))
      desk.warnings.push(`policies/${name} takes the place of the policy that comes with embargod.`);
  }
}
