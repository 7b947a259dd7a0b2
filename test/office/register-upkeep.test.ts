// The upkeep of the register: newer words of a key, withdrawn keys, files that the operator changed, sleep, rehearsal.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { take } from '#intake.ts';
import { mindRegister } from '#office/minding.ts';
import { teamSubject } from '#office/register.ts';
import { revoked } from '#pgp/revoke.ts';
import { attachOwnKey } from '#pgp/seal.ts';
import { asKey, codeIn, freshKey, kinds, kindsTo, of, prolonged, says, sends, to } from '#test/office/keys.ts';
import { keyOf, openTown, people, type Town } from '#test/town.ts';

const desk = 'security+team@example.org';
const gamma = 'security@gamma.example.net';
let town: Town;
beforeEach(async () => {
  town = await openTown();
  await town.post();
});
afterEach(() => town.close());

const journal = async (of = town) => {
  const subject = await of.store.subjects.peek(teamSubject(of.office));
  return subject?.kind === 'team' ? subject.recorded.map(({ event }) => event) : [];
};

test('an attached copy that lasts longer counts silently and stands in the journal; one that lasts shorter changes nothing', async () => {
  const short = await freshKey(people.acme, 5);
  await town.close();
  town = await openTown({ keys: { acme: short } });
  await town.post();
  const shown = async () => /until (\S+)/.exec(await says(town, 'lead', '/keys acme'))?.[1];
  expect(await shown()).toBe('2026-03-07');
  const longer = await prolonged(short, people.acme, 200);
  expect(kinds(await sends(town, 'acme', longer)).filter((kind) => kind.startsWith('key-'))).toEqual([]);
  expect(await shown()).toBe('2026-09-18');
  const refreshed = (await journal()).filter(({ type }) => type === 'certificate-refreshed');
  expect(refreshed).toMatchObject([{ who: 'acme', fingerprint: short.fingerprint, from: 'attached' }]);
  await sends(town, 'acme', short);
  expect(await shown()).toBe('2026-09-18');
  expect((await journal()).filter(({ type }) => type === 'certificate-refreshed')).toHaveLength(1);
});

test('a revoked copy, whoever brings it, ends the key: it commands no more and nothing is encrypted to it', async () => {
  const second = await keyOf(people.second);
  const ended = await asKey(second, (await revoked(second.key, 'compromised', '', town.now())).armored);
  // Only its owner can have made it, so even a mail that proves nothing may bring it.
  await town.writes('second', { to: desk, text: 'my key is stolen', attachments: [attachOwnKey(ended)] });
  await town.post();
  expect(await says(town, 'lead', '/keys second')).toContain('the key is revoked');
  await says(town, 'second', `/decline-key acme ${second.fingerprint}`);
  await town.writes('acme', { to: desk, text: 'hello' });
  expect(kindsTo(people.second, await town.post()).filter((kind) => kind === 'desk')).toEqual([]);
});

test('a withdrawn key commands no more; its owner and the others hear of it', async () => {
  const { fingerprint } = await keyOf(people.third);
  await town.writes('lead', { to: desk, text: `/withdraw-key third ${fingerprint} because the laptop is lost\n`, signed: true });
  const letters = await town.post();
  for (const address of [people.third, people.second]) expect(kindsTo(address, letters)).toContain('key-changed');
  expect(of('key-changed', to(people.third, letters))?.sealed).toBe(false);
  expect(of('key-changed', to(people.second, letters))?.text).toContain('the laptop is lost');
  await town.writes('third', {
    to: desk,
    text: `/withdraw-key lead ${(await keyOf(people.lead)).fingerprint} because revenge\n`,
    signed: true,
  });
  expect(kindsTo(people.lead, await town.post())).toContain('alarm');
  expect(await says(town, 'lead', '/keys lead')).toContain('without an end');
});

test('an automatic answer that quotes the code proves nothing', async () => {
  const fresh = await freshKey(gamma);
  town.holds(gamma, fresh);
  await town.writes(gamma, { to: desk, text: 'our key', attachments: [attachOwnKey(fresh)] });
  const challenge = of('key-challenge', await town.post());
  const bytes = await town.bytesOf(gamma, { text: `/prove-key ${codeIn(challenge)}\n`, ...(challenge && { answers: challenge }) });
  await town.arrives(Buffer.concat([Buffer.from('Auto-Submitted: auto-replied\r\n'), bytes]));
  expect(await town.post()).toEqual([]);
  expect(await says(town, 'lead', '/keys gamma')).toContain('offered');
});

test('files that the operator changed: one alarm to the team, not one at each start; a key filed anew counts again', async () => {
  const acme = await keyOf(people.acme);
  const other = await freshKey(people.acme);
  await town.writes('lead', { to: desk, text: `/withdraw-key acme ${acme.fingerprint} because a test\n`, signed: true });
  await town.post();
  const restart = async (
    key = acme,
    holders: readonly ('lead' | 'second' | 'third' | 'acme' | 'beta')[] = ['lead', 'second', 'third', 'acme'],
  ) => {
    const again = await openTown({ store: town.store, keys: { acme: key }, certificates: holders });
    return { again, letters: await again.post() };
  };
  const first = await restart(other);
  const alarms = first.letters.filter(({ kind }) => kind === 'alarm');
  expect(kindsTo(people.lead, alarms)).toEqual(['alarm']);
  const said = alarms[0]?.text.replace(/\s+/g, ' ');
  expect(said).toContain(`acme has ${other.fingerprint}`);
  expect(said).toContain(`beta no longer has ${(await keyOf(people.beta)).fingerprint}`);
  expect((await restart(other)).letters).toEqual([]);
  const { again } = await restart(acme);
  expect(await says(again, 'lead', '/keys acme')).toContain(`acme | ${acme.fingerprint} | `);
});

test('another key of the team: everybody is written to once, with the new key, and asked to compare', async () => {
  const fresh = await freshKey('security@example.org');
  const again = await openTown({ store: town.store, keys: { team: fresh } });
  const letters = await again.post();
  const told = letters.filter(({ kind }) => kind === 'team-key-changed');
  expect(told.map((one) => one.to).sort()).toEqual(
    [people.lead, people.second, people.third, people.acme, people.beta, gamma, 'cna@example.org'].sort(),
  );
  for (const { opened, text } of told) {
    expect(text.replace(/\s+/g, '')).toContain(fresh.fingerprint);
    expect(text).toContain('Do not take our word for it alone');
    expect(opened.attachments.map(({ contentType }) => contentType)).toContain('application/pgp-keys');
  }
  expect(await again.post()).toEqual([]);
  const once = await openTown({ store: town.store, keys: { team: fresh } });
  expect(await once.post()).toEqual([]);
});

test('a daemon that slept for fifty days warns once', async () => {
  await town.close();
  town = await openTown({ keys: { acme: await freshKey(people.acme, 40) } });
  await town.post();
  const letters = await town.pass('50d', '50d');
  expect(to(people.acme, letters).filter(({ kind }) => kind === 'key-ending')).toHaveLength(1);
  expect(of('key-ending', letters)?.text).toContain('cannot be used: the key has expired');
});

test('looking through the register twice at the same moment says nothing the second time', async () => {
  await town.pass('1d', '12h');
  const before = (await journal()).length;
  expect(await mindRegister(town.office, town.world)).toBe(false);
  expect(await mindRegister(town.office, town.world)).toBe(false);
  expect(await journal()).toHaveLength(before);
});

test('a rehearsal says what a key would set off and leaves no trace', async () => {
  const fresh = await freshKey(people.acme);
  town.holds('acme', fresh);
  const bytes = await town.bytesOf('acme', {
    to: desk,
    text: 'our key',
    attachments: [attachOwnKey(fresh)],
    signed: { key: await keyOf(people.acme) },
  });
  const before = await journal();
  const fetched = { place: { mailbox: 'INBOX', uidValidity: 'r', uid: 1 }, size: bytes.length, arrived: town.now(), bytes };
  for (let times = 0; times < 2; times++) {
    const taken = await take(fetched, town.office, town.world, { keep: false });
    expect(taken.letters.map(({ kind }) => kind)).toContain('key-changed');
  }
  expect(await journal()).toEqual(before);
  expect(await town.post()).toEqual([]);
  expect(kindsTo(people.acme, await town.arrives(bytes).then(() => town.post()))).toEqual(['key-changed']);
});

test('somebody called "constructor" holds keys like anybody else', async () => {
  await town.close();
  const address = 'constructor@example.org';
  town = await openTown();
  town.change({
    roster: {
      members: [
        { handle: 'lead', name: 'lead example', addresses: [people.lead] },
        { handle: 'constructor', name: 'C', addresses: [address] },
      ],
      oncall: undefined,
    },
  });
  await town.post();
  const fresh = await freshKey(address);
  town.holds(address, fresh);
  await town.writes(address, { to: desk, text: 'my first key', attachments: [attachOwnKey(fresh)] });
  expect(kindsTo(address, await town.post())).toContain('key-received');
  expect(await says(town, 'lead', `/accept-key constructor ${fresh.fingerprint}`)).toContain('counts from now on');
  await town.writes(address, { to: desk, text: '/keys\n', signed: { key: fresh } });
  expect(of('transcript', to(address, await town.post()))?.text).toContain(fresh.fingerprint);
});

test('what was accepted for somebody who left the roster is withdrawn, so that a namesake does not inherit it', async () => {
  const fresh = await freshKey(gamma);
  town.holds(gamma, fresh);
  await town.writes(gamma, { to: desk, text: 'our key', attachments: [attachOwnKey(fresh)] });
  await town.post();
  await says(town, 'lead', `/accept-key gamma ${fresh.fingerprint}`);
  const gone = [{ id: 'acme', name: 'Acme Linux', addresses: [people.acme] }];
  town.change({ roster: { distributors: gone } });
  await town.pass('1d', '1d');
  town.change({});
  expect(await says(town, 'lead', '/keys gamma')).not.toContain(`${fresh.fingerprint} | `);
});
