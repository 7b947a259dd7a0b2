// How a new certificate of somebody on the roster comes to count, and how it does not: old key, second person, challenge.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OwnKey } from '#pgp/keyring.ts';
import { attachOwnKey } from '#pgp/seal.ts';
import { codeIn, freshKey, keyKindsTo, kinds, kindsTo, of, says, sends, to } from '#test/office/keys.ts';
import { mail, multipart, part, signedPart } from '#test/pgp/people.ts';
import { keyOf, openTown, people, type Town } from '#test/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
  await town.post();
});
afterAll(() => town.close());

const compact = (key: OwnKey) => key.fingerprint;
const keysOf = async (who: string) => says(town, 'lead', `/keys ${who}`);

test('a mail signed with the old key brings the new one, which counts at once; owner and team hear of it', async () => {
  const fresh = await freshKey(people.acme);
  town.holds('acme', fresh);
  const letters = await sends(town, 'acme', fresh, { signed: { key: await keyOf(people.acme) } });
  expect(kindsTo(people.acme, letters)).toEqual(['key-changed']);
  for (const member of [people.lead, people.second, people.third]) expect(kindsTo(member, letters)).toEqual(['desk', 'key-changed']);
  const told = of('key-changed', to(people.acme, letters));
  expect(told?.text).toContain('The mail that brought it was signed with the key before.');
  const shown = await keysOf('acme');
  expect(shown).toContain(compact(fresh));
  expect(shown.match(/acme \| /g)).toHaveLength(1);
});

test('the replaced key commands no more, the new one does', async () => {
  const fresh = await freshKey(people.second);
  const old = await keyOf(people.second);
  town.holds('second', fresh);
  await sends(town, 'second', fresh, { signed: { key: old } });
  const said = await says(town, 'second', `/decline-key acme ${compact(fresh)}`, { signed: { key: old } });
  expect(said).toContain('needs a mail signed with your key on the roster');
  expect(await says(town, 'second', '/keys second')).toContain(compact(fresh));
});

test('threat: signed with the old key, but the new one outside of what is signed, or only announced, does not count', async () => {
  const outside = await freshKey(people.beta);
  town.holds('beta', outside);
  const own = await keyOf(people.beta);
  const signer = { own, certificate: own.certificate, private: '', public: '', revocation: '' };
  const words = await signedPart(part('text/plain', 'A new key comes.'), [signer], 's1', town.now());
  const file = part('application/pgp-keys; name="key.asc"', outside.certificate.armored);
  const wrapped = mail(multipart('mixed', [words.trimEnd(), file]), people.beta, 'Cc: security+team@example.org');
  expect((await town.arrives(wrapped)).by?.proof).toBe('signed');
  const letters = await town.post();
  expect(kindsTo(people.beta, letters)).toEqual(['key-challenge', 'key-received']);
  expect(of('key-changed', letters)).toBeUndefined();
  const announced = await freshKey(people.beta);
  await town.writes('beta', { to: 'security+team@example.org', text: 'hello again', signed: { key: own }, autocrypt: announced });
  expect(await keysOf('beta')).not.toContain(compact(announced));
});

test("a member's new key: no challenge, nobody accepts their own, another member does; the part of a fingerprint is not enough", async () => {
  const fresh = await freshKey(people.third);
  const letters = await sends(town, 'third', fresh);
  expect(keyKindsTo(people.third, letters)).toEqual(['key-received']);
  expect(of('key-received', letters)?.text).not.toContain('open the other mail');
  const asked = of('key-offered', to(people.lead, letters));
  expect(asked?.text).toContain(`/accept-key third ${compact(fresh)}`);
  expect(await says(town, 'third', `/accept-key third ${compact(fresh)}`)).toContain('Somebody else of the team compares');
  town.holds('third', fresh);
  expect(await says(town, 'lead', `/accept-key third ${compact(fresh).slice(-16)}`)).toContain('Write the whole fingerprint');
  expect(await says(town, 'lead', `/accept-key third ${asked?.text.match(/(?:[0-9A-F]{4} {1,2}){9}[0-9A-F]{4}/)?.[0]}`)).toContain(
    'counts from now on',
  );
  expect(await says(town, 'third', '/keys')).toContain(compact(fresh));
  expect(await says(town, 'lead', `/accept-key third ${compact(fresh)}`)).toContain('offered no certificate with this fingerprint');
});

test('a challenge is good once, for a while, whoever carries it, and only as a line of its own', async () => {
  const fresh = await freshKey('security@gamma.example.net');
  town.holds('security@gamma.example.net', fresh);
  await town.writes('security@gamma.example.net', { text: 'our key', attachments: [attachOwnKey(fresh)], to: 'security+team@example.org' });
  const letters = await town.post();
  const challenge = of('key-challenge', letters);
  expect(challenge?.sealed).toBe(true);
  expect(kindsTo('security@gamma.example.net', letters)).toEqual(['key-challenge', 'key-received']);
  const line = `/prove-key ${codeIn(challenge)}`;
  const answers = challenge && { answers: challenge };
  await town.writes('security@gamma.example.net', { text: `Yes.\n\n> ${line}\n`, ...answers });
  await town.writes('security@gamma.example.net', { text: '/prove-key 00000000000000000000000000\n', ...answers });
  const refused = await town.post();
  // Without a key of theirs the answer cannot be sealed: they are asked for one, once.
  expect(kindsTo('security@gamma.example.net', refused)).toEqual(['key-wanted']);
  expect(of('alarm', refused)).toBeUndefined();
  expect(of('key-changed', refused)).toBeUndefined();
  await town.writes('somebody@gamma.example.net', { text: '/prove-key 00000000000000000000000000\n', ...answers });
  const strange = await town.post();
  expect([...new Set(kinds(strange))]).toEqual(['desk']);
  expect(strange[0]?.text).toContain('not an open challenge');
  // The mail was read by somebody of the organisation and answered from their own address.
  await town.writes('somebody@gamma.example.net', { text: `${line.toLowerCase()}\n`, ...answers });
  const proved = await town.post();
  expect(kindsTo('security@gamma.example.net', proved)).toEqual(['key-changed']);
  expect(of('report', proved)).toBeUndefined();
  expect(await keysOf('gamma')).toContain(compact(fresh));
  await town.writes('security@gamma.example.net', { text: `${line}\n`, ...answers });
  expect(of('transcript', await town.post())?.text).toContain('not an open challenge');
});

test('a challenge that ran out is answered too late, and a later offer of the same key makes a new one', async () => {
  const fresh = await freshKey(people.beta);
  town.holds('beta', fresh);
  const first = of('key-challenge', await sends(town, 'beta', fresh));
  await town.pass('8d', '4d');
  await town.writes('beta', { text: `/prove-key ${codeIn(first)}\n`, ...(first && { answers: first }) });
  expect(of('transcript', await town.post())?.text).toContain('not an open challenge');
  const second = of('key-challenge', await sends(town, 'beta', fresh));
  expect(codeIn(second)).toMatch(/^[0-9A-Z]{26}$/);
  expect(codeIn(second)).not.toBe(codeIn(first));
});
