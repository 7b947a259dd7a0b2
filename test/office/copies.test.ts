// Copies of one text share its encryption and nothing else.
import { expect, test } from 'vitest';
import type { Outgoing } from '#mail/compose.ts';
import { parse } from '#mail/parse.ts';
import { openCopies } from '#office/copies.ts';
import { keyring } from '#pgp/keyring.ts';
import { open } from '#pgp/open.ts';
import type { Sealed } from '#pgp/seal.ts';
import { keyOf, people, team } from '#test/town.ts';

const now = new Date('2026-03-02T09:00:00Z');

async function sealFor(
  copies: ReturnType<typeof openCopies>,
  to: string,
  text: string,
  of: { certificate?: false; at?: Date; copies?: 'shared' | 'individual' } = {},
) {
  const key = await keyOf(team);
  const certificate = of.certificate === false ? undefined : (await keyOf(to)).certificate;
  const messageId = `${to.replace('@', '.')}@example.org`;
  const mail: Outgoing = {
    from: { address: team, name: 'team' },
    to: [{ address: to, name: '' }],
    subject: 'Notice',
    date: now,
    messageId,
    text,
  };
  return copies.seal(mail, {
    key,
    certificate,
    seal: 'must',
    outerSubject: '...',
    now: of.at ?? now,
    ...(of.copies && { copies: of.copies }),
  });
}

function bytesOf(sealed: Sealed): Buffer {
  if ('refused' in sealed) throw new Error(sealed.refused);
  return sealed.bytes;
}

/** The last lines of the armor before its checksum: the end of the encrypted body. */
function endOf(sealed: Sealed): string {
  return bytesOf(sealed).toString('latin1').split('\r\n=')[0]?.slice(-300) ?? '';
}

async function readBy(reader: string, sealed: Sealed) {
  const message = await parse(bytesOf(sealed));
  if ('unreadable' in message) throw new Error(message.unreadable);
  return open(message, keyring([await keyOf(reader)], [(await keyOf(team)).certificate]), now);
}

test('two readers of one text get the same encrypted body, each opens their own copy with a good signature, and neither names the other', async () => {
  const copies = openCopies();
  const acme = await sealFor(copies, people.acme, 'Embargoed.\n');
  const beta = await sealFor(copies, people.beta, 'Embargoed.\n');
  expect(endOf(acme)).toBe(endOf(beta));
  for (const [reader, other, sealed] of [
    [people.acme, people.beta, acme],
    [people.beta, people.acme, beta],
  ] as const) {
    const read = await readBy(reader, sealed);
    expect(read).toMatchObject({ decrypted: true, signature: { status: 'good', covers: 'all' }, passages: [{ text: 'Embargoed.' }] });
    expect('inner' in read && read.inner?.toString('latin1')).not.toContain(other);
    expect(await readBy(other, sealed)).toHaveProperty('unreadable');
  }
});

test('another text, or the same one much later, is encrypted anew', async () => {
  const copies = openCopies();
  const first = endOf(await sealFor(copies, people.acme, 'One.\n'));
  expect(endOf(await sealFor(copies, people.beta, 'Two.\n'))).not.toBe(first);
  expect(endOf(await sealFor(copies, people.beta, 'One.\n', { at: new Date(now.getTime() + 301_000) }))).not.toBe(first);
});

test('leak: a reader without a certificate gets nothing, also where the body lies ready for others', async () => {
  const copies = openCopies();
  bytesOf(await sealFor(copies, people.acme, 'Embargoed.\n'));
  expect(await sealFor(copies, people.beta, 'Embargoed.\n', { certificate: false })).toEqual({ refused: 'no-certificate' });
  const tooEarly = new Date('2020-01-01T00:00:00Z');
  expect(await sealFor(copies, people.beta, 'Embargoed.\n', { at: tooEarly }).catch(() => 'thrown')).not.toHaveProperty('bytes');
});

test('where the policy asks for individual copies each is encrypted on its own, its To and Message-ID under protection', async () => {
  const copies = openCopies();
  const acme = await sealFor(copies, people.acme, 'Embargoed.\n', { copies: 'individual' });
  const beta = await sealFor(copies, people.beta, 'Embargoed.\n', { copies: 'individual' });
  expect(endOf(acme)).not.toBe(endOf(beta));
  const protectedNames = async (reader: string, sealed: Sealed) => {
    const read = await readBy(reader, sealed);
    return 'protectedFields' in read ? read.protectedFields.map(({ name, value }) => `${name} ${value}`) : [];
  };
  const alone = await protectedNames(people.acme, acme);
  expect(alone).toEqual(expect.arrayContaining([`to ${people.acme}`, `message-id <${people.acme.replace('@', '.')}@example.org>`]));
  expect(alone.join()).not.toContain(people.beta);
  const shared = await protectedNames(people.acme, await sealFor(copies, people.acme, 'Embargoed.\n', { copies: 'shared' }));
  expect(shared.filter((field) => /^(?:to|message-id) /.test(field))).toEqual([]);
});
