// Newer words of a certificate about itself: what the primary key signed is taken, and nothing else can change or spoil a certificate.
import * as openpgp from 'openpgp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { armor } from '#pgp/armor.ts';
import { type Certificate, canEncrypt, canSign } from '#pgp/keyring.ts';
import { merged } from '#pgp/merge.ts';
import { cost } from '#test/cost.ts';
import { type Gpg, gnupg, hasGpg } from '#test/pgp/gpg.ts';
import { later, now, only, type Person, person } from '#test/pgp/people.ts';

let acme: Person;
let stranger: Person;
/** The same primary key prolonged to 400 days. */
let prolonged: Certificate;
const ends = later(10);

beforeAll(async () => {
  acme = await person('TEST KEY acme', 'security@acme.example.net', ends);
  stranger = await person('TEST KEY stranger', 'stranger@example.com');
  prolonged = await only(await again(acme, { date: later(-1), keyExpirationTime: 86_400 * 430 }));
});

/** The certificate signed anew by its own key. */
async function again(of: Person, options: { readonly date: Date; readonly keyExpirationTime: number }): Promise<string> {
  const privateKey = await openpgp.readPrivateKey({ armoredKey: of.private });
  const made = await openpgp.reformatKey({ privateKey, userIDs: [{ email: 'security@acme.example.net' }], format: 'object', ...options });
  return made.publicKey.armor();
}

/** The packets of a key, to take it apart and put it together wrongly. */
const packetsOf = (certificate: Certificate) => certificate.key.toPacketList();

function joined(...lists: readonly { write(): Uint8Array }[][]): string {
  const list = new openpgp.PacketList<openpgp.AnyPacket>();
  for (const packet of lists.flat()) list.push(packet as openpgp.AnyPacket);
  return armor('PGP PUBLIC KEY BLOCK', Buffer.from(list.write()));
}

const until = async (certificate: Certificate | undefined, at = now) => {
  const answer = certificate ? await canEncrypt(certificate, at) : undefined;
  return answer?.usable ? (answer.until ?? 'no end') : answer?.why;
};

describe('what the primary key signed', () => {
  test('a prolonged copy prolongs, and the subkey for encryption with it', async () => {
    expect(await until(acme.certificate)).toEqual(ends);
    const found = await merged(acme.certificate, prolonged.armored, now);
    expect(await until(found)).toEqual(later(400));
    expect(found && (await canSign(found, later(300))).usable).toBe(true);
  });

  test('the same copy, an older one and one with less add nothing', async () => {
    expect(await merged(acme.certificate, acme.public, now)).toBeUndefined();
    expect(await merged(prolonged, prolonged.armored, now)).toBeUndefined();
    const whole = await merged(acme.certificate, prolonged.armored, now);
    expect(whole && (await merged(whole, acme.public, now))).toBeUndefined();
  });

  test('threat: a copy that has expired does not shorten what was prolonged', async () => {
    const found = (await merged(prolonged, acme.public, later(20))) ?? prolonged;
    expect(await until(found, later(20))).toEqual(later(400));
  });

  test('another subkey comes along and is used', async () => {
    const key = await openpgp.readPrivateKey({ armoredKey: acme.private });
    const more = (await key.addSubkey({ date: later(-1) })).toPublic().armor();
    const found = await merged(acme.certificate, more, now);
    expect(found?.keyIds).toHaveLength(acme.certificate.keyIds.length + 1);
    expect(found && (await found.key.getEncryptionKey(undefined, now)).getKeyID().toHex().toUpperCase()).toBe(found?.keyIds.at(-1));
  });

  test('a revocation is taken, and stays whatever comes later', async () => {
    const { publicKey } = await openpgp.revokeKey({
      key: await openpgp.readKey({ armoredKey: acme.public }),
      revocationCertificate: acme.revocation,
      date: later(-1),
    });
    const found = await merged(acme.certificate, publicKey, now);
    expect(await until(found)).toBe('revoked');
    expect(await until(found && ((await merged(found, prolonged.armored, now)) ?? found))).toBe('revoked');
  });
});

describe('what it did not sign (threat: somebody else sends a copy)', () => {
  test('another primary key, a private key and noise are not taken', async () => {
    for (const other of [stranger.public, acme.private, 'noise', '']) expect(await merged(acme.certificate, other, now)).toBeUndefined();
  });

  test('signatures of others are not taken', async () => {
    const signed = await acme.certificate.key.signAllUsers([stranger.own.key], now);
    expect(await merged(acme.certificate, signed.armor(), now)).toBeUndefined();
  });

  test('a forged binding with a younger date does not take the place of the good one', async () => {
    const list = packetsOf(acme.certificate);
    const at = list.findIndex((packet) => packet instanceof openpgp.PublicSubkeyPacket);
    const binding = list[at + 1];
    if (!(binding instanceof openpgp.SignaturePacket)) throw new Error('no binding');
    const bytes = Buffer.from(joined([...list]).length > 0 ? list.write() : []);
    const date = Buffer.alloc(4);
    date.writeUInt32BE(Math.floor((binding.created?.getTime() ?? 0) / 1000));
    const younger = Buffer.alloc(4);
    younger.writeUInt32BE(Math.floor(now.getTime() / 1000));
    // The moment of the last signature, which nobody signed anew.
    const place = bytes.lastIndexOf(date);
    younger.copy(bytes, place);
    const forged = armor('PGP PUBLIC KEY BLOCK', bytes);
    expect((await only(forged)).fingerprint).toBe(acme.certificate.fingerprint);
    expect(await until(await only(forged))).not.toEqual(ends);
    expect(await until((await merged(acme.certificate, forged, now)) ?? acme.certificate)).toEqual(ends);
    const whole = await merged(acme.certificate, prolonged.armored, now);
    expect(whole && (await until((await merged(whole, forged, now)) ?? whole))).toEqual(later(400));
  });

  test('a subkey, a name and a revocation that the key never signed are not taken', async () => {
    const [list, foreign] = [packetsOf(acme.certificate), packetsOf(stranger.certificate)];
    const isSubkey = (packet: openpgp.AnyPacket) => packet instanceof openpgp.PublicSubkeyPacket;
    const [ours, theirs] = [list.findIndex(isSubkey), foreign.findIndex(isSubkey)];
    const subkey = joined([...list], foreign.slice(theirs));
    const bound = joined([...list], [...foreign].slice(theirs, theirs + 1), [...list].slice(ours + 1));
    const name = joined([...list].slice(0, ours), [...foreign].slice(1, theirs), [...list].slice(ours));
    for (const copy of [subkey, bound, name]) expect(await merged(acme.certificate, copy, now)).toBeUndefined();
    const revoked = await openpgp.revokeKey({
      key: await openpgp.readKey({ armoredKey: stranger.public }),
      revocationCertificate: stranger.revocation,
      date: later(-1),
    });
    const [, revocation] = packetsOf(await only(revoked.publicKey));
    if (!revocation) throw new Error('no revocation');
    expect(await merged(acme.certificate, joined([...list].slice(0, 1), [revocation], [...list].slice(1)), now)).toBeUndefined();
  });

  test('flood: hundreds of signatures that claim to be its own make it neither large nor slow', async () => {
    const list = [...packetsOf(acme.certificate)];
    const bytes = Buffer.from(joined(list).length > 0 ? packetsOf(acme.certificate).write() : []);
    const own = list.at(-1);
    if (!(own instanceof openpgp.SignaturePacket)) throw new Error('no signature');
    const last = Buffer.from(own.write());
    const junk = Array.from({ length: 450 }, (_, index) => {
      const forged = Buffer.from(last);
      forged.writeUInt16BE(index, forged.length - 2);
      const head = bytes.subarray(bytes.lastIndexOf(last.subarray(0, 12)) - 2, bytes.lastIndexOf(last.subarray(0, 12)));
      return Buffer.concat([head, forged]);
    });
    const flooded = armor('PGP PUBLIC KEY BLOCK', Buffer.concat([bytes, ...junk]));
    expect((await only(flooded)).armored.length).toBeGreaterThan(20_000);
    expect(await cost(async () => expect(await merged(acme.certificate, flooded, now)).toBeUndefined())).toBeLessThan(3000);
  });
});

describe.runIf(hasGpg)('keys made by GnuPG', () => {
  let gpg: Gpg;
  beforeAll(() => {
    gpg = gnupg();
  });
  afterAll(() => gpg.end());

  test('a key prolonged with --quick-set-expire, subkeys too, is usable again', async () => {
    const before = await only(gpg.make('TEST KEY gpg <gpg@example.org>', 'future-default', 'default', '20260305T120000'));
    expect(await until(before, later(10))).toBe('expired');
    for (const which of [[], ['*']]) {
      const ran = gpg.run(['--quick-set-expire', before.fingerprint, '20270301T120000', ...which]);
      expect(ran.code, ran.said).toBe(0);
    }
    const after = gpg.run(['--armor', '--export', before.fingerprint]).out.toString();
    const found = await merged(before, after, now);
    expect(await until(found, later(10))).toEqual(new Date('2027-03-01T12:00:00Z'));
  });
});
