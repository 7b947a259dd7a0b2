// domainProof in team.yaml: which of the two ways a From domain is proved by, and the verifiers that follow from it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openVouchers } from '#daemon/vouchers.ts';
import { configOf, edited, mistakesOf, openBench, team, warningsOf } from '#test/config/bench.ts';

type Bench = Awaited<ReturnType<typeof openBench>>;

let good = '';
let changed: Bench['changed'];
let clear: Bench['clear'];
beforeAll(async () => {
  ({ good, changed, clear } = await openBench());
});
afterAll(() => clear());

const saying = (text: string) => changed(edited(`${team}/team.yaml`, ['authserv: []', text]));

test('absent, the word of our mail servers counts, and nobody verifies anything', async () => {
  const config = await configOf(good);
  expect(config.teams[0]?.domainProof).toBe('results');
  expect(openVouchers(config).size).toBe(0);
  expect(await warningsOf(good)).toContain('authserv is empty: no mail is proved by its domain');
});

test('dkim gives the team a verifier, and an empty authserv is no warning then', async () => {
  const directory = saying('domainProof: dkim');
  const config = await configOf(directory);
  expect([...openVouchers(config).keys()]).toEqual(['security']);
  expect(await warningsOf(directory)).not.toContain('authserv');
});

test('dkim beside authserv is warned of: the two never count together', async () => {
  expect(await warningsOf(saying('authserv: [mx.example.org]\ndomainProof: dkim'))).toContain(
    'authserv is not asked, because domainProof is dkim',
  );
});

test('anything else is a mistake', async () => {
  expect(await mistakesOf(saying('domainProof: spf'))).toContain('expected one of results, dkim, found "spf"');
});
