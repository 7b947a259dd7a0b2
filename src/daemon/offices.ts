// Opens every team of a config: keys, certificates, templates. What is wrong here was found by check-config before.
import type { Config, Team } from '#config/config.ts';
import { compileTemplates, type Templates } from '#letter/template.ts';
import { type Office, openOffice } from '#office/office.ts';
import { readCertificates, readOwnKey } from '#pgp/keyring.ts';
import type { Vault } from '#store/vault.ts';

/** The teams' offices by name. Throws a sentence when a template or key cannot be used. */
export async function openOffices(config: Config, vault: Vault): Promise<ReadonlyMap<string, Office>> {
  const common = await templatesFrom(config.templates);
  const offices = new Map<string, Office>();
  for (const team of config.teams) {
    const own = Object.keys(team.templates).length > 0;
    const templates = own ? await templatesFrom({ ...config.templates, ...team.templates }) : common;
    offices.set(team.name, await officeOf(team, templates, vault));
  }
  return offices;
}

async function templatesFrom(sources: Readonly<Record<string, string>>): Promise<Templates> {
  const compiled = await compileTemplates(sources);
  if (Array.isArray(compiled)) throw new Error(`the templates cannot be used: ${compiled.join('; ')}`);
  return compiled as Templates;
}

async function officeOf(team: Team, templates: Templates, vault: Vault): Promise<Office> {
  const { name, title, prefix, address, subaddressing, authserv, policy, roster, website, checkouts } = team;
  const held = [];
  for (const { who, armored } of team.certificates) {
    for (const certificate of await readCertificates(armored)) held.push({ who, certificate });
  }
  const formerKeys = [];
  for (const former of team.formerKeys) formerKeys.push(await readOwnKey(former.private, former.passphrase));
  return openOffice({
    name,
    title,
    prefix,
    address,
    subaddressing,
    authserv,
    policy,
    roster,
    key: await readOwnKey(team.key.private, team.key.passphrase),
    formerKeys,
    held,
    ...(website !== undefined && { website }),
    checkouts,
    templates,
    mac: (text) => vault.mac('address token', text),
  });
}
