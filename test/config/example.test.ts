// What comes with the package: the example folder and the kubernetes policy can be used as they are.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checks } from '#cli/checks.ts';
import { restKeys, teamSecrets } from '#cli/secrets.ts';
import { type Config, readConfig } from '#config/read.ts';
import { shapeOf } from '#config/shape.ts';
import { makeKey } from '#pgp/make-key.ts';
import { Policy } from '#team/policy.ts';
import { Roster } from '#team/roster.ts';
import { laidOver, now } from '#test/config/folder.ts';

const root = new URL('../../config/', import.meta.url).pathname;
const directory = laidOver(join(root, 'example'));
afterAll(() => rmSync(directory, { recursive: true }));

/** Makes the secrets and certificates that the example names and does not have. */
async function fill(): Promise<void> {
  const team = await teamSecrets({ name: 'security', title: 'Example Security Response Committee', address: 'security@example.org' }, now);
  const keys = restKeys().map((file) => ({ ...file, path: file.path.replace('seal-1', 'seal-2026') }));
  mkdirSync(join(directory, 'secrets'));
  for (const { path, text } of [...team.files, ...keys, { path: 'secrets/relay.password', text: 'only-for-this-test' }])
    writeFileSync(join(directory, path), text, { mode: 0o600 });
  writeFileSync(join(directory, 'secrets/security.mailbox'), 'only-for-this-test', { mode: 0o600 });
  const roster = Roster.parse(parse(readFileSync(join(directory, 'teams/security/roster.yaml'), 'utf8')));
  const cna = roster.cna ? [{ ...roster.cna, addresses: [roster.cna.address] }] : [];
  for (const { name, addresses, keys: files } of [...roster.members, ...roster.distributors, ...cna])
    for (const file of files) {
      const made = await makeKey({ name, email: addresses[0] ?? '', now });
      writeFileSync(join(directory, 'teams/security', file), made.public);
    }
}

test('the example has no mistake and nothing to warn of, once its secrets and certificates are there', async () => {
  await fill();
  const read = await readConfig(directory, {}, { check: checks, now });
  expect(read).not.toHaveProperty('mistakes');
  expect(read).toHaveProperty('warnings', []);
  const { config } = read as { config: Config };
  const [team] = config.teams;
  expect(team?.certificates.map(({ who }) => who)).toEqual([
    'lead',
    'second',
    'third',
    'newcomer',
    'releaser',
    'chair',
    'example-distribution',
    'example-cloud',
    'cna',
  ]);
  expect(team?.policy.spans.triage).toBe('2d');
  expect(team?.policy.spans.retrospectiveBy).toBe('3d');
  expect(Object.keys(team?.policy.declines ?? {})).toContain('unsupported-version');
  expect(Object.keys(team?.policy.declines ?? {})).not.toContain('known-cve');
});

test('the kubernetes policy says every setting itself, so that a change of a default does not change the process', () => {
  const said: unknown = parse(readFileSync(join(root, 'policies/kubernetes.yaml'), 'utf8'));
  const silent: string[] = [];
  const look = (shape: ReturnType<typeof shapeOf>, value: unknown, path: string) => {
    for (const [key, inner] of Object.entries(shape.properties ?? {})) {
      const there =
        value !== null && typeof value === 'object' && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
      if (there === undefined) silent.push(`${path}${key}`);
      else look(inner, there, `${path}${key}.`);
    }
  };
  look(shapeOf(Policy), said, '');
  expect(silent).toEqual([]);
});

test('the kubernetes policy keeps to the numbers of the process', () => {
  const policy = Policy.parse(parse(readFileSync(join(root, 'policies/kubernetes.yaml'), 'utf8')));
  expect(policy.notice).toEqual({ least: '7d', most: '28d', duty: 'cve' });
  expect(policy.slot).toEqual({ time: '16:00', days: ['mon', 'tue', 'wed', 'thu'] });
  expect(policy.spans).toMatchObject({ lead: '24h', plan: '7d', retrospectiveFrom: '1d', retrospectiveBy: '3d' });
  expect(policy.cvss.versions).toEqual(['3.1']);
  expect(policy.commands.notify).toEqual({ who: ['lead', 'commander'], confirm: 'second-person' });
  expect(policy.commands.announce).toEqual({ who: ['lead', 'commander'], confirm: 'second-person' });
});
