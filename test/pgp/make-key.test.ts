// Keys of our own making before GnuPG and our own eyes: read without a warning, saying what they should.
import * as openpgp from 'openpgp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOf } from '#mail/message.ts';
import { canEncrypt, canSign, keyring, readOwnKey } from '#pgp/keyring.ts';
import { type MadeKey, makeKey } from '#pgp/make-key.ts';
import { type Gpg, gnupg, hasGpg } from '#test/pgp/gpg.ts';
import { ciphertext, encryptedPart, later, mail, now, only, opened, part, person } from '#test/pgp/people.ts';

const wish = { name: 'TEST TEAM', email: 'security@example.org', now: later(-30) };
let four: MadeKey;
let six: MadeKey;

beforeAll(async () => {
  four = await makeKey(wish);
  six = await makeKey({ ...wish, version: 6 });
});

async function selfSignatures({ public: armored }: MadeKey): Promise<openpgp.SignaturePacket[]> {
  const key = await openpgp.readKey({ armoredKey: armored });
  return [...key.toPacketList()].filter((packet) => packet instanceof openpgp.SignaturePacket);
}

describe('what a new key says of itself', () => {
  it('signs itself with SHA-512, prefers SHA-2 alone, and announces what it can open', async () => {
    const { hash } = openpgp.enums;
    const signatures = await selfSignatures(four);
    expect(signatures.map(({ hashAlgorithm }) => hashAlgorithm)).toEqual([hash.sha512, hash.sha512]);
    const [name] = signatures;
    expect(name?.preferredHashAlgorithms).toEqual([hash.sha512, hash.sha256]);
    expect([...(name?.features ?? [])]).toEqual([1]);
    expect(name?.isPrimaryUserID).toBe(true);
  });

  it('in version 6 says it once, of the key, with integrity protection version 2 and OCB first', async () => {
    const [direct, name] = await selfSignatures(six);
    const { signature, symmetric, aead } = openpgp.enums;
    expect(direct).toMatchObject({ version: 6, signatureType: signature.key });
    expect([...(direct?.features ?? [])]).toEqual([9]);
    expect(direct).toHaveProperty(['preferredCipherSuites', 0], [symmetric.aes256, aead.ocb]);
    expect(name).toMatchObject({ signatureType: signature.certPositive, keyFlags: null });
    expect(six.fingerprint).toHaveLength(64);
    expect(six.public).not.toMatch(/^=[A-Za-z0-9+/]{4}$/m);
  });

  it('ends with its subkey when an end is wished for, in both versions', async () => {
    for (const version of [4, 6] as const) {
      const certificate = await only((await makeKey({ ...wish, version, expires: later(10) })).public);
      expect(await canEncrypt(certificate, now)).toEqual({ usable: true, until: later(10) });
      expect(await canSign(certificate, now)).toEqual({ usable: true, until: later(10) });
      expect(await canEncrypt(certificate, later(11))).toEqual({ usable: false, why: 'expired' });
    }
  });

  it('opens under its passphrase alone, in both versions', async () => {
    for (const version of [4, 6] as const) {
      const made = await makeKey({ ...wish, version, passphrase: 'correct horse' });
      await expect(readOwnKey(made.private)).rejects.toThrow('is locked');
      expect((await readOwnKey(made.private, 'correct horse')).fingerprint).toBe(made.fingerprint);
    }
  });

  it('a mail to a key of version 6 comes with integrity protection version 2, and is opened', async () => {
    const own = await readOwnKey(six.private);
    const message = await openpgp.createMessage({ text: part('text/plain', 'Buffer overflow') });
    const armored: string = await openpgp.encrypt({ message, encryptionKeys: own.certificate.key, date: now });
    const read = await openpgp.readMessage({ armoredMessage: armored });
    expect(read.packets.at(-1)).toMatchObject({ version: 2 });
    expect(textOf(await opened(mail(encryptedPart(armored)), keyring([own], [])))).toContain('Buffer overflow');
  });
});

describe('former keys', () => {
  it('open mail that was encrypted to them, also when they have ended since or are revoked', async () => {
    const old = await person('OLD', 'security@example.org', later(5));
    const current = await person('NEW', 'security@example.org');
    const armored = await ciphertext(part('text/plain', 'Read much later'), [old]);
    const revoked = await old.own.key.revoke({ flag: openpgp.enums.reasonForRevocation.keyCompromised }, now);
    for (const key of [old.own, { ...old.own, key: revoked }]) {
      const read = await opened(mail(encryptedPart(armored)), keyring([current.own, key], []), later(400));
      expect(textOf(read)).toContain('Read much later');
    }
  });
});

describe.skipIf(!hasGpg)('GnuPG', () => {
  let gpg: Gpg;
  beforeAll(() => {
    gpg = gnupg();
  });
  afterAll(() => gpg.end());

  it('takes the private key without a warning about its preferences', () => {
    const answer = gpg.run(['--import'], four.private);
    expect(answer.code, answer.said).toBe(0);
    expect(answer.said).toContain('IMPORT_OK 17');
    expect(answer.said.replaceAll(/.*faked system time.*/g, '')).not.toMatch(/warning|preference/i);
  });

  it('believes the revocation that was made with it', () => {
    gpg.run(['--import'], four.public);
    gpg.run(['--import'], four.revocation);
    expect(gpg.run(['--with-colons', '--list-keys', four.fingerprint]).out.toString()).toMatch(/^pub:r:/m);
  });
});
