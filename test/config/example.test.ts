// What comes with the package: the example folder can be used as it is, and the shipped policies keep to the numbers of their processes.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checks } from '#cli/checks.ts';
import { restKeys, teamSecrets } from '#cli/secrets.ts';
import { effectivePolicy } from '#config/effective.ts';
import { type Config, readConfig } from '#config/read.ts';
import { contradictions } from '#config/sense.ts';
import { shapeOf } from '#config/shape.ts';
import { makeKey } from '#pgp/make-key.ts';
import { Policy } from '#team/policy.ts';
import { Roster } from '#team/roster.ts';
import { laidOver, now } from '#test/config/folder.ts';
import { saidBy, shipped, shippedPolicy } from '#test/config/policies.ts';

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

test('every file of config/policies is one of the processes that these tests look at', () => {
  expect(
    readdirSync(join(root, 'policies'))
      .map((name) => name.replace(/\.yaml$/, ''))
      .sort(),
  ).toEqual([...shipped].sort());
});

test.each(shipped)('the policy %s says every setting itself, so that a change of a default does not change the process', (name) => {
  const silent: string[] = [];
  const look = (shape: ReturnType<typeof shapeOf>, value: unknown, path: string) => {
    for (const [key, inner] of Object.entries(shape.properties ?? {})) {
      const there = value !== null && typeof value === 'object' && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
      if (there === undefined) silent.push(`${path}${key}`);
      // An empty value says that the process has no such thing.
      else if (there !== null) look(inner, there, `${path}${key}.`);
    }
  };
  look(shapeOf(Policy), saidBy(name), '');
  expect(silent).toEqual([]);
});

test.each(shipped)('every section of the policy %s names the rows or rules that it comes from', (name) => {
  const sections = readFileSync(join(root, `policies/${name}.yaml`), 'utf8').split(/^(?=[a-zA-Z]+:)/m);
  const comments = sections.map((section) => section.replace(/^[^#\n]*$/gm, ''));
  expect(comments.filter((text) => /\bS[1-4]-\d+/.test(text)).length).toBeGreaterThan(12);
  const foreign = { kubernetes: 1, 'kubernetes-pst': 2, karmada: 3, gardener: 4 }[name];
  expect(comments.join('\n')).toMatch(new RegExp(`\\bS${foreign}-\\d+`));
});

test.each(shipped)('what check-config prints of %s explains every setting, and can be used as a policy that is the same', (name) => {
  const policy = shippedPolicy(name);
  const text = effectivePolicy({ name: 'security', title: 'Example', policy, policyOrigins: {} });
  expect(Policy.parse(parse(text))).toEqual(policy);
  expect(text).toContain(`name: ${policy.process.name}`);
  expect(text).toMatch(/^ {2}- key: [\w-]+\n {4}what: /m);
  expect(text).toContain('# Distributors are told at least this long before the public date');
});

test('the shipped policies say nothing that contradicts itself, whoever is in the roster', () => {
  const people = Roster.parse({
    members: [
      { handle: 'lead', name: 'Lead', addresses: ['lead@example.org'] },
      { handle: 'second', name: 'Second', addresses: ['second@example.org'] },
      { handle: 'releaser', name: 'Releaser', addresses: ['releaser@example.org'], roles: ['release-manager'] },
    ],
    oncall: { from: '2026-03-02', order: ['lead', 'second'] },
    channels: [{ kind: 'mail', name: 'announce', address: 'announce@lists.example.org' }],
    cna: { name: 'Example CNA', address: 'cna@example.net' },
    administrator: { name: 'Admin', address: 'admin@example.net' },
    operator: { address: 'operator@example.net' },
  });
  const holders = ['lead', 'second', 'releaser', 'acme', 'cna'].map((who) => ({ who, armored: '', file: '' }));
  for (const name of shipped) {
    const policy = shippedPolicy(name, { branches: ['v1'] });
    const parts = Object.fromEntries(Object.keys(policy.parts.standing).map((part) => [part, { order: ['lead', 'second'] }]));
    const distributors = policy.notice.duty === 'never' ? [] : [{ id: 'acme', name: 'Acme', addresses: ['security@acme.example.net'] }];
    expect(contradictions(policy, Roster.parse({ ...people, parts, distributors }), holders), name).toEqual([]);
  }
});

/** Section 1.5 of the requirements: where the processes differ on the same step, setting by setting; undefined: the process has no such thing. */
const numbers: readonly [step: string, read: (policy: Policy) => unknown, ...answers: [unknown, unknown, unknown, unknown]][] = [
  ['on call (S1-34, S2-27, S3-06)', ({ parts }) => parts.commander, 'oncall', 'oncall', 'none', 'none'],
  ['who leads (S1-48, S2-52, S3-19, S4-11)', ({ parts }) => parts.lead, 'round-robin', 'round-robin', 'none', 'round-robin'],
  ['standing parts (S2-21, S2-35)', ({ parts }) => Object.keys(parts.standing), [], ['project', 'triage', 'infra', 'disclosure'], [], []],
  ['associates (S2-33, S3-10)', ({ parts }) => parts.associatesLead, 'never', 'public', 'public-or-low-sensitivity', 'never'],
  ['priority (S3-13)', ({ triage }) => triage.priority, false, false, true, false],
  ['fix team (S1-54, S2-55, S3-22, S4-12)', ({ fixTeam }) => fixTeam.from, 'invited', 'invited', 'team', 'team'],
  ['a fix team is due (S1-53, S2-54, S4-16)', ({ fixTeam }) => fixTeam.due, true, true, false, false],
  [
    'fix team formed in (S1-53, S2-54)',
    ({ fixTeam, spans }) => (fixTeam.due ? spans.fixTeam : undefined),
    '24h',
    '24h',
    undefined,
    undefined,
  ],
  ['release managers in it (S1-54, S2-55)', ({ fixTeam }) => fixTeam.releaseManagers, true, false, false, false],
  ['access (S1-57, S2-57, S4-17)', ({ fixTeam }) => fixTeam.access, 'may', 'must', 'none', 'must'],
  ['overview (S1-58)', ({ fixTeam }) => fixTeam.overview, true, false, false, false],
  ['access ends (S1-92, S2-69l, S4-38)', ({ fixTeam }) => fixTeam.removal, 'close', 'release', 'none', 'release'],
  ['a verdict by (S1-36, S2-04, S3-12, S4-03)', ({ spans }) => spans.triage, '3d', '3d', '2wd', '7d'],
  ['fix window (S1-59, S2-58, S3-21)', ({ spans }) => spans.fix, '7d', '7d', '7d', undefined],
  [
    'the fix is done (S2-65, S4-20)',
    ({ steps }) => steps.find(({ key }) => key === 'reviewed')?.what.replace(/.* of an? /, ''),
    'owner',
    'owner',
    'The remediation is reviewed',
    'maintainer',
  ],
  ['slow below (S1-60, S2-66, S3-27, S4-21)', ({ decisions }) => decisions.slow?.below, 4, 4, 4, 7],
  ['slow by low risk (S1-60, S2-66, S3-27)', ({ decisions }) => decisions.slow?.orLowRisk, true, true, true, false],
  ['slow is posted (S1-62, S2-67, S4-22)', ({ decisions }) => decisions.slow?.post, true, true, false, true],
  ['semi-public below (S1-63, S3-28)', ({ decisions }) => decisions.semiPublic?.below, 7, undefined, 7, undefined],
  [
    'a release of its own (S1-67, S3-29)',
    ({ decisions }) => decisions.release?.outOfBand,
    ['high', 'critical'],
    undefined,
    ['high', 'critical'],
    undefined,
  ],
  ['before the fix (S1-71, S4-24)', ({ decisions }) => decisions.early !== undefined, true, false, false, false],
  ['public word before the fix (S4-24)', ({ headsUp }) => headsUp?.fields, undefined, undefined, undefined, ['mitigation']],
  ['notice is a duty (S1-76, S2-69b, S3-33)', ({ notice }) => notice.duty, 'cve', 'decision', 'cve', 'never'],
  [
    'notice counted (S1-75, S2-69a, S3-32)',
    ({ notice }) => notice.counted,
    'before-public',
    'after-report',
    'before-public',
    'before-public',
  ],
  ['notice at least (S1-77, S2-69a, S3-33)', ({ notice }) => notice.least, '7d', '1d', '7d', '7d'],
  ['notice at most (S1-75, S2-69a, S3-32)', ({ notice }) => notice.most, '28d', '14d', '28d', '28d'],
  ['final notice (S1-93, S2-69h, S3-38)', ({ notice }) => notice.final, '24h', '24h', '24h', undefined],
  ['release limit (S2-69g)', ({ spans }) => spans.release, undefined, '21d', '28d', undefined],
  ['patches for all versions (S1-81)', ({ notice }) => notice.allBranches, true, false, false, false],
  ['embargo-break decided in (S1-85, S2-69f, S3-34)', ({ spans }) => spans.breach, '4h', '4h', '4h', '4h'],
  ['CVE asked for (S2-63, S3-25, S4-32)', ({ cve }) => cve.when, 'development', 'development', 'development', 'release'],
  ['CVE for every one (S4-34)', ({ cve }) => cve.every, false, false, false, true],
  ['CVE with its score (S3-25, S4-33)', ({ cve }) => cve.fields.includes('cvss'), false, false, true, true],
  ['CVSS (S1-104, S2-59, S3-26, S4-18)', ({ cvss }) => cvss.versions, ['3.1'], ['3.0'], ['3.0', '3.1'], ['3.0']],
  ['target hour (S1-97, S2-69k, S3-39, S4-37)', ({ slot }) => slot?.time, '16:00', '16:00', undefined, '16:00'],
  [
    'target days (S1-97, S2-69k, S3-39, S4-37)',
    ({ slot }) => slot?.days.join(' '),
    'mon tue wed thu',
    'mon tue wed thu',
    undefined,
    'mon tue wed thu',
  ],
  [
    'binaries (S1-91, S2-69r, S3-37, S4-27)',
    (policy) => binaries(policy)?.gate,
    'announcement',
    'announcement',
    'announcement',
    'announcement',
  ],
  ['binaries ahead of the day (S4-27)', (policy) => binaries(policy)?.ahead, undefined, undefined, undefined, '1d'],
  ['public already (S1-51, S2-53, S3-16, S4-14)', ({ exposure }) => exposure.from, 0, 0, 0, 7],
  ['retrospective from (S1-99, S2-69m, S4-39)', ({ spans }) => spans.retrospectiveFrom, '1d', '1d', '1d', '1d'],
  ['retrospective by (S1-99, S2-69m, S4-39)', ({ spans }) => spans.retrospectiveBy, '3d', '3d', undefined, undefined],
  ['severity catalogue (S1-105, S2-70)', ({ catalogue }) => catalogue?.cells.length, undefined, 22, undefined, undefined],
  ['answers to what is public (S4-45)', ({ advisory }) => advisory.replyTo !== undefined, false, false, false, true],
  ['who signs what is public (S4-49)', ({ advisory }) => advisory.signedBy, 'team', 'team', 'team', 'lead'],
];

function binaries({ steps }: Policy) {
  return steps.find(({ key }) => key === 'binaries');
}

const policies = shipped.map((name) => shippedPolicy(name));

test.each(numbers)('the policies keep to their processes: %s', (_, read, ...answers) => {
  expect(policies.map(read)).toEqual(answers);
});

test('who may send what is public is the lead, or every member where nobody leads (S1-47, S2-51, S3-19, S4-10)', () => {
  expect(policies.map(({ commands }) => commands.announce?.who)).toEqual([['lead', 'commander'], ['lead'], undefined, ['lead']]);
  expect(policies.map(({ commands }) => commands.notify?.who)).toEqual([['lead', 'commander'], ['lead'], undefined, undefined]);
  for (const { commands } of policies) expect(commands.announce?.confirm).toBe('second-person');
});

test('what an announcement cannot do without differs: the CVE only where the process wants it (S2-69s, S3-39, S4-35, S4-36)', () => {
  const [, pst, karmada, gardener] = policies.map(({ advisory }) => advisory.announcement);
  for (const fields of [pst, karmada])
    expect(fields).toEqual(expect.arrayContaining(['cve', 'severity', 'impact', 'fixed', 'mitigation', 'upgrade']));
  expect(gardener).toEqual(['title', 'fixed', 'upgrade', 'references']);
});
