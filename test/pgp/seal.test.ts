// Letters leaving: encrypted or refused where they must, never another's key beside, the same clear bytes each time.
import * as openpgp from 'openpgp';
import { beforeAll, describe, expect, it } from 'vitest';
import { armor, crc24, crcOfBoth, dearmor } from '#pgp/armor.ts';
import { readAutocrypt } from '#pgp/autocrypt.ts';
import { keyring, readCertificates } from '#pgp/keyring.ts';
import { sealBody } from '#pgp/many.ts';
import { attachOwnKey, autocryptField, type Sealed, seal } from '#pgp/seal.ts';
import { sealForMany } from '#test/pgp/many.ts';
import { later, letter, now, only, opened, type Person, person } from '#test/pgp/people.ts';

let team: Person;
let lead: Person;
let other: Person;

beforeAll(async () => {
  [team, lead, other] = await Promise.all([
    person('TEST KEY security team', 'security@example.org'),
    person('TEST KEY lead', 'lead@example.org'),
    person('TEST KEY distributor', 'distributor@example.com'),
  ]);
});

const text = 'A notice.\n\nFrom here on: Grüße ☂, a trailing blank \n-- \nThe team\n';
const how = () => ({ key: team.own, outerSubject: '[...]', now });
const as = (reader: Person) => keyring([reader.own], [team.certificate]);

function bytes(sealed: Sealed): Buffer {
  if ('refused' in sealed) throw new Error(sealed.refused);
  return sealed.bytes;
}

function cipherOf(mail: Buffer): Buffer {
  const all = mail.toString();
  return dearmor(all.slice(all.indexOf('-----BEGIN PGP MESSAGE')))?.bytes ?? Buffer.alloc(0);
}

describe('seal', () => {
  it('must: encrypts and signs, and only the reader can tell what it says', async () => {
    const sealed = await seal(letter(text), { ...how(), certificate: lead.certificate, seal: 'must' });
    expect(sealed).toMatchObject({ sealed: true });
    expect(bytes(sealed).toString()).not.toMatch(/A notice|CVE-1900/);
    const read = await opened(bytes(sealed), as(lead));
    expect(read).toMatchObject({
      decrypted: true,
      subject: 'A notice about CVE-1900-0001',
      signature: { status: 'good', by: team.certificate.fingerprint, covers: 'all' },
    });
    expect(read.passages[0]?.text.trimEnd()).toBe(text.trimEnd());
    expect(read.protectedFields.map((field) => field.name)).toEqual(
      expect.arrayContaining(['from', 'to', 'subject', 'date', 'message-id']),
    );
  });

  it('must: encrypts to the reader alone, not to ourselves', async () => {
    const sealed = await seal(letter(text), { ...how(), certificate: lead.certificate, seal: 'must' });
    const message = await openpgp.readMessage({ binaryMessage: new Uint8Array(cipherOf(bytes(sealed))) });
    expect(message.getEncryptionKeyIDs().map((id) => id.toHex().toUpperCase())).toEqual([lead.certificate.keyIds[1]]);
  });

  it('must: refuses without a usable certificate and gives the reason, never bytes', async () => {
    const ended = await person('TEST KEY ended', 'ended@example.org', later(-1));
    const revoked = await only((await openpgp.revokeKey({ key: await openpgp.readPrivateKey({ armoredKey: other.private }) })).publicKey);
    const cases = [
      [undefined, 'no-certificate'],
      [ended.certificate, 'expired'],
      [revoked, 'revoked'],
    ] as const;
    for (const [certificate, refused] of cases)
      expect(await seal(letter(text), { ...how(), certificate, seal: 'must' })).toEqual({ refused });
  });

  it('may: encrypts where it can, else signs in clear', async () => {
    expect(await seal(letter(text), { ...how(), certificate: lead.certificate, seal: 'may' })).toMatchObject({ sealed: true });
    const clear = await seal(letter(text), { ...how(), certificate: undefined, seal: 'may' });
    expect(clear).toMatchObject({ sealed: false });
    expect((await opened(bytes(clear), as(lead))).signature).toMatchObject({ status: 'good', covers: 'all' });
  });

  it('never: signs in clear with protected headers, though there is a certificate', async () => {
    const clear = await seal(letter(text), { ...how(), certificate: lead.certificate, seal: 'never' });
    const read = await opened(bytes(clear), as(lead));
    expect(read).toMatchObject({ decrypted: false, subject: 'A notice about CVE-1900-0001', signature: { status: 'good', covers: 'all' } });
    expect(read.protectedFields.length).toBeGreaterThan(3);
  });

  it('gives the same clear bytes for the same letter', async () => {
    const once = await seal(letter(text), { ...how(), certificate: undefined, seal: 'never' });
    const twice = await seal(letter(text), { ...how(), certificate: undefined, seal: 'never' });
    expect(bytes(once).equals(bytes(twice))).toBe(true);
  });

  it('throws rather than send unsigned when our own key has ended', async () => {
    const ended = await person('TEST KEY ended team', 'security@example.org', later(-1));
    await expect(seal(letter(text), { ...how(), key: ended.own, certificate: lead.certificate, seal: 'must' })).rejects.toThrow();
    await expect(seal(letter(text), { ...how(), key: ended.own, certificate: undefined, seal: 'never' })).rejects.toThrow();
  });
});

describe('one body for many', () => {
  it('is read by each with the key of each, and no copy tells of another reader', async () => {
    const readers = [lead, other].map((reader, index) => ({
      certificate: reader.certificate,
      mail: letter(text, { to: [{ address: reader.certificate.emails[0] ?? '', name: '' }], messageId: `copy-${index}@example.org` }),
    }));
    const answers = await sealForMany(letter(text, { messageId: 'body@example.org' }), readers, how());
    for (const [index, reader] of [lead, other].entries()) {
      const answer = answers[index];
      if (!answer) throw new Error('no answer');
      const read = await opened(bytes(answer), as(reader));
      expect(read).toMatchObject({ subject: 'A notice about CVE-1900-0001', signature: { status: 'good', covers: 'all' } });
      expect(read.message.messageId).toBe(`copy-${index}@example.org`);
      expect(read.inner?.toString()).not.toMatch(/lead@example\.org|distributor@example\.com|body@example\.org/);
      const message = await openpgp.readMessage({ binaryMessage: new Uint8Array(cipherOf(bytes(answer))) });
      expect(message.getEncryptionKeyIDs().map((id) => id.toHex().toUpperCase())).toEqual([reader.certificate.keyIds[1]]);
    }
  });

  it('lets one reader without a key hold nobody else', async () => {
    const readers = [undefined, lead.certificate].map((certificate) => ({ certificate, mail: letter(text) }));
    expect(await sealForMany(letter(text), readers, how())).toMatchObject([{ refused: 'no-certificate' }, { sealed: true }]);
  });

  it('refuses to wrap for a certificate that has ended', async () => {
    const ended = await person('TEST KEY ended', 'ended@example.org', later(-1));
    const body = await sealBody(Buffer.from('words'), team.own, now);
    await expect(body.wrapFor(ended.certificate)).rejects.toThrow();
  });

  it('writes the right checksum and whole lines for every length', async () => {
    for (const size of [0, 1, 5, 30, 31, 32, 33, 47, 48, 200, 5000]) {
      const armored = await (await sealBody(Buffer.alloc(size, 65), team.own, now)).wrapFor(lead.certificate);
      const packets = dearmor(armored)?.bytes ?? Buffer.alloc(0);
      expect(armored).toBe(armor('PGP MESSAGE', packets));
    }
  });
});

describe('armor', () => {
  it('computes CRC-24 as others do, and of two halves as of the whole', () => {
    expect(crc24(Buffer.from('123456789'))).toBe(0x21cf02);
    const whole = Buffer.from('some bytes that are longer than a few machine words, to be cut anywhere');
    for (let cut = 0; cut <= whole.length; cut++) {
      const tail = whole.subarray(cut);
      expect(crcOfBoth(crc24(whole.subarray(0, cut)), crc24(tail, 0), tail.length)).toBe(crc24(whole));
    }
  });

  it('refuses armor without an empty line or with foreign characters', () => {
    expect(dearmor('-----BEGIN PGP MESSAGE-----\nAAAA\n-----END PGP MESSAGE-----')).toBeUndefined();
    expect(dearmor('-----BEGIN PGP MESSAGE-----\n\nAA*A\n-----END PGP MESSAGE-----')).toBeUndefined();
    expect(dearmor('-----BEGIN PGP MESSAGE-----\nCharset: ISO-8859-1\n\nAAAA\n-----END PGP MESSAGE-----')).toMatchObject({
      charset: 'iso-8859-1',
    });
  });
});

describe('our certificate on its way', () => {
  it('goes as an attachment named by its fingerprint', async () => {
    const attachment = attachOwnKey(team.own);
    expect(attachment).toMatchObject({ filename: `0x${team.certificate.fingerprint}.asc`, contentType: 'application/pgp-keys' });
    expect((await readCertificates(attachment.content)).map((one) => one.fingerprint)).toEqual([team.certificate.fingerprint]);
    expect(attachment.content.toString()).not.toContain('PRIVATE');
  });

  it('goes in an Autocrypt field that is believed for its own address only', async () => {
    const field = autocryptField(team.own, 'Security@example.org');
    expect(field.name).toBe('autocrypt');
    const bytes = readAutocrypt(field.value, 'security@example.org');
    expect((await readCertificates(bytes ?? '')).map((one) => one.fingerprint)).toEqual([team.certificate.fingerprint]);
    expect(readAutocrypt(field.value, 'lead@example.org')).toBeUndefined();
    expect(readAutocrypt(`${field.value}; critical=yes`, 'security@example.org')).toBeUndefined();
  });

  it('goes once in a sealed letter, in the outer header where mail programs look for it, and costs what the field is long', async () => {
    const field = autocryptField(team.own, 'security@example.org');
    const sealed = async (extra: (typeof field)[] = []) => {
      return bytes(await seal(letter('Words.', { extra }), { ...how(), certificate: lead.certificate, seal: 'must' }));
    };
    const mail = await sealed([field]);
    expect(mail.toString('latin1').match(/^Autocrypt: /gm)).toHaveLength(1);
    const inner = (await opened(mail, as(lead))).inner?.toString('latin1') ?? '';
    expect(inner).toContain('HP-Outer: Subject: [...]');
    expect(inner).not.toMatch(/autocrypt/i);
    expect(mail.length - (await sealed()).length).toBeLessThan(field.value.length + 200);
  });
});
