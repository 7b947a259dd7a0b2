// Private keys in mails: found wherever they lie, whole or broken, read no further than what is public, and cut out of a text.
import * as openpgp from 'openpgp';
import { beforeAll, describe, expect, it } from 'vitest';
import { dearmor } from '#pgp/armor.ts';
import { privateKeysIn, withoutPrivateKeys } from '#pgp/private-key.ts';
import { cost } from '#test/cost.ts';
import { type Cast, cast, ciphertext, encryptedPart, mail, multipart, opened, part, signedPart } from '#test/pgp/people.ts';

let people: Cast;
beforeAll(async () => {
  people = await cast();
});

const words = part('text/plain; charset=utf-8', 'Here is our key.');
const read = (entity: string) => opened(mail(entity, 'stranger@example.net'), people.ring);
const found = async (entity: string) => privateKeysIn(await read(entity));
const bytesOf = (armored: string) => dearmor(armored)?.bytes ?? Buffer.alloc(0);

function file(name: string, content: Buffer | string): string {
  const coded = Buffer.from(content).toString('base64').replace(/.{76}/g, '$&\r\n');
  return part(`application/octet-stream; name="${name}"`, coded, 'Content-Transfer-Encoding: base64', 'Content-Disposition: attachment');
}

describe('is found', () => {
  it.each([
    ['in a key part', (armored: string) => part('application/pgp-keys', armored)],
    ['in an armored file, whatever its name', (armored: string) => file('backup.txt', armored)],
    ['in a binary file', (armored: string) => file('secring', bytesOf(armored))],
    ['behind a public key in one file', (armored: string) => file('both.asc', `${people.lead.public}\n${armored}`)],
    ['in the text', (armored: string) => part('text/plain', `our key:\n${armored}\nbye`)],
    ['with blanks behind its lines', (armored: string) => part('text/plain', armored.replace(/BLOCK-----/g, 'BLOCK-----  '))],
  ])('%s, in clear, signed and encrypted', async (_, place) => {
    const entity = multipart('mixed', [words, place(people.stranger.private)]);
    const wanted = [{ fingerprint: people.stranger.certificate.fingerprint, emails: ['stranger@example.net'] }];
    expect(await found(entity)).toEqual(wanted);
    expect(await found(await signedPart(entity.trimEnd(), [people.stranger]))).toEqual(wanted);
    expect(await found(encryptedPart(await ciphertext(entity, [people.team])))).toEqual(wanted);
  });

  it('under a passphrase, which is not asked for', async () => {
    const privateKey = await openpgp.readPrivateKey({ armoredKey: people.stranger.private });
    const locked = await openpgp.encryptKey({ privateKey, passphrase: 'a passphrase' });
    expect(await found(multipart('mixed', [words, file('key.asc', locked.armor())]))).toHaveLength(1);
  });

  it('several at once, in one block or in many, five at most', async () => {
    const two = Buffer.concat([bytesOf(people.stranger.private), bytesOf(people.member.private)]);
    const fingerprints = (keys: readonly { fingerprint: string }[]) => keys.map(({ fingerprint }) => fingerprint);
    const both = [people.stranger, people.member].map(({ certificate }) => certificate.fingerprint);
    expect(fingerprints(await found(multipart('mixed', [words, file('all.pgp', two)])))).toEqual(both);
    expect(fingerprints(await found(part('text/plain', `${people.stranger.private}\n${people.member.private}`)))).toEqual(both);
    expect(await found(part('text/plain', `${people.stranger.private}\n`.repeat(9)))).toHaveLength(5);
  });

  it.each([
    ['cut off', (armored: string) => armored.slice(0, 300)],
    ['damaged', (armored: string) => armored.replace(/\n\S{64}\r?\n/, '\n!\n')],
    ['without a packet', () => '-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nAAAA\n-----END PGP PRIVATE KEY BLOCK-----'],
  ])('%s, without a name: what cannot be read here may be read elsewhere', async (_, broken) => {
    expect(await found(part('text/plain', broken(people.stranger.private)))).toEqual([{ fingerprint: '', emails: [] }]);
  });
});

describe('is not', () => {
  it.each([
    ['a public key', () => part('text/plain', people.stranger.public)],
    ['a binary public key', () => file('key.gpg', bytesOf(people.stranger.public))],
    ['a word about one', () => part('text/plain', 'Look for "-----BEGIN PGP PRIVATE KEY BLOCK-----" in it.')],
    ['a picture', () => file('a.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]))],
    ['a file beyond the limit', () => file('large.asc', `${' '.repeat(600_000)}\n${people.stranger.private}`)],
  ])('%s', async (_, place) => {
    expect(await found(multipart('mixed', [words, place()]))).toEqual([]);
  });
});

describe('a text', () => {
  it('keeps its other words, and from a key that is cut off on nothing', () => {
    const key = people.stranger.private.trim();
    const out = '(a private key is left out)';
    expect(withoutPrivateKeys(`one\n${key}\ntwo\n${key}\nthree`)).toBe(`one\n${out}\ntwo\n${out}\nthree`);
    expect(withoutPrivateKeys(`one\n${key}\ntwo\n${key.slice(0, 200)}\nthree`)).toBe(`one\n${out}\ntwo\n${out}`);
    expect(withoutPrivateKeys(`${key.slice(0, 200)}`)).toBe(out);
    expect(withoutPrivateKeys(`one\n${people.stranger.public}`)).toBe(`one\n${people.stranger.public}`);
    expect(withoutPrivateKeys('')).toBe('');
  });

  it('with thousands of openings is read quickly', async () => {
    const hostile = '-----BEGIN PGP PRIVATE KEY BLOCK-----\n'.repeat(20_000);
    expect(await cost(() => withoutPrivateKeys(hostile))).toBeLessThan(1000);
  });
});
