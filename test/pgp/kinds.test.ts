// Which kinds of keys and packets are read: one line for each kind people have, and the ones that are refused beside them.
import * as openpgp from 'openpgp';
import { beforeAll, describe, expect, it } from 'vitest';
import { armor, dearmor } from '#pgp/armor.ts';
import { canEncrypt, canSign, keyring, readOwnKey } from '#pgp/keyring.ts';
import { seal } from '#pgp/seal.ts';
import {
  type Cast,
  cast,
  ciphertext,
  encryptedPart,
  later,
  letter,
  mail,
  now,
  only,
  opened,
  type Person,
  part,
  refusal,
  signedPart,
} from '#test/pgp/people.ts';

type Wish = Omit<openpgp.KeyOptions, 'userIDs' | 'format' | 'date'>;

const aead = { aeadProtect: true };
const v6 = { v6Keys: true, aeadProtect: true };
const legacy = (curve: openpgp.EllipticCurveName): Wish => ({ type: 'ecc', curve });

const kinds: readonly (readonly [string, Wish])[] = [
  ['version 4, Ed25519 and Curve25519 in their legacy encoding', legacy('curve25519Legacy')],
  ['version 4, Ed25519 and X25519', { type: 'curve25519' }],
  ['version 4, Ed448 and X448', { type: 'curve448' }],
  ['version 4, NIST P-256', legacy('nistP256')],
  ['version 4, NIST P-384', legacy('nistP384')],
  ['version 4, NIST P-521', legacy('nistP521')],
  ['version 4, RSA 2048', { type: 'rsa', rsaBits: 2048 }],
  ['version 4, RSA 3072', { type: 'rsa', rsaBits: 3072 }],
  ['version 4, RSA 4096', { type: 'rsa', rsaBits: 4096 }],
  ['version 6, Ed25519 and X25519', { type: 'curve25519', config: v6 }],
  ['version 6, Ed25519 and X25519, without a word on SEIPD version 2', { type: 'curve25519', config: { v6Keys: true } }],
  ['version 6, Ed448 and X448', { type: 'curve448', config: v6 }],
  ['version 6, NIST P-256', { type: 'ecc', curve: 'nistP256', config: v6 }],
  ['version 6, RSA 2048', { type: 'rsa', rsaBits: 2048, config: v6 }],
];

async function made(wish: Wish, email = 'security@example.org'): Promise<Person> {
  const options = { userIDs: [{ name: 'TEST KEY', email }], date: later(-30), format: 'armored' as const, ...wish };
  const pair = await openpgp.generateKey(options);
  const own = await readOwnKey(pair.privateKey);
  return {
    own,
    certificate: await only(pair.publicKey),
    private: pair.privateKey,
    public: pair.publicKey,
    revocation: pair.revocationCertificate,
  };
}

const words = part('text/plain; charset=utf-8', 'Hello\n/take');
const packetsOf = (armored: string) => dearmor(armored)?.bytes ?? Buffer.alloc(0);

/** The packets of a message with their versions, which the library keeps to itself. */
async function shape(armored: string): Promise<string> {
  const named: Record<string, string> = { PublicKeyEncryptedSessionKeyPacket: 'PKESK', SymEncryptedIntegrityProtectedDataPacket: 'SEIPD' };
  const message = await openpgp.readMessage({ binaryMessage: new Uint8Array(packetsOf(armored)) });
  return message.packets.map((packet) => `${named[packet.constructor.name]} ${String(Reflect.get(packet, 'version'))}`).join(', ');
}

let people: Cast;
beforeAll(async () => {
  people = await cast();
});

describe('keys', () => {
  it.each(kinds)('are read, written to and believed: %s', { timeout: 60_000 }, async (_, wish) => {
    const them = await made(wish);
    expect([await canEncrypt(them.certificate, now), await canSign(them.certificate, now)]).toEqual([{ usable: true }, { usable: true }]);
    const ring = keyring([them.own], [them.certificate]);
    const good = { status: 'good', by: them.certificate.fingerprint, covers: 'all' };
    expect((await opened(mail(await signedPart(words, [them])), ring)).signature).toMatchObject(good);
    const both = await opened(mail(encryptedPart(await ciphertext(words, [them], [them]))), ring);
    expect(both).toMatchObject({ decrypted: true, signature: good, passages: [{ text: 'Hello\n/take', covered: true }] });
    const changed = (await signedPart(words, [them])).replace('/take', '/fake');
    expect((await opened(mail(changed), ring)).signature).toMatchObject({ status: 'bad', covers: 'none' });
    const sealed = await seal(letter('A notice.'), {
      key: people.team.own,
      certificate: them.certificate,
      seal: 'must',
      outerSubject: '...',
      now,
    });
    if ('refused' in sealed) throw new Error(sealed.refused);
    const read = await opened(sealed.bytes, keyring([them.own], [people.team.certificate]));
    expect(read).toMatchObject({ decrypted: true, signature: { status: 'good', covers: 'all' } });
  });

  it('get SEIPD version 2 where they announce it and version 1 everywhere else, as GnuPG 2.2 reads no other', async () => {
    const shapes: Record<string, string> = {};
    for (const [name, wish] of [
      ['v4', { type: 'curve25519' }],
      ['v4 that announces it', { type: 'curve25519', config: aead }],
      ['v6', { type: 'curve25519', config: v6 }],
    ] as const) {
      const { certificate } = await made(wish);
      const sealed = await seal(letter('x'), { key: people.team.own, certificate, seal: 'must', outerSubject: '...', now });
      const text = 'bytes' in sealed ? sealed.bytes.toString() : '';
      shapes[name] = await shape(text.slice(text.indexOf('-----BEGIN PGP MESSAGE')));
    }
    expect(shapes).toEqual({ v4: 'PKESK 3, SEIPD 1', 'v4 that announces it': 'PKESK 6, SEIPD 2', v6: 'PKESK 6, SEIPD 2' });
  });

  it('are too weak, and refused: RSA 1024', { timeout: 60_000 }, async () => {
    const short = await made({ type: 'rsa', rsaBits: 1024, config: { minRSABits: 1023 } });
    const seen = await opened(mail(await signedPart(words, [short]).catch(() => words)), keyring([people.team.own], [short.certificate]));
    expect(await canEncrypt(short.certificate, now)).toEqual({ usable: false, why: 'weak' });
    expect(await canSign(short.certificate, now)).toEqual({ usable: false, why: 'weak' });
    expect(seen.signature.covers).toBe('none');
  });
});

describe('the samples of RFC 9580', () => {
  // §A.3 and §A.4: a version 6 key without any user id.
  const sampleKey = `-----BEGIN PGP PRIVATE KEY BLOCK-----

xUsGY4d/4xsAAAAg+U2nu0jWCmHlZ3BqZYfQMxmZu52JGggkLq2EVD34laMAGXKB
exK+cH6NX1hs5hNhIB00TrJmosgv3mg1ditlsLfCsQYfGwoAAABCBYJjh3/jAwsJ
BwUVCg4IDAIWAAKbAwIeCSIhBssYbE8GCaaX5NUt+mxyKwwfHifBilZwj2Ul7Ce6
2azJBScJAgcCAAAAAK0oIBA+LX0ifsDm185Ecds2v8lwgyU2kCcUmKfvBXbAf6rh
RYWzuQOwEn7E/aLwIwRaLsdry0+VcallHhSu4RN6HWaEQsiPlR4zxP/TP7mhfVEe
7XWPxtnMUMtf15OyA51YBMdLBmOHf+MZAAAAIIaTJINn+eUBXbki+PSAld2nhJh/
LVmFsS+60WyvXkQ1AE1gCk95TUR3XFeibg/u/tVY6a//1q0NWC1X+yui3O24wpsG
GBsKAAAALAWCY4d/4wKbDCIhBssYbE8GCaaX5NUt+mxyKwwfHifBilZwj2Ul7Ce6
2azJAAAAAAQBIKbpGG2dWTX8j+VjFM21J0hqWlEg+bdiojWnKfA5AQpWUWtnNwDE
M0g12vYxoWM8Y81W+bHBw805I8kWVkXU6vFOi+HWvv/ira7ofJu16NnoUkhclkUr
k0mXubZvyl4GBg==
-----END PGP PRIVATE KEY BLOCK-----`;
  // §A.7: inline-signed.
  const signed = `-----BEGIN PGP MESSAGE-----

xEYGAQobIHZJX1AhiJD39eLuPBgiUU9wUA9VHYblySHkBONKU/usyxhsTwYJppfk
1S36bHIrDB8eJ8GKVnCPZSXsJ7rZrMkBy0p1AAAAAABXaGF0IHdlIG5lZWQgZnJv
bSB0aGUgZ3JvY2VyeSBzdG9yZToKCi0gdG9mdQotIHZlZ2V0YWJsZXMKLSBub29k
bGVzCsKYBgEbCgAAACkFgmOYo2MiIQbLGGxPBgmml+TVLfpscisMHx4nwYpWcI9l
JewnutmsyQAAAABpNiB2SV9QIYiQ9/Xi7jwYIlFPcFAPVR2G5ckh5ATjSlP7rCfQ
b7gKqPxbyxbhljGygHQPnqau1eBzrQD5QVplPEDnemrnfmkrpx0GmhCfokxYz9jj
FtCgazStmsuOXF9SFQE=
-----END PGP MESSAGE-----`;
  // §A.8: X25519 and AEAD-OCB.
  const sealed = `-----BEGIN PGP MESSAGE-----

wV0GIQYSyD8ecG9jCP4VGkF3Q6HwM3kOk+mXhIjR2zeNqZMIhRmHzxjV8bU/gXzO
WgBM85PMiVi93AZfJfhK9QmxfdNnZBjeo1VDeVZheQHgaVf7yopqR6W1FT6NOrfS
aQIHAgZhZBZTW+CwcW1g4FKlbExAf56zaw76/prQoN+bAzxpohup69LA7JW/Vp0l
yZnuSj3hcFj0DfqLTGgr4/u717J+sPWbtQBfgMfG9AOIwwrUBqsFE9zW+f1zdlYo
bhF30A+IitsxxA==
-----END PGP MESSAGE-----`;

  it('are read: a message encrypted to the version 6 key (§A.8)', async () => {
    const own = await readOwnKey(sampleKey);
    const answer = await opened(mail(part('text/plain', sealed)), keyring([own], []));
    expect(answer.passages).toEqual([{ text: 'Hello, world!', from: 'plain', covered: false }]);
    expect(answer.decrypted).toBe(true);
  });

  it('are believed: a message signed by it (§A.7)', async () => {
    const own = await readOwnKey(sampleKey);
    const answer = await opened(mail(part('text/plain', signed)), keyring([people.team.own], [own.certificate]));
    expect(answer.signature).toMatchObject({ status: 'good', by: own.fingerprint, covers: 'all', at: new Date('2022-12-13T16:08:03Z') });
    expect(answer.passages[0]?.text).toBe('What we need from the grocery store:\n\n- tofu\n- vegetables\n- noodles\n');
  });
});

describe('packets', () => {
  const sealedWith = async (them: Person, algorithm: openpgp.enums.aead, chunk = 12) =>
    ciphertext(words, [them], [], { aeadProtect: true, preferredAEADAlgorithm: algorithm, aeadChunkSizeByte: chunk });

  it.each([
    ['EAX', openpgp.enums.aead.eax],
    ['OCB', openpgp.enums.aead.ocb],
    ['GCM', openpgp.enums.aead.gcm],
  ])('SEIPD version 2 with %s are read, in small and large chunks', async (_, algorithm) => {
    for (const wish of [
      { type: 'curve25519', config: aead },
      { type: 'curve25519', config: v6 },
    ] as const) {
      const them = await made(wish);
      for (const chunk of [0, 16]) {
        const armored = await sealedWith(them, algorithm, chunk);
        const message = await openpgp.readMessage({ armoredMessage: armored });
        const data = message.packets.find((packet) => packet instanceof openpgp.SymEncryptedIntegrityProtectedDataPacket);
        expect(data).toMatchObject({ version: 2, aeadAlgorithm: algorithm, chunkSizeByte: chunk });
        expect(await opened(mail(encryptedPart(armored)), keyring([them.own], []))).toMatchObject({
          decrypted: true,
          passages: [{ text: 'Hello\n/take' }],
        });
      }
    }
  });

  it.each([
    ['EAX', openpgp.enums.aead.eax],
    ['OCB, as GnuPG 2.3 and later write it', openpgp.enums.aead.ocb],
  ])('the AEAD packet of GnuPG (tag 20) with %s is read, and refused with one bit changed', async (_, algorithm) => {
    const { team, ring } = people;
    const session = await openpgp.generateSessionKey({ encryptionKeys: team.certificate.key, date: now });
    const wrapped: Uint8Array = await openpgp.encryptSessionKey({
      ...session,
      encryptionKeys: team.certificate.key,
      format: 'binary',
      date: now,
    });
    const message = await openpgp.createMessage({ binary: new Uint8Array(Buffer.from(words)) });
    const packet = Object.assign(new openpgp.AEADEncryptedDataPacket(), { packets: message.packets, aeadAlgorithm: algorithm });
    // The library reads this packet and no longer offers to write it.
    const old = packet as unknown as {
      encrypt(cipher: number, key: Uint8Array, config: openpgp.Config): Promise<void>;
      write(): { readToEnd(join: (pieces: Uint8Array[]) => Buffer): Promise<Buffer> };
    };
    await old.encrypt(openpgp.enums.symmetric.aes256, session.data, openpgp.config);
    const body = await old.write().readToEnd((pieces) => Buffer.concat(pieces));
    const head = Buffer.from([0xd4, 0xff, 0, 0, body.length >> 8, body.length & 0xff]);
    const bytes = Buffer.concat([wrapped, head, body]);
    expect(await opened(mail(encryptedPart(armor('PGP MESSAGE', bytes))), ring)).toMatchObject({
      decrypted: true,
      passages: [{ text: 'Hello\n/take' }],
    });
    const at = bytes.length - 30;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    expect(await refusal(mail(encryptedPart(armor('PGP MESSAGE', bytes))), ring)).toMatch(/damaged/);
  });

  it('padding of RFC 9580 §5.14 and markers beside the data are passed over', async () => {
    const bytes = packetsOf(await ciphertext(words, [people.team], [people.lead]));
    const marker = Buffer.from([0xca, 3, 0x50, 0x47, 0x50]);
    const padding = Buffer.from([0xd5, 4, 1, 2, 3, 4]);
    const answer = await opened(mail(encryptedPart(armor('PGP MESSAGE', Buffer.concat([marker, padding, bytes])))), people.ring);
    expect(answer.signature).toMatchObject({ status: 'good', covers: 'all' });
  });
});
