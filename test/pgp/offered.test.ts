// The certificates that come along with a mail: where they are found, and what covers them.
import { beforeAll, describe, expect, it } from 'vitest';
import type { OfferedCertificate } from '#mail/message.ts';
import { armor, dearmor } from '#pgp/armor.ts';
import { readCertificates } from '#pgp/keyring.ts';
import { autocryptField } from '#pgp/seal.ts';
import { type Cast, cast, ciphertext, encryptedPart, mail, multipart, opened, part, signedPart } from '#test/pgp/people.ts';

let people: Cast;
let field: string;
beforeAll(async () => {
  people = await cast();
  field = `Autocrypt: ${autocryptField(people.stranger.own, 'stranger@example.net').value}`;
});

const from = 'stranger@example.net';
const words = part('text/plain; charset=utf-8', 'Hello\n/take');
const read = (entity: string, sender = from, ...fields: string[]) => opened(mail(entity, sender, ...fields), people.ring);
const binaryOf = (armored: string) => dearmor(armored)?.bytes ?? Buffer.alloc(0);

async function found(list: readonly OfferedCertificate[]) {
  return Promise.all(
    list.map(async ({ armored, ...rest }) => ({ ...rest, of: (await readCertificates(armored)).map((one) => one.fingerprint) })),
  );
}

function file(name: string, content: Buffer | string, type = 'application/octet-stream'): string {
  const coded = Buffer.from(content).toString('base64').replace(/.{76}/g, '$&\r\n');
  return part(`${type}; name="${name}"`, coded, 'Content-Transfer-Encoding: base64', 'Content-Disposition: attachment');
}

describe('is found', () => {
  const theirs = () => people.stranger.certificate.fingerprint;

  it.each([
    ['in a key part', (armored: string) => part('application/pgp-keys', armored), 'attached'],
    ['in a binary key part', (armored: string) => file('key', binaryOf(armored), 'application/pgp-keys'), 'attached'],
    ['in an .asc file', (armored: string) => file('key.asc', armored), 'attached'],
    ['in a binary .gpg file', (armored: string) => file('key.gpg', binaryOf(armored)), 'attached'],
    ['in a binary .pgp file', (armored: string) => file('key.pgp', binaryOf(armored)), 'attached'],
    ['in a binary .key file', (armored: string) => file('me.key', binaryOf(armored)), 'attached'],
    ['in the text', (armored: string) => part('text/plain', `my key:\n${armored}`), 'inline'],
  ] as const)('%s', async (_, place, where) => {
    const entity = multipart('mixed', [words, place(people.stranger.public)]);
    expect(await found((await read(entity)).certificates)).toEqual([{ from: where, covered: false, of: [theirs()] }]);
    const sealed = encryptedPart(await ciphertext(entity, [people.team]));
    expect(await found((await read(sealed)).certificates)).toEqual([{ from: where, covered: false, of: [theirs()] }]);
    const signed = await read(await signedPart(entity.trimEnd(), [people.lead]));
    expect(await found(signed.certificates)).toEqual([{ from: where, covered: true, of: [theirs()] }]);
  });

  it('in the sender’s own Autocrypt field, which the outer header never covers', async () => {
    expect(await found((await read(words, from, field)).certificates)).toEqual([{ from: 'autocrypt', covered: false, of: [theirs()] }]);
    const signed = await read(await signedPart(words, [people.lead]), from, field);
    expect(await found(signed.certificates)).toEqual([{ from: 'autocrypt', covered: false, of: [theirs()] }]);
  });

  it('in a protected Autocrypt field, covered where a good signature covers all, and before the outer one', async () => {
    const inner = (name: string, hp: string) => part(`text/plain; hp="${hp}"`, 'words', `From: ${from}`, name);
    const signed = await read(await signedPart(inner(field, 'clear'), [people.lead]));
    expect(await found(signed.certificates)).toEqual([{ from: 'autocrypt', covered: true, of: [theirs()] }]);
    const sealed = encryptedPart(await ciphertext(inner(field, 'cipher'), [people.team]));
    expect(await found((await read(sealed)).certificates)).toEqual([{ from: 'autocrypt', covered: false, of: [theirs()] }]);
    const other = `Autocrypt: ${autocryptField({ ...people.member.own }, from).value}`;
    expect(await found((await read(sealed, from, other)).certificates)).toEqual([{ from: 'autocrypt', covered: false, of: [theirs()] }]);
    const both = encryptedPart(await ciphertext(inner(field, 'cipher'), [people.team], [people.lead]));
    expect(await found((await read(both)).certificates)).toEqual([{ from: 'autocrypt', covered: true, of: [theirs()] }]);
  });

  it('attached before Autocrypt, and the same one once', async () => {
    const entity = multipart('mixed', [words, file('a.asc', people.stranger.public), file('b.asc', people.stranger.public)]);
    expect((await read(entity, from, field)).certificates.map((one) => one.from)).toEqual(['attached']);
    const other = `Autocrypt: ${autocryptField(people.member.own, from).value}`;
    expect((await read(entity, from, other)).certificates.map((one) => one.from)).toEqual(['attached', 'autocrypt']);
  });
});

describe('is not taken', () => {
  it('from an Autocrypt field of somebody else, from two fields, or from gossip', async () => {
    expect((await read(words, 'lead@example.org', field)).certificates).toEqual([]);
    expect((await read(words, from, field, field)).certificates).toEqual([]);
    const gossip = field.replace('Autocrypt:', 'Autocrypt-Gossip:');
    const inner = part('text/plain; hp="cipher"', 'words', `From: ${from}`, gossip);
    expect((await read(encryptedPart(await ciphertext(inner, [people.team])), from, gossip)).certificates).toEqual([]);
  });

  it('from a private key, armored or binary', async () => {
    const { private: secret } = people.stranger;
    const entity = multipart('mixed', [words, file('a.asc', secret), file('b.gpg', binaryOf(secret)), part('text/plain', secret)]);
    expect((await read(entity)).certificates).toEqual([]);
  });

  it('from an encrypted file under a signature as if the signer had seen it', async () => {
    const armored = await ciphertext(people.stranger.public, [people.team]);
    const entity = multipart('mixed', [words, file('key.asc.gpg', binaryOf(armored))], 'in').trimEnd();
    const answer = await read(await signedPart(entity, [people.lead]));
    expect(answer.attachments[0]?.filename).toBe('key.asc');
    expect(await found(answer.certificates)).toEqual([{ from: 'attached', covered: false, of: [people.stranger.certificate.fingerprint] }]);
  });

  it('beyond twenty', async () => {
    const one = binaryOf(people.stranger.public);
    const many = Array.from({ length: 30 }, (_, index) =>
      file(`k${index}.asc`, `${index}\n${armor('PGP PUBLIC KEY BLOCK', one.subarray(0, 40 + index))}`),
    );
    expect((await read(multipart('mixed', [words, ...many]))).certificates).toHaveLength(20);
  });
});

it('never makes its own signature good', async () => {
  const inner = multipart('mixed', [words, part('application/pgp-keys', people.stranger.public)], 'in').trimEnd();
  const answer = await read(await signedPart(inner, [people.stranger]));
  expect(answer.signature.status).toBe('unknown-key');
  expect(answer.certificates).toHaveLength(1);
  expect(answer.certificates[0]?.covered).toBe(false);
});
