// What a good config folder becomes.
import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configOf, edited, mistakesOf, openBench, team, warningsOf } from '#test/config/bench.ts';
import { cost } from '#test/cost.ts';

type Bench = Awaited<ReturnType<typeof openBench>>;

let good = '';
let changed: Bench['changed'];
let clear: Bench['clear'];
beforeAll(async () => {
  ({ good, changed, clear } = await openBench());
});
afterAll(() => clear());

test('gives the whole config, with secrets opened and files read', async () => {
  const config = await configOf(good);
  expect(config.data).toBe(join(good, 'data'));
  expect(config.databaseUrl).toBeUndefined();
  expect(config.vaultKeys.map(({ id, key }) => [id, key.length])).toEqual([['seal-1', 32]]);
  expect(config.macKey.length).toBe(32);
  expect(config.relay).toEqual({ host: 'localhost', port: 25, tls: 'none', connections: 3, timeout: 60_000 });
  expect(config.http).toEqual({ host: '127.0.0.1', port: 9464 });
  expect(Object.keys(config.templates)).toContain('acknowledgement.txt');
  const [one] = config.teams;
  expect(one).toMatchObject({
    name: 'security',
    prefix: 'SRC',
    address: 'security@example.org',
    subaddressing: true,
    authserv: [],
    formerKeys: [],
  });
  expect(one?.mailbox).toMatchObject({
    host: 'imap.example.org',
    port: 993,
    tls: 'implicit',
    inbox: 'INBOX',
    pollEvery: 60_000,
    largestMail: 30_000_000,
  });
  expect(one?.key.private).toContain('PGP PRIVATE KEY BLOCK');
  expect(one?.policyOrigins['spans.triage']).toBe('embargod:policies/kubernetes.yaml');
  expect(one?.policyOrigins['process.name']).toBe(`${team}/policy.yaml`);
});

test('the config is frozen to its depth', async () => {
  const config = await configOf(good);
  expect(() => Object.assign(config.teams[0]?.policy.spans ?? {}, { triage: '99d' })).toThrow(TypeError);
  expect(() => Object.assign(config.teams[0]?.roster.members[0]?.addresses ?? [], { 0: 'intruder@example.net' })).toThrow(TypeError);
});

test('a folder that is not there is one mistake with the way out', async () => {
  expect(await mistakesOf('/nonexistent/embargod')).toBe('.: there is no folder /nonexistent/embargod; embargod init makes one.');
});

test('DATABASE_URL counts where service.yaml names no database, and only there', async () => {
  expect((await configOf(good, { DATABASE_URL: 'postgres://embargod@db.example.org/embargod' })).databaseUrl).toBe(
    'postgres://embargod@db.example.org/embargod',
  );
  const named = changed(edited('service.yaml', ['# database:\n#   url: { env: DATABASE_URL }', 'database:\n  url: { env: OTHER_URL }']));
  const env = { DATABASE_URL: 'postgres://wrong.example.org/x', OTHER_URL: 'postgresql://right.example.org/x' };
  expect((await configOf(named, env)).databaseUrl).toBe('postgresql://right.example.org/x');
  expect(await mistakesOf(good, { DATABASE_URL: 'NEVER-TO-BE-SHOWN' })).toBe(
    'environment: DATABASE_URL: is no connection string like postgres://user@host/name.',
  );
});

test('a secret from the environment serves as one from a file; one line end behind a secret is no part of it', async () => {
  const directory = changed((write, folder) => {
    edited(`${team}/team.yaml`, ['{ file: secrets/security.mailbox }', '{ env: MAILBOX_PASSWORD }'])(write, folder);
  });
  expect((await configOf(directory, { MAILBOX_PASSWORD: ' with spaces ' })).teams[0]?.mailbox.auth).toEqual({ password: ' with spaces ' });
  const file = changed((write) => write('secrets/security.mailbox', 'pässword \r\n'));
  expect((await configOf(file)).teams[0]?.mailbox.auth).toEqual({ password: 'pässword ' });
});

test('keys at rest may be hex or base64; words, short keys and keys of one byte over and over are refused', async () => {
  const write = (text: string) => changed((put) => put('secrets/mac.key', text));
  const hex = Array.from({ length: 32 }, (_, index) => index.toString(16).padStart(2, '0')).join('');
  expect((await configOf(write(`${hex}\n`))).macKey.toString('hex')).toBe(hex);
  expect((await configOf(write(Buffer.from(hex, 'hex').toString('base64url')))).macKey.toString('hex')).toBe(hex);
  expect(await mistakesOf(write('correct horse battery staple'))).toContain('neither hex nor base64');
  expect(await mistakesOf(write('00'.repeat(32)))).toContain('the key is not random');
  expect(await mistakesOf(write('ab'.repeat(31)))).toContain('it has 31');
  expect(await mistakesOf(write(' \n'))).toContain('is empty');
});

test('warns of a secret file that others may read, and not of one that only a group may', async () => {
  const directory = changed(() => {});
  chmodSync(join(directory, 'secrets/mac.key'), 0o644);
  expect(await warningsOf(directory)).toContain(
    'secrets/mac.key may be read or changed by other users of this machine (mode 644); chmod 600 it.',
  );
  chmodSync(join(directory, 'secrets/mac.key'), 0o640);
  expect(await warningsOf(directory)).not.toContain('mac.key');
});

test('tls none is for this machine; another machine takes "insecure: true", which stays a warning', async () => {
  for (const host of ['127.0.0.1', '127.8.9.10', '::1', 'localhost']) {
    const local = changed(edited('service.yaml', ['host: localhost', `host: "${host}"`]));
    expect(await mistakesOf(local), host).toBe('');
  }
  for (const host of ['127.0.0.1.example.org', 'localhost.example.org', '10.0.0.1']) {
    const remote = changed(edited('service.yaml', ['host: localhost', `host: "${host}"`]));
    expect(await mistakesOf(remote), host).toContain('in the clear');
  }
  const meant = changed(edited('service.yaml', ['host: localhost', 'host: relay.example.org\n  insecure: true']));
  expect(await warningsOf(meant)).toContain('relay sends everything in the clear to relay.example.org');
});

test('an access token comes from a program, at each connect, without a shell', async () => {
  const directory = changed(
    edited(`${team}/team.yaml`, [
      'password: { file: secrets/security.mailbox }',
      'accessToken: { command: [node, -p, "process.argv[1] + String.fromCharCode(10) + 2", "$(id)"] }',
    ]),
  );
  const auth = (await configOf(directory)).teams[0]?.mailbox.auth;
  if (!auth || !('accessToken' in auth)) throw new Error('no access token');
  expect(await auth.accessToken()).toBe('$(id)');
});

test('a program for tokens that fails makes us wait, and nothing it printed is said', async () => {
  const directory = changed(
    edited(`${team}/team.yaml`, [
      'password: { file: secrets/security.mailbox }',
      'accessToken: { command: [node, -e, "console.log(`NEVER`); console.error(`NEVER`); process.exit(3)"] }',
    ]),
  );
  const auth = (await configOf(directory)).teams[0]?.mailbox.auth;
  if (!auth || !('accessToken' in auth)) throw new Error('no access token');
  const error = await auth.accessToken().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ name: 'Unavailable', message: 'the program for the access token ended with 3' });
  expect(JSON.stringify(error)).not.toContain('NEVER');
});

test('a policy merges mappings, replaces lists, and an empty value takes away', async () => {
  const directory = changed((write) => {
    write(`${team}/policy.yaml`, 'extends: ours\nspans: { triage: 1d }\nslot:\ncvss: { versions: ["4.0"] }\n');
    write('policies/ours.yaml', 'extends: kubernetes\nspans: { triage: 5d, plan: 9d }\n');
  });
  const [one] = (await configOf(directory)).teams;
  expect(one?.policy.spans).toMatchObject({ triage: '1d', plan: '9d', lead: '24h' });
  expect(one?.policy.slot).toBeUndefined();
  expect(one?.policy.cvss.versions).toEqual(['4.0']);
  expect(one?.policyOrigins).toMatchObject({
    'spans.triage': `${team}/policy.yaml`,
    'spans.plan': 'policies/ours.yaml',
    'spans.lead': 'embargod:policies/kubernetes.yaml',
  });
});

test('threat: a policy cannot reach into the program by the names __proto__ and constructor', async () => {
  const directory = changed((write) =>
    write(`${team}/policy.yaml`, 'extends: kubernetes\n__proto__: { polluted: yes }\nconstructor: { prototype: { polluted: yes } }\n'),
  );
  expect(await mistakesOf(directory)).toContain('is not known');
  expect({}).not.toHaveProperty('polluted');
});

test('a team without policy.yaml works by kubernetes, and is told so', async () => {
  const directory = changed((_, folder) => rmSync(join(folder, team, 'policy.yaml')));
  expect((await configOf(directory)).teams[0]?.policy.process.name).toBe('Kubernetes Security Response Committee');
  expect(await warningsOf(directory)).toContain(`${team}/policy.yaml is missing; the team works by the policy kubernetes`);
});

test('templates of the folder take the place of those of the package, those of a team stay with the team', async () => {
  const directory = changed((write) => {
    write('templates/alarm.txt', 'Subject: Alarm\n\n{{what}} {{advice}}\n');
    write(`${team}/templates/reply.txt`, 'Subject: Reply\n\n{{id}}\n');
  });
  const config = await configOf(directory);
  expect(config.templates['alarm.txt']).toContain('{{what}} {{advice}}');
  expect(config.templates['reply.txt']).not.toBe('Subject: Reply\n\n{{id}}\n');
  expect(config.teams[0]?.templates).toEqual({ 'reply.txt': 'Subject: Reply\n\n{{id}}\n' });
});

test('threat: aliases that unfold to a mountain are refused', async () => {
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...'bcdefghi'.split('').map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(', ')}]`),
  ];
  const directory = changed((write) => write(`${team}/policy.yaml`, `${bomb.join('\n')}\n`));
  expect(await cost(async () => expect(await mistakesOf(directory)).toContain('uses YAML aliases'))).toBeLessThan(5000);
});

test('a team may be a link to a folder elsewhere; hidden folders are no teams', async () => {
  const directory = changed((_, folder) => {
    mkdirSync(join(folder, 'teams/.hidden'));
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'teams/other'));
  });
  expect(await mistakesOf(directory)).toBe(
    'teams/other/roster.yaml: the file is missing; it names the people of the team.\nteams/other/team.yaml: the file is missing; each folder in teams/ is a team and has one.',
  );
});
