// Certificates and keys: what is read, what is refused, what may still be used at a moment.
import * as openpgp from 'openpgp';
import { beforeAll, describe, expect, it } from 'vitest';
import { armor, dearmor } from '#pgp/armor.ts';
import { type Certificate, canEncrypt, canSign, keyring, readCertificates, readOwnKey } from '#pgp/keyring.ts';
import { makeKey } from '#pgp/make-key.ts';
import { packets } from '#pgp/packet.ts';
import { cost } from '#test/cost.ts';
import { later, now, only, type Person, person } from '#test/pgp/people.ts';

let lead: Person;
let member: Person;

beforeAll(async () => {
  lead = await person('TEST KEY lead', 'Lead@Example.org');
  member = await person('TEST KEY member', 'member@example.org');
});

const rsa = (bits: number) =>
  openpgp.generateKey({
    type: 'rsa',
    rsaBits: bits,
    userIDs: [{ email: 'old@example.org' }],
    date: later(-30),
    format: 'armored',
    config: { minRSABits: 1024 },
  });

async function withKey(change: (key: openpgp.PrivateKey) => Promise<openpgp.PrivateKey>): Promise<string> {
  const key = await openpgp.readPrivateKey({ armoredKey: lead.private });
  return (await change(key)).toPublic().armor();
}

describe('reading certificates', () => {
  it('takes armor with words around it, several blocks, and binary', async () => {
    const text = `Here is my key:\n\n${lead.public}\nand my colleague's\n${member.public}\n-- \nbye`;
    const fingerprints = [lead.certificate.fingerprint, member.certificate.fingerprint];
    expect((await readCertificates(text)).map((one) => one.fingerprint)).toEqual(fingerprints);
    const binary = Buffer.concat([lead, member].map((one) => dearmor(one.public)?.bytes ?? Buffer.alloc(0)));
    expect((await readCertificates(binary)).map((one) => one.fingerprint)).toEqual(fingerprints);
  });

  it('knows names, addresses and the ids of all subkeys', () => {
    expect(lead.certificate).toMatchObject({
      userIds: ['TEST KEY lead <Lead@Example.org>'],
      emails: ['lead@example.org'],
      created: later(-30),
    });
    expect(lead.certificate.fingerprint).toMatch(/^[0-9A-F]{40}$/);
    expect(lead.certificate.keyIds).toHaveLength(2);
    expect(lead.certificate.keyIds[0]).toBe(lead.certificate.fingerprint.slice(-16));
  });

  it('refuses a private key, armored, binary or among certificates, without repeating it', async () => {
    const binary = dearmor(lead.private)?.bytes ?? Buffer.alloc(0);
    for (const sent of [lead.private, `${member.public}\n${lead.private}`, binary, armor('PGP PUBLIC KEY BLOCK', binary)]) {
      const failed = await readCertificates(sent).catch((error: Error) => error.message);
      expect(failed).toMatch(/This is a private key/);
      expect(failed).not.toContain(binary.toString('base64').slice(0, 40));
    }
  });

  it.each([
    '',
    'no key here',
    '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----',
    '-----BEGIN PGP PUBLIC KEY BLOCK-----',
  ])('refuses a text without a certificate (%#)', async (text) => {
    await expect(readCertificates(text)).rejects.toThrow('no readable OpenPGP certificate');
  });

  it('flood: reads a certificate with tens of thousands of foreign signatures quickly and without them', async () => {
    const flooder = member.own.key;
    const [user] = lead.certificate.key.users;
    const foreign = (await user?.certify([flooder], now, openpgp.config))?.otherCertifications[0];
    if (!foreign) throw new Error('no signature');
    const list = new openpgp.PacketList<openpgp.AnyPacket>();
    list.push(foreign);
    const junk = Buffer.from(list.write());
    const all = packets(dearmor(lead.public)?.bytes ?? Buffer.alloc(0), 100) ?? [];
    const flooded = Buffer.concat(
      all.flatMap((packet) => (packet.tag === 13 ? [packet.bytes, ...Array.from({ length: 50_000 }, () => junk)] : [packet.bytes])),
    );
    let read: Certificate | undefined;
    const reading = async () => {
      [read] = await readCertificates(flooded);
    };
    expect(await cost(reading)).toBeLessThan(3000);
    expect(read?.fingerprint).toBe(lead.certificate.fingerprint);
    expect(read?.armored.length).toBeLessThan(5000);
    expect(await canEncrypt(read ?? lead.certificate, now)).toEqual({ usable: true });
  });

  it('gives the same parsed key for the same bytes, as its self-signatures are checked once', async () => {
    expect((await only(lead.public)).key).toBe((await only(`again ${'\n'}${lead.public}`)).key);
  });
});

describe('what a certificate may be used for', () => {
  it('says until when, and the encryption subkey counts', async () => {
    const ends = await person('TEST KEY ends', 'ends@example.org', later(10));
    expect(await canEncrypt(ends.certificate, now)).toEqual({ usable: true, until: later(10) });
    expect(await canEncrypt(ends.certificate, later(11))).toEqual({ usable: false, why: 'expired' });
    expect(await canSign(ends.certificate, later(11))).toEqual({ usable: false, why: 'expired' });
    const pair = await openpgp.generateKey({
      userIDs: [{ email: 'sub@example.org' }],
      type: 'ecc',
      curve: 'curve25519Legacy',
      date: later(-30),
      subkeys: [{ keyExpirationTime: 40 * 86_400 }],
    });
    const sub = await only(pair.publicKey);
    expect(await canEncrypt(sub, now)).toEqual({ usable: true, until: later(10) });
    expect(await canEncrypt(sub, later(11))).toEqual({ usable: false, why: 'expired' });
    expect(await canSign(sub, later(11))).toEqual({ usable: true });
  });

  it('knows a revoked key and a revoked subkey', async () => {
    const whole = await only(
      await withKey(async (key) => (await openpgp.revokeKey({ key, date: later(-1), format: 'object' })).privateKey),
    );
    expect(await canEncrypt(whole, now)).toEqual({ usable: false, why: 'revoked' });
    expect(await canSign(whole, now)).toEqual({ usable: false, why: 'revoked' });
    const subkey = await only(
      await withKey(async (key) => {
        const [first] = key.subkeys;
        if (first && key.keyPacket instanceof openpgp.SecretKeyPacket) key.subkeys = [await first.revoke(key.keyPacket, {}, later(-1))];
        return key;
      }),
    );
    expect(await canEncrypt(subkey, now)).toEqual({ usable: false, why: 'revoked' });
    expect(await canSign(subkey, now)).toEqual({ usable: true });
  });

  it('knows a key that only signs', async () => {
    const signs = await only(await withKey(async (key) => Object.assign(key, { subkeys: [] })));
    expect(await canEncrypt(signs, now)).toEqual({ usable: false, why: 'no-encryption-key' });
    expect(await canSign(signs, now)).toEqual({ usable: true });
  });

  it('calls short RSA weak, and stricter rules are obeyed', async () => {
    const short = await only((await rsa(1024)).publicKey);
    expect(await canEncrypt(short, now)).toEqual({ usable: false, why: 'weak' });
    expect(await canSign(short, now)).toEqual({ usable: false, why: 'weak' });
    const usual = await only((await rsa(2048)).publicKey);
    expect(await canSign(usual, now)).toEqual({ usable: true });
    const { defaults } = await import('#pgp/keyring.ts');
    expect(await canSign(usual, now, { ...defaults, minRsaBits: 3072 })).toEqual({ usable: false, why: 'weak' });
  });

  it('calls a key bound by SHA-1 weak', async () => {
    const pair = await openpgp.generateKey({
      userIDs: [{ email: 'sha1@example.org' }],
      type: 'rsa',
      rsaBits: 2048,
      date: later(-30),
      config: { preferredHashAlgorithm: openpgp.enums.hash.sha1, nonDeterministicSignaturesViaNotation: false },
    });
    expect(await canEncrypt(await only(pair.publicKey), now)).toEqual({ usable: false, why: 'weak' });
  });

  it('knows a key without any name', async () => {
    const nameless = await only(await withKey(async (key) => Object.assign(key, { users: [] }))).catch((error: Error) => error.message);
    if (typeof nameless === 'string') expect(nameless).toMatch(/no readable/);
    else expect(await canEncrypt(nameless, now)).toEqual({ usable: false, why: 'unsupported' });
  });
});

describe('our own keys', () => {
  it('opens a locked key, and says clearly when the passphrase is missing or wrong', async () => {
    const made = await makeKey({ name: 'TEST KEY', email: 'locked@example.org', now, passphrase: 'correct horse' });
    expect((await readOwnKey(made.private, 'correct horse')).fingerprint).toBe(made.fingerprint);
    await expect(readOwnKey(made.private)).rejects.toThrow('is locked and there is no passphrase');
    await expect(readOwnKey(made.private, 'battery staple')).rejects.toThrow('The passphrase given does not open');
    const wrong = await readOwnKey(made.private, 'battery staple').catch((error: Error) => error.message);
    expect(wrong).not.toContain('battery');
  });

  it('refuses a certificate, two keys and rubbish', async () => {
    for (const text of [lead.public, `${lead.private}\n${member.private}`, 'rubbish'])
      await expect(readOwnKey(text)).rejects.toThrow('exactly one');
    const broken = lead.private.replace(/(\r?\n\r?\n)[^\n]{30}/, '$1');
    await expect(readOwnKey(broken)).rejects.toThrow('cannot be read');
  });

  it('makes keys of version 4 in the older encoding', async () => {
    const { key } = lead.certificate;
    expect(key.keyPacket.version).toBe(4);
    expect(key.getAlgorithmInfo().algorithm).toBe('eddsaLegacy');
    expect(key.subkeys[0]?.getAlgorithmInfo().algorithm).toBe('ecdh');
    await expect(makeKey({ name: 'x', email: 'x@example.org', now, expires: now })).rejects.toThrow('before it begins');
  });

  it('never gives the private half away in the certificate', async () => {
    const own = await readOwnKey(lead.private);
    expect(own.certificate.key.isPrivate()).toBe(false);
    expect(own.certificate.armored).toContain('PUBLIC KEY BLOCK');
    expect((await only(own.certificate.armored)).fingerprint).toBe(own.fingerprint);
  });

  it('looks up by fingerprint and long key id of any subkey, in any case', () => {
    const ring = keyring([], [lead.certificate, member.certificate]);
    for (const id of lead.certificate.keyIds) expect(ring.certificate(id.toLowerCase())).toEqual([lead.certificate]);
  });
});
