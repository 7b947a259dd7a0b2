// One key vouching for the next: what GnuPG makes of the chain, and what stays out of it.
import * as openpgp from 'openpgp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certifiedBy, signKey } from '#pgp/certify.ts';
import { clearsign } from '#pgp/clearsign.ts';
import { readOwnKey } from '#pgp/keyring.ts';
import { armored, makeKey } from '#pgp/make-key.ts';
import { minimal } from '#pgp/minimal.ts';
import { type Gpg, gnupg, hasGpg } from '#test/pgp/gpg.ts';
import { later, now, type Person, person } from '#test/pgp/people.ts';

let old: Person;
let next: Person;
beforeAll(async () => {
  [old, next] = [await person('Team', 'security@example.org'), await person('Team', 'security@example.org')];
});

describe('a certified key', () => {
  it('still opens and signs, and names both signers over its user id', async () => {
    const own = await readOwnKey(armored(await certifiedBy(next.own.key, old.own.key, now)));
    const [user] = own.key.users;
    expect(own.fingerprint).toBe(next.own.fingerprint);
    expect(user?.otherCertifications.map(({ issuerKeyID }) => issuerKeyID.toHex().toUpperCase())).toEqual([old.own.fingerprint.slice(-16)]);
  });

  it('of version 6 can be certified by one of version 4', async () => {
    const six = await readOwnKey((await makeKey({ name: 'Team', email: 'security@example.org', now, version: 6 })).private);
    const own = await readOwnKey(armored(await certifiedBy(six.key, old.own.key, now)));
    const [user] = own.key.users;
    const [certification] = user?.otherCertifications ?? [];
    if (!user || !certification) throw new Error('nothing was certified');
    await expect(user.verifyCertificate(certification, [old.certificate.key], now)).resolves.toBe(true);
  });

  it('is not certified under a name that the other key does not bear', async () => {
    const stranger = await person('Somebody else', 'security@example.org');
    const key = await certifiedBy(stranger.own.key, old.own.key, now);
    expect(key.users[0]?.otherCertifications).toEqual([]);
  });

  it('cannot be certified by a key whose primary secret is kept offline', async () => {
    const offline = await readOwnKey(old.private);
    const primary = offline.key.keyPacket;
    if (!(primary instanceof openpgp.SecretKeyPacket)) throw new Error('no secret');
    Object.assign(primary, { isDummy: () => true });
    const signing = signKey(primary, { signatureType: openpgp.enums.signature.certPositive }, { key: next.own.key.keyPacket }, now);
    await expect(signing).rejects.toThrow('The secret of this primary key is not here');
  });
});

describe('the minimal certificate', () => {
  it('has nothing of other people, one signature for each name and subkey, and is a binary certificate', async () => {
    const key = await certifiedBy(next.own.key, old.own.key, now);
    const read = await openpgp.readKey({ binaryKey: new Uint8Array(minimal(key, 'Security@Example.org', now)) });
    expect(read.isPrivate()).toBe(false);
    expect(read.users[0]?.otherCertifications).toEqual([]);
    expect([...read.toPacketList()]).toHaveLength(5);
  });

  it('has only the name that was asked for, and is refused when there is none', async () => {
    const { privateKey } = await openpgp.generateKey({
      userIDs: [
        { name: 'Team', email: 'security@example.org' },
        { name: 'Team', email: 'other@example.net' },
      ],
      date: later(-1),
      format: 'object',
    });
    const read = await openpgp.readKey({ binaryKey: new Uint8Array(minimal(privateKey, 'other@example.net', now)) });
    expect(read.getUserIDs()).toEqual(['Team <other@example.net>']);
    expect(() => minimal(privateKey, 'lead@example.org', now)).toThrow('names lead@example.org');
  });

  it('keeps the signature over the key itself, without which a key of version 6 is nothing', async () => {
    const six = await readOwnKey((await makeKey({ name: 'Team', email: 'security@example.org', now: later(-1), version: 6 })).private);
    const read = await openpgp.readKey({ binaryKey: new Uint8Array(minimal(six.key, 'security@example.org', now)) });
    await expect(read.getEncryptionKey(undefined, now)).resolves.toBeDefined();
  });
});

describe.skipIf(!hasGpg)('GnuPG', () => {
  let gpg: Gpg;
  beforeAll(() => {
    gpg = gnupg();
  });
  afterAll(() => gpg.end());

  it('shows the certification of the old key as good, and both signatures of a statement', async () => {
    const key = await certifiedBy(next.own.key, old.own.key, now);
    gpg.run(['--import'], `${old.public}\n${armored(key.toPublic())}`);
    const listed = gpg.run(['--with-colons', '--check-sigs', next.own.fingerprint]).out.toString();
    expect(listed).toMatch(new RegExp(`^sig:!::22:${old.own.fingerprint.slice(-16)}:.*:13x:`, 'm'));
    const statement = await clearsign('- A new key \nwith naïve words\n\n', [old.own.key, key], now);
    const verified = gpg.run(['--verify'], statement).said;
    expect(verified.match(/GOODSIG/g)).toHaveLength(2);
    expect(gpg.run(['--verify'], statement.replace('naïve', 'other')).said).toMatch(/BADSIG/);
  });
});
