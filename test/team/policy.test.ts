// A process as data: safe where it says nothing, strict about what it does not know, and the shipped ones hold.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { merged } from '#config/policies.ts';
import { atLeast, audiences, Policy, proofs, sealFor } from '#team/policy.ts';

const bare = Policy.parse({ process: { name: 'x' } });

test('what a team does not say is safe: signatures, sealed letters, a second person, a notice of seven days', () => {
  expect(bare.proof).toBe('signed');
  expect(bare.commands).toEqual({});
  expect(bare.notice).toMatchObject({ least: '7d', most: '28d', duty: 'cve' });
  for (const audience of ['team', 'distributors', 'fix-team', 'steering', 'release-managers'] as const)
    expect(sealFor(bare, audience)).toBe('must');
  expect(sealFor(bare, 'public')).toBe('never');
  for (const audience of audiences) expect(sealFor(bare, audience)).toBeTypeOf('string');
});

test('proofs are ordered: none, domain, signed', () => {
  for (const [index, proof] of proofs.entries())
    for (const [other, wanted] of proofs.entries()) expect(atLeast(proof, wanted)).toBe(index >= other);
});

test.each([
  ['a key nobody knows', { spams: {} }],
  ['a span that is none', { spans: { triage: '3 days' } }],
  ['a span below zero', { spans: { triage: '-3d' } }],
  ['a proof that is none', { proof: 'none' }],
  ['a command without any proof', { commands: { accept: { proof: 'none' } } }],
  ['a command with its slash', { commands: { '/accept': { off: true } } }],
  ['an empty circle', { commands: { accept: { who: [] } } }],
  ['a public that is encrypted', { audiences: { public: { seal: 'must' } } }],
  ['an hour that is none', { slot: { time: '25:00' } }],
  ['a slot on no day', { slot: { days: [] } }],
  ['a zone that is none', { zone: 'Europe/Nowhere' }],
  ['keys shorter than anybody should trust', { signatures: { rsaBits: 1024 } }],
  ['a CVSS nobody scores', { cvss: { versions: ['2.0'] } }],
])('refuses %s', (_, wrong) => {
  expect(Policy.safeParse({ process: { name: 'x' }, ...wrong }).success).toBe(false);
});

test('every shipped policy is whole by itself or extends one that is', () => {
  const files = readdirSync('config/policies').filter((file) => file.endsWith('.yaml'));
  expect(files).toContain('kubernetes.yaml');
  for (const file of files) {
    const value = parse(readFileSync(`config/policies/${file}`, 'utf8')) as { extends?: string };
    if (value.extends) expect(files, file).toContain(`${value.extends}.yaml`);
    else expect(Policy.safeParse(merged({}, value)).success, file).toBe(true);
  }
});
