// Threats to the register: keys in somebody's name, floods, keys of others, private keys, copies that would take a key away.
import * as openpgp from 'openpgp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readOwnKey } from '#pgp/keyring.ts';
import { makeKey } from '#pgp/make-key.ts';
import { attachOwnKey } from '#pgp/seal.ts';
import { codeIn, freshKey, inDays, keyKindsTo, kinds, kindsTo, of, says, sends, to } from '#test/office/keys.ts';
import { keyOf, openTown, people, type Town } from '#test/town.ts';

const desk = 'security+team@example.org';
let town: Town;
beforeAll(async () => {
  town = await openTown();
  await town.post();
});
afterAll(() => town.close());

const held = async (who: string) => {
  const found = (await says(town, 'lead', `/keys ${who}`)).match(/\b[0-9A-F]{40}(?= \| (?:until|without|NOT))/g);
  return found ?? [];
};

test('a key that names none of their addresses, or that is somebody else’s, is passed over without a word', async () => {
  const foreign = await freshKey('somebody@example.com');
  expect(kindsTo(people.acme, await sends(town, 'acme', foreign))).toEqual([]);
  const beta = await keyOf(people.beta);
  expect(kindsTo(people.acme, await sends(town, 'acme', beta))).toEqual([]);
  expect(await held('beta')).toEqual([beta.fingerprint]);
  expect(await held('acme')).toEqual([(await keyOf(people.acme)).fingerprint]);
});

test('a key with the addresses of two counts for the one who proves it first, and for nobody else', async () => {
  const both = await openpgp.generateKey({
    userIDs: [{ email: people.acme }, { email: people.beta }],
    date: inDays(-30),
    format: 'armored',
  });
  const key = await readOwnKey(both.privateKey);
  town.holds('acme', key);
  town.holds('beta', key);
  const { fingerprint } = key.certificate;
  const acme = await sends(town, 'acme', key);
  const beta = await sends(town, 'beta', key);
  expect([kindsTo(people.acme, acme), kindsTo(people.beta, beta)].every((some) => some.includes('key-received'))).toBe(true);
  expect(await says(town, 'lead', `/accept-key acme ${fingerprint}`)).toContain('counts from now on');
  expect(await says(town, 'lead', `/accept-key beta ${fingerprint}`)).toContain(
    'That certificate cannot count for beta: it is that of acme.',
  );
  expect(await held('acme')).toEqual([fingerprint]);
  expect(await held('beta')).toEqual([(await keyOf(people.beta)).fingerprint]);
  // The operator's files still hold the key before: it stays out until it is filed anew.
  expect(
    await says(town, 'lead', `/withdraw-key acme ${fingerprint} because a test\n/withdraw-key acme ${fingerprint} because a test`),
  ).toContain('No certificate of acme with this fingerprint counts.');
  expect(await held('acme')).toEqual([]);
  expect(kindsTo(people.acme, await sends(town, 'acme', key))).toEqual(['key-received']);
  expect(await says(town, 'lead', `/accept-key acme ${fingerprint}`)).toContain('offered no certificate');
});

test('flood: five answers an hour, three open offers; the old key is heard all the same', async () => {
  await town.pass('2h');
  const forged = [];
  for (let count = 0; count < 7; count++) forged.push(await freshKey(people.beta));
  for (const key of forged) town.holds('beta', key);
  const letters = [];
  for (const key of forged) letters.push(...(await sends(town, 'beta', key)));
  expect(to(people.beta, letters).filter(({ kind }) => kind === 'key-received')).toHaveLength(5);
  expect(to(people.beta, letters).filter(({ kind }) => kind === 'key-challenge')).toHaveLength(5);
  const shown = await says(town, 'lead', '/keys beta');
  expect(shown.match(/offered 20/g)).toHaveLength(3);
  const real = await freshKey(people.beta);
  town.holds('beta', real);
  const changed = await sends(town, 'beta', real, { signed: { key: await keyOf(people.beta) } });
  expect(kindsTo(people.beta, changed)).toEqual(['key-changed']);
  expect(await held('beta')).toEqual([real.fingerprint]);
  expect(await says(town, 'lead', '/keys beta')).not.toContain('offered');
});

test('an offer that is open already counts at once when the old key signs it', async () => {
  await town.pass('2h');
  const [old] = [await keyOf(people.third)];
  const fresh = await freshKey(people.third);
  town.holds('third', fresh);
  expect(keyKindsTo(people.third, await sends(town, 'third', fresh))).toEqual(['key-received']);
  expect(keyKindsTo(people.third, await sends(town, 'third', fresh, { signed: { key: old } }))).toEqual(['key-changed']);
  expect(await held('third')).toEqual([fresh.fingerprint]);
});

test('a declined key is not offered again; whoever sends it on purpose hears why, a program that announces it hears nothing', async () => {
  const unwanted = await freshKey('security@gamma.example.net');
  const gamma = 'security@gamma.example.net';
  town.holds(gamma, unwanted);
  await town.writes(gamma, { to: desk, text: 'key', attachments: [attachOwnKey(unwanted)] });
  const challenge = of('key-challenge', await town.post());
  expect(await says(town, 'second', `/decline-key gamma ${unwanted.fingerprint} because unknown`)).toContain('does not count');
  await town.writes(gamma, { text: `/prove-key ${codeIn(challenge)}\n`, ...(challenge && { answers: challenge }) });
  expect(of('key-changed', await town.post())).toBeUndefined();
  await town.writes(gamma, { to: desk, text: 'key again', attachments: [attachOwnKey(unwanted)] });
  const again = to(gamma, await town.post());
  expect(again.map(({ kind }) => kind)).toEqual(['key-received']);
  expect(again[0]?.text).toContain('the team declined it; ask them');
  await town.writes(gamma, { to: desk, text: 'a mail', autocrypt: unwanted });
  expect(to(gamma, await town.post())).toEqual([]);
  expect(await held('gamma')).toEqual([]);
});

test('a private key: owner and team are warned without it, and nobody is sent it', async () => {
  await town.pass('2h');
  const made = await makeKey({ name: 'TEST acme', email: people.acme, now: inDays(-30) });
  const secret = { filename: 'acme.asc', contentType: 'application/pgp-keys', content: Buffer.from(made.private) };
  for (const writing of [{ text: 'our key', attachments: [secret] }, { text: `our key\n\n${made.private}` }]) {
    await town.writes('acme', { to: desk, ...writing });
    const letters = await town.post();
    expect(kindsTo(people.acme, letters)).toEqual(['key-received']);
    expect(of('key-received', letters)?.text).toContain('It is the private key');
    expect(kindsTo(people.lead, letters)).toEqual(['alarm', 'desk']);
    expect(of('desk', to(people.lead, letters))?.text).toContain('| our key');
    expect(of('desk', to(people.lead, letters))?.text).toContain('left out');
    expect(of('alarm', to(people.lead, letters))?.text).toContain('A mail shows the private OpenPGP key of acme.');
    for (const { bytes, opened, text } of letters) {
      expect(`${bytes}${opened.inner ?? ''}${text}`).not.toContain('PRIVATE KEY BLOCK');
      expect(opened.attachments.filter(({ content }) => content.includes('PRIVATE KEY'))).toEqual([]);
    }
  }
  expect(await says(town, 'lead', '/keys acme')).not.toContain(
    (await openpgp.readKey({ armoredKey: made.public })).getFingerprint().toUpperCase(),
  );
});

test('a private key in an incident: that of somebody on the roster is not relayed, what a report shows is', async () => {
  await town.pass('2h');
  const own = await makeKey({ name: 'TEST lead', email: people.lead, now: inDays(-30) });
  const lost = await makeKey({ name: 'TEST release key', email: 'release@example.com', now: inDays(-30) });
  const file = (armored: string) => ({ filename: 'key.asc', contentType: 'application/pgp-keys', content: Buffer.from(armored) });
  await town.writes('reporter', { subject: 'your release key', text: `I found it:\n\n${lost.private}`, attachments: [file(lost.private)] });
  const reported = await town.post();
  expect([...new Set(kindsTo(people.lead, reported))]).toEqual(['report']);
  const report = of('report', to(people.second, reported));
  expect(report?.text).toContain('PRIVATE KEY BLOCK');
  expect(report?.opened.attachments.map(({ filename }) => filename)).toContain('key.asc');
  await town.writes('lead', { text: 'My backup.', encrypted: true, attachments: [file(own.private)], ...(report && { answers: report }) });
  const letters = await town.post();
  expect(kindsTo(people.second, letters)).toEqual(['alarm', 'relay']);
  expect(of('alarm', letters)?.text).toContain('A mail shows the private OpenPGP key of lead.');
  expect(of('relay', letters)?.text).toContain('The attachments are left out');
  expect(letters.flatMap(({ opened }) => opened.attachments).filter(({ content }) => content.includes('PRIVATE KEY'))).toEqual([]);
  expect(kindsTo(people.lead, letters)).toEqual(['alarm', 'key-received']);
});

test('a private key of somebody on the roster or of the team, found by a stranger, raises the alarm and answers nobody', async () => {
  for (const [address, whose] of [
    [people.second, 'second'],
    [town.office.address, 'the team'],
  ] as const) {
    const { key } = await keyOf(address);
    await town.writes('finder@example.com', { subject: 'found', text: `On a public server:\n\n${key.armor()}` });
    const letters = await town.post();
    expect(of('alarm', letters)?.text).toContain(`the private OpenPGP key of ${whose}.`);
    expect(kinds(letters).filter((kind) => kind.startsWith('key-'))).toEqual([]);
  }
});

test('a forged copy of a key that counts, with a younger date, takes nothing from its owner', async () => {
  const lead = await keyOf(people.lead);
  const bytes = Buffer.from(lead.certificate.key.write());
  const [sub] = lead.certificate.key.subkeys;
  const date = Buffer.alloc(4);
  date.writeUInt32BE(Math.floor((sub?.bindingSignatures[0]?.created?.getTime() ?? 0) / 1000));
  const younger = Buffer.alloc(4);
  younger.writeUInt32BE(Math.floor(town.now().getTime() / 1000));
  younger.copy(bytes, bytes.lastIndexOf(date));
  const binary = { filename: 'key.pgp', contentType: 'application/pgp-keys', content: bytes };
  await town.writes('lead', { to: desk, text: 'my key', attachments: [binary] });
  await town.post();
  expect(await held('lead')).toEqual([lead.fingerprint]);
  expect(await says(town, 'lead', '/keys')).not.toContain('NOT USABLE');
});
