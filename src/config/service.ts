// From service.yaml to the settings of the service: database, keys at rest, relay, limits.
import { resolve } from 'node:path';
import type { Config } from '#config/config.ts';
import { type Desk, openNamed, openYaml, type Spot, whereabouts, wrong } from '#config/desk.ts';
import { Service } from '#config/schema.ts';
import { openKeyBytes, openSecret, tokenFrom, tryNamed } from '#config/secret.ts';
import { validate, type Whereabouts } from '#config/validate.ts';
import type { RelaySettings } from '#post/smtp.ts';
import { length } from '#time.ts';

export type ServiceSettings = Omit<Config, 'directory' | 'teams' | 'templates'>;

/** Reads service.yaml with everything it names; undefined when a mistake was put on the desk. */
export async function readService(desk: Desk): Promise<ServiceSettings | undefined> {
  const yaml = await openYaml(desk, 'service.yaml', 'embargod init writes one.');
  if (!yaml) return undefined;
  const where = whereabouts(yaml);
  const read = validate(Service, yaml.value, where);
  if ('mistakes' in read) {
    desk.mistakes.push(...read.mistakes);
    await tryNamed(desk, yaml.value, where);
    return undefined;
  }
  const said = read.value;
  const keys = await vaultKeys(desk, said, where);
  const macKey = await openKeyBytes(desk, said.secrets.mac, { where, path: ['secrets', 'mac'] });
  const relay = await relaySettings(desk, said.relay, where);
  const url = await databaseUrl(desk, said, where);
  if (!keys || !macKey || !relay || url === 'wrong') return undefined;
  if (keys.some(({ key }) => key.equals(macKey)))
    wrong(desk, { where, path: ['secrets', 'mac'] }, 'the key is one of secrets.seal too; each needs its own.');
  return {
    data: resolve(desk.directory, said.data),
    ...(url !== undefined && { databaseUrl: url }),
    vaultKeys: keys,
    macKey,
    relay,
    http: { host: said.http.host, ...(said.http.port !== 'off' && { port: said.http.port }) },
    limits: {
      bytes: said.limits.mailBytes,
      headerBytes: said.limits.headerBytes,
      fields: said.limits.fields,
      parts: said.limits.parts,
      depth: said.limits.depth,
    },
    logLevel: said.log.level,
  };
}

async function vaultKeys(desk: Desk, said: Service, where: Whereabouts): Promise<{ id: string; key: Buffer }[] | undefined> {
  const keys: { id: string; key: Buffer }[] = [];
  for (const [index, { id, key }] of said.secrets.seal.entries()) {
    const path = ['secrets', 'seal', index];
    const bytes = await openKeyBytes(desk, key, { where, path: [...path, 'key'] });
    if (keys.some((other) => other.id === id))
      wrong(desk, { where, path: [...path, 'id'] }, `the name "${id}" is taken; each key has its own.`);
    if (bytes) keys.push({ id, key: bytes });
  }
  return keys.length === said.secrets.seal.length ? keys : undefined;
}

async function databaseUrl(desk: Desk, said: Service, where: Whereabouts): Promise<string | undefined | 'wrong'> {
  const spot = { where, path: ['database', 'url'] };
  const url = said.database ? await openSecret(desk, said.database.url, spot) : desk.env.DATABASE_URL || undefined;
  if (url === undefined) return said.database ? 'wrong' : undefined;
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) return url;
  const message = 'is no connection string like postgres://user@host/name.';
  if (said.database) wrong(desk, spot, `the secret ${message}`);
  else desk.mistakes.push({ file: 'environment', path: 'DATABASE_URL', message });
  return 'wrong';
}

/** The parts of a connection that relay and mailbox share. */
interface Transport {
  readonly host: string;
  readonly tls: 'implicit' | 'starttls' | 'none';
  readonly ca?: string | undefined;
  readonly insecure: boolean;
}

/** Refuses clear text to other machines and reads the certificates of a private CA; undefined puts a mistake on the desk. */
export async function openTransport(desk: Desk, said: Transport, spot: Spot): Promise<{ ca?: string } | undefined> {
  if (said.tls === 'none' && !isLoopback(said.host)) {
    const message = `tls none sends everything in the clear to ${said.host}; use implicit or starttls, or say insecure: true if you mean it.`;
    if (!said.insecure) wrong(desk, { ...spot, path: [...spot.path, 'tls'] }, message);
    else desk.warnings.push(`${spot.where.at(spot.path).file}: ${spot.path.join('.')} sends everything in the clear to ${said.host}.`);
    if (!said.insecure) return undefined;
  }
  if (said.ca === undefined) return {};
  const place = { ...spot, path: [...spot.path, 'ca'] };
  const ca = await openNamed(desk, said.ca, place, 'the CA file');
  if (ca === undefined) return undefined;
  if (ca.includes('-----BEGIN CERTIFICATE-----')) return { ca };
  wrong(desk, place, `the CA file ${said.ca} holds no certificate in PEM form ("-----BEGIN CERTIFICATE-----").`);
  return undefined;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/** A login as a file names it. */
interface Login {
  readonly password?: Parameters<typeof openSecret>[1] | undefined;
  readonly accessToken?: { readonly command: readonly string[] } | undefined;
}

export type Auth = { readonly password: string } | { readonly accessToken: () => Promise<string> };

/** Exactly one of password and accessToken, opened; undefined puts a mistake on the desk. */
export async function openLogin(desk: Desk, said: Login, spot: Spot): Promise<Auth | undefined> {
  if (said.password && said.accessToken) wrong(desk, spot, 'has password and accessToken; a login takes one of them.');
  else if (said.accessToken) return { accessToken: tokenFrom(said.accessToken.command, desk.directory) };
  else if (said.password) {
    const password = await openSecret(desk, said.password, { ...spot, path: [...spot.path, 'password'] });
    return password === undefined ? undefined : { password };
  } else wrong(desk, spot, 'has a user and neither password nor accessToken; the login takes one of them.');
  return undefined;
}

async function relaySettings(desk: Desk, said: Service['relay'], where: Whereabouts): Promise<RelaySettings | undefined> {
  const spot = { where, path: ['relay'] };
  const transport = await openTransport(desk, said, spot);
  const wantsLogin = said.user !== undefined || said.password !== undefined || said.accessToken !== undefined;
  if (wantsLogin && said.user === undefined) wrong(desk, spot, 'has a password or accessToken and no user.');
  const auth = wantsLogin ? await openLogin(desk, said, spot) : undefined;
  if (!transport || (wantsLogin && (!auth || said.user === undefined))) return undefined;
  return {
    host: said.host,
    port: said.port,
    tls: said.tls,
    ...transport,
    ...(said.user !== undefined && auth && { auth: { user: said.user, ...auth } }),
    connections: said.connections,
    timeout: length(said.timeout),
  };
}
