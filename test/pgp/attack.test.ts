// What an attacker tries on signed and encrypted mail, by name; each mail here must not be taken for more than it is.
import * as openpgp from 'openpgp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Opened } from '#mail/message.ts';
import { armor, dearmor } from '#pgp/armor.ts';
import { keyring } from '#pgp/keyring.ts';
import {
  type Cast,
  cast,
  ciphertext,
  detached,
  encryptedPart,
  later,
  mail,
  multipart,
  now,
  opened,
  part,
  person,
  signedPart,
  signedType,
} from '#test/pgp/people.ts';

let people: Cast;
const order = part('text/plain', 'I take this.\n/take');
const evil = part('text/plain', '/announce now');

beforeAll(async () => {
  people = await cast();
});

const packetsOf = (armored: string) => dearmor(armored)?.bytes ?? Buffer.alloc(0);
const read = (entity: string, from?: string) => opened(mail(entity, from), people.ring);
const uncovered = (mail: Opened) => mail.passages.filter((passage) => !passage.covered).map((passage) => passage.text);

describe('signature wrapping', () => {
  it('covers only a part when a part is added after the signed one', async () => {
    const mixed = await read(multipart('mixed', [await signedPart(order, [people.lead]), evil]));
    expect(mixed.signature).toMatchObject({ status: 'good', by: people.lead.certificate.fingerprint, covers: 'part' });
    expect(uncovered(mixed)).toEqual(['/announce now']);
  });

  it('covers only a part when a part is put before the signed one', async () => {
    const mixed = await read(multipart('mixed', [evil, await signedPart(order, [people.lead])]));
    expect(mixed.signature.covers).toBe('part');
    expect(uncovered(mixed)).toEqual(['/announce now']);
  });

  it('covers only a part when a third child hides inside multipart/signed', async () => {
    const signature = part('application/pgp-signature', await detached(order, [people.lead]));
    const three = await read(multipart('signed', [order, signature, evil], 's', signedType));
    expect(three.signature.covers).toBe('part');
    expect(uncovered(three)).toEqual(['/announce now']);
  });

  it('covers only a part when an attachment is added, so that a patch cannot ride along', async () => {
    const patch = part('text/x-patch; name="fix.patch"', '+backdoor', 'Content-Disposition: attachment; filename="fix.patch"');
    const mixed = await read(multipart('mixed', [await signedPart(order, [people.lead]), patch]));
    expect(mixed.signature.covers).toBe('part');
  });

  it('gives nothing to a signature over another part', async () => {
    const signature = part('application/pgp-signature', await detached(order, [people.lead]));
    const swapped = await read(multipart('signed', [evil, signature], 's', signedType));
    expect(swapped.signature).toMatchObject({ status: 'bad', covers: 'none' });
    const nested = multipart('mixed', [evil, order], 'm');
    const wrapped = await read(multipart('signed', [nested, signature], 's', signedType));
    expect(wrapped.signature).toMatchObject({ status: 'bad', covers: 'none' });
    expect(wrapped.passages.every((passage) => !passage.covered)).toBe(true);
  });

  it('reads the signed part itself when an alternative sits beside it', async () => {
    const both = await read(multipart('alternative', [evil, await signedPart(order, [people.lead])]));
    expect(both.passages.map((passage) => passage.text)).toEqual(['I take this.\n/take']);
    expect(both.signature.covers).toBe('all');
  });

  it('does not count a signature inside an attached mail', async () => {
    const attached = `Content-Type: message/rfc822\r\n\r\n${mail(await signedPart(order, [people.lead])).toString('latin1')}`;
    const forwarded = await read(multipart('mixed', [evil, attached]));
    expect(forwarded.signature).toEqual({ status: 'none', covers: 'none' });
    expect(forwarded.passages.map((passage) => passage.text)).toEqual(['/announce now']);
  });

  it('does not let a boundary outside the signed bytes change how they are read', async () => {
    const inner = multipart('mixed', [part('text/plain', 'one'), part('text/plain', 'two')], 'b1');
    const sneaky = multipart('mixed', [await signedPart(inner, [people.lead], 's1')], 'b1');
    const answer = await read(sneaky);
    expect(answer.signature.covers === 'all' && answer.passages.length < 2).toBe(false);
  });

  it('tells the signer by the key and not by From', async () => {
    const spoofed = await read(await signedPart(order, [people.member]), 'lead@example.org');
    expect(spoofed.signature).toMatchObject({ status: 'good', by: people.member.certificate.fingerprint });
  });
});

describe('several signatures', () => {
  it('takes two by one certificate for good', async () => {
    const twice = await read(await signedPart(order, [people.lead, people.lead]));
    expect(twice.signature).toMatchObject({ status: 'good', covers: 'all' });
  });

  it('takes a lead and a member over the same words for nobody in particular', async () => {
    const both = await read(await signedPart(order, [people.lead, people.member]));
    expect(both.signature).toMatchObject({ status: 'bad', covers: 'none' });
  });

  it('does not let a good one hide a stranger', async () => {
    const both = await read(await signedPart(order, [people.lead, people.stranger]));
    expect(both.signature).toMatchObject({ status: 'unknown-key', covers: 'none' });
  });

  it('does not add up two signed parts of two people', async () => {
    const parts = [await signedPart(order, [people.lead], 's1'), await signedPart(evil, [people.member], 's2')];
    const two = await read(multipart('mixed', parts));
    expect(two.signature).toMatchObject({ by: people.lead.certificate.fingerprint, covers: 'part' });
    expect(uncovered(two)).toEqual(['/announce now']);
  });
});

describe('replay', () => {
  it('has one digest for one signature, inside whatever mail it comes', async () => {
    const signed = await signedPart(order, [people.lead]);
    const first = await read(signed);
    const again = await opened(mail(signed, 'member@example.org', 'X-Other: 1'), people.ring, later(1));
    const sealed = await read(encryptedPart(await ciphertext(signed, [people.team])));
    expect(first.signature.digest).toMatch(/^[0-9a-f]{64}$/);
    expect([again.signature.digest, sealed.signature.digest]).toEqual([first.signature.digest, first.signature.digest]);
    const other = await read(await signedPart(order, [people.lead], 's1', later(-1)));
    expect(other.signature.digest).not.toBe(first.signature.digest);
  });

  it('keeps the digest when the unhashed part of the packet is changed', async () => {
    const armored = await detached(order, [people.lead]);
    const { packets } = await openpgp.readSignature({ armoredSignature: armored });
    const [packet] = packets;
    packet?.unhashedSubpackets.push({ type: 100, critical: false, body: new Uint8Array([1, 2, 3]) });
    const changed = armor('PGP SIGNATURE', Buffer.from(packets.write()));
    const wrap = (signature: string) => read(multipart('signed', [order, part('application/pgp-signature', signature)], 's', signedType));
    const [one, two] = [await wrap(armored), await wrap(changed)];
    expect(changed).not.toBe(armored);
    expect(two.signature).toMatchObject({ status: 'good' });
    expect(two.signature.digest).toBe(one.signature.digest);
  });

  it('refuses a signature from the future, but not from a clock that is slightly ahead', async () => {
    expect((await read(await signedPart(order, [people.lead], 's', later(2)))).signature).toMatchObject({ status: 'bad', covers: 'none' });
    expect((await read(await signedPart(order, [people.lead], 's', new Date(now.getTime() + 300_000)))).signature.status).toBe('good');
  });
});

describe('keys', () => {
  it('finds nobody by a short key id or an id of zeros', async () => {
    const { ring, lead } = people;
    const fingerprint = lead.certificate.fingerprint;
    expect(ring.certificate(fingerprint)).toHaveLength(1);
    expect(ring.certificate(fingerprint.slice(-16))).toHaveLength(1);
    expect(ring.certificate(fingerprint.slice(-8))).toEqual([]);
    expect(ring.certificate('')).toEqual([]);
    const careless = { own: ring.own, certificate: () => [lead.certificate] };
    const answer = await opened(mail(await signedPart(order, [people.stranger])), careless);
    expect(answer.signature.status).toBe('unknown-key');
    const bytes = packetsOf(await detached(order, [lead]));
    const id = Buffer.from(fingerprint.slice(-16), 'hex');
    for (let at = bytes.indexOf(id); at >= 0; at = bytes.indexOf(id)) bytes.fill(0, at, at + 8);
    const zeros = part('application/pgp-signature', armor('PGP SIGNATURE', bytes));
    const nobody = await opened(mail(multipart('signed', [order, zeros], 's', signedType)), careless);
    expect(nobody.signature.status).toBe('unknown-key');
  });

  it('does not believe a certificate that adopted the lead’s signing key as its own subkey', async () => {
    const thief = await person('TEST KEY thief', 'thief@example.net');
    const { lead } = people;
    const list = new openpgp.PacketList<openpgp.AnyPacket>();
    list.push(...thief.certificate.key.toPacketList());
    const subkey = new openpgp.PublicSubkeyPacket();
    await subkey.read(lead.certificate.key.keyPacket.write());
    const bound = thief.certificate.key.subkeys[0]?.bindingSignatures[0];
    list.push(subkey, ...(bound ? [bound] : []));
    const adopted = await openpgp.readKey({ binaryKey: list.write() });
    const certificate = {
      ...thief.certificate,
      key: adopted,
      keyIds: adopted.getKeys().map((key) => key.getKeyID().toHex().toUpperCase()),
    };
    expect(certificate.keyIds).toContain(lead.certificate.fingerprint.slice(-16));
    const answer = await opened(mail(await signedPart(order, [lead])), keyring(people.ring.own, [certificate]));
    expect(answer.signature).toMatchObject({ status: 'bad', covers: 'none' });
  });

  it('does not count a signature made for another purpose', async () => {
    const [user] = people.lead.certificate.key.users;
    const list = new openpgp.PacketList<openpgp.AnyPacket>();
    list.push(...(user?.selfCertifications ?? []));
    const wrong = part('application/pgp-signature', armor('PGP SIGNATURE', Buffer.from(list.write())));
    expect((await read(multipart('signed', [order, wrong], 's', signedType))).signature).toMatchObject({ status: 'bad', covers: 'none' });
  });
});
