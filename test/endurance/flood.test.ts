// What a flood of packets may cost: tiny packets, tiny pieces, session keys, deep in encryption and compression, counted before they are read.
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import * as openpgp from 'openpgp';
import { beforeAll, describe, expect, it } from 'vitest';
import { armor, dearmor } from '#pgp/armor.ts';
import { unseal } from '#pgp/decrypt.ts';
import { bounded } from '#pgp/flood.ts';
import { defaults } from '#pgp/keyring.ts';
import { cost } from '#test/cost.ts';
import {
  type Cast,
  cast,
  ciphertext,
  detached,
  encryptedPart,
  mail,
  multipart,
  now,
  opened,
  part,
  refusal,
  signedType,
} from '#test/pgp/people.ts';

let people: Cast;
beforeAll(async () => {
  people = await cast();
});

const words = part('text/plain', 'I take this.');
const million = 1_000_000;
const filled = (size: number, unit: readonly number[]) => Buffer.alloc(size * unit.length, Buffer.from(unit));

/** A packet in the new format with a length of five octets. */
function packet(tag: number, body: Uint8Array): Buffer {
  const head = Buffer.from([0xc0 | tag, 0xff, 0, 0, 0, 0]);
  head.writeUInt32BE(body.length, 2);
  return Buffer.concat([head, body]);
}
const literal = (content: Uint8Array) => packet(11, Buffer.concat([Buffer.from([0x62, 0, 0, 0, 0, 0]), content]));
const packed = (inner: Buffer) => packet(8, Buffer.concat([Buffer.from([1]), deflateRawSync(inner)]));
const text = literal(Buffer.from(words));

async function wrapped(data: Uint8Array): Promise<Buffer> {
  const options = { encryptionKeys: people.team.certificate.key, format: 'binary', date: now } as const;
  const bytes: Uint8Array = await openpgp.encryptSessionKey({ ...options, data, algorithm: 'aes256' });
  return Buffer.from(bytes);
}

/** Data sealed for the team under SEIPD version 1, whatever lies inside, with more session keys before the true one. */
async function sealed(inside: Buffer, before: readonly Buffer[] = []): Promise<Buffer> {
  const key = randomBytes(32);
  const start = randomBytes(16);
  const plain = Buffer.concat([start, start.subarray(14), inside, Buffer.from([0xd3, 0x14])]);
  const cipher = createCipheriv('aes-256-cfb', key, Buffer.alloc(16));
  const whole = Buffer.concat([cipher.update(Buffer.concat([plain, createHash('sha1').update(plain).digest()])), cipher.final()]);
  return Buffer.concat([...before, await wrapped(key), packet(18, Buffer.concat([Buffer.from([1]), whole]))]);
}

const asMail = (bytes: Buffer) => mail(encryptedPart(armor('PGP MESSAGE', bytes)));

/** Milliseconds: what a mail of twenty megabytes costs on a quiet machine, and as much again for a busy one. */
const most = 4000;

/** Packets that every reader must pass over (RFC 9580 §4.3, §5.8, §5.14), and pieces of a packet, as small as they can be. */
const floods: readonly (readonly [string, (count: number) => Buffer])[] = [
  ['packets of an unknown kind', (count) => filled(count, [0xfc, 0])],
  ['marker packets', (count) => filled(count, [0xca, 3, 0x50, 0x47, 0x50])],
  ['padding packets', (count) => filled(count, [0xd5, 0])],
  ['trust packets of the old format', (count) => filled(count, [0xb0, 0])],
];

describe('threat: a message that unpacks to millions of packets costs no more than one of its size', () => {
  describe.each(floods)('%s', (_, flood) => {
    it.each([
      ['compressed', async (inner: Buffer) => packed(inner)],
      ['encrypted', sealed],
      ['compressed and encrypted', (inner: Buffer) => sealed(packed(inner))],
      ['neither', async (inner: Buffer) => inner],
    ] as const)('%s', async (_how, hide) => {
      // The library would take twenty seconds for each million.
      const bytes = asMail(await hide(Buffer.concat([flood(million), text])));
      let sentence: string | undefined;
      expect(await cost(async () => (sentence = await refusal(bytes, people.ring)))).toBeLessThan(most / 4);
      expect(sentence).toMatch(/damaged/);
    });
  });

  it('the largest one that we unpack', async () => {
    const bytes = asMail(await sealed(packed(Buffer.concat([filled(24 * million, [0xfc, 0]), text]))));
    expect(bytes.length).toBeLessThan(100_000);
    expect(await cost(() => refusal(bytes, people.ring))).toBeLessThan(most);
  });

  it('a text in millions of pieces of one octet is read, as fast as in one', async () => {
    const first = Buffer.concat([Buffer.from([0xcb, 0xe9, 0x62, 0, 0, 0, 0, 0]), Buffer.alloc(506, 0x20)]);
    const pieces = Buffer.concat([first, filled(20 * million, [0xe0, 0x20]), Buffer.from([1, 0x21])]);
    const read = async () => {
      const plain = await unseal(await sealed(packed(pieces)), people.ring.own, now, defaults);
      expect('content' in plain && plain.content.length).toBe(506 + 20 * million + 1);
    };
    expect(await cost(read)).toBeLessThan(most);
  });

  it('forty messages in one mail, each as full as it may be', async () => {
    const full = packed(Buffer.concat([filled(199, [0xfc, 0]), literal(Buffer.from('x'))]));
    const one = armor('PGP MESSAGE', await sealed(Buffer.concat([filled(199, [0xfc, 0]), full])));
    const bytes = mail(part('text/plain', Array.from({ length: 40 }, () => one).join('\n\n')));
    expect(await cost(() => refusal(bytes, people.ring))).toBeLessThan(most);
  });
});

describe('threat: session keys', () => {
  const keys = (count: number, data: () => Uint8Array = () => randomBytes(32)) =>
    Promise.all(Array.from({ length: count }, () => wrapped(data())));

  it('a million of them for others are refused unread', async () => {
    const other = Buffer.concat([Buffer.from([0xc1, 12, 3, 1, 2, 3, 4, 5, 6, 7, 8, 22]), Buffer.alloc(2)]);
    const bytes = Buffer.concat([Buffer.alloc(other.length * million, other), await sealed(text)]);
    expect(await cost(() => unseal(bytes, people.ring.own, now, defaults))).toBeLessThan(most);
    expect(await unseal(bytes, people.ring.own, now, defaults)).toHaveProperty('unreadable');
  });

  it('that name our key cost a private key operation each: more than a mail may ask for are refused before any is tried', async () => {
    const bytes = await sealed(text, await keys(defaults.maxTries));
    const answer = await unseal(bytes, people.ring.own, now, defaults);
    expect(answer).toEqual({ unreadable: 'This mail is encrypted to too many keys to try.', cost: { tries: 0, slow: 0 } });
  });

  it('of all messages of a mail count together', async () => {
    const one = armor('PGP MESSAGE', await sealed(literal(Buffer.from('x')), await keys(20, () => new Uint8Array(32))));
    const blocks = (count: number) => mail(part('text/plain', Array.from({ length: count }, () => one).join('\n\n')));
    expect(await refusal(blocks(2), people.ring)).toBeUndefined();
    expect(await refusal(blocks(3), people.ring)).toBe('This mail is encrypted to too many keys to try.');
  });

  it('that are good and not the true one: the body is not deciphered with each of many', async () => {
    const large = literal(Buffer.alloc(20 * million));
    const two = await unseal(await sealed(large, await keys(2)), people.ring.own, now, defaults);
    expect('content' in two && two.content.length).toBe(20 * million);
    const flooded = await sealed(large, await keys(40));
    expect(await cost(() => unseal(flooded, people.ring.own, now, defaults))).toBeLessThan(most);
    expect(await unseal(flooded, people.ring.own, now, defaults)).toHaveProperty('unreadable');
  });
});

describe('threat: chunks of an authenticated body (SEIPD version 2)', () => {
  const aead = async (size: number, mode: 'gcm' | 'ocb', aeadChunkSizeByte: number) => {
    const { enums, encrypt } = openpgp;
    const config = { aeadProtect: true, preferredAEADAlgorithm: enums.aead[mode], aeadChunkSizeByte };
    const pair = await openpgp.generateKey({ userIDs: [{ email: 'security@example.org' }], type: 'curve25519', format: 'object', config });
    const message = await openpgp.createMessage({ binary: new Uint8Array(size) });
    const bytes: Uint8Array = await encrypt({ message, encryptionKeys: pair.publicKey, format: 'binary', config });
    const own = { ...people.team.own, key: pair.privateKey, keyIds: pair.publicKey.getKeyIDs().map((id) => id.toHex().toUpperCase()) };
    return { bytes: Buffer.from(bytes), own: [own] };
  };
  const attempt = async (...how: Parameters<typeof aead>) => {
    const { bytes, own } = await aead(...how);
    return unseal(bytes, own, new Date(), defaults);
  };

  it('of 64 octets are read in a short message and refused in a long one', async () => {
    expect(await attempt(1000, 'gcm', 0)).toHaveProperty('content');
    expect(await attempt(100_000, 'gcm', 0)).toHaveProperty('unreadable', 'The encrypted part of this mail takes too long to decipher.');
    expect(await attempt(100_000, 'gcm', 6)).toHaveProperty('content');
  });

  it('under OCB, which takes longest, as many as a mail may have', async () => {
    expect(await attempt(million, 'ocb', 12)).toMatchObject({ cost: { tries: 1 } });
    expect(await attempt(defaults.maxSlow, 'ocb', 12)).toHaveProperty(
      'unreadable',
      'The encrypted part of this mail takes too long to decipher.',
    );
  });
});

describe('a list of packets made ready', () => {
  it('is the same bytes where nothing comes in pieces', async () => {
    const bytes = dearmor(await ciphertext(words, [people.team], [people.lead]))?.bytes ?? Buffer.alloc(0);
    expect(bounded(bytes)).toBe(bytes);
  });

  it('has pieces of every size put together, with what stands before and behind them', () => {
    const marker = Buffer.from([0xca, 3, 0x50, 0x47, 0x50]);
    const content = randomBytes(512 + 1 + 64 + 2 + 300);
    const body = Buffer.concat([Buffer.from([0x62, 0, 0, 0, 0, 0]), content]).subarray(0, 512 + 1 + 64 + 2 + 300);
    const pieces = [[0xe9], 512, [0xe0], 1, [0xe6], 64, [0xe1], 2, [0xc0, 300 - 192], 300] as const;
    const cut: Buffer[] = [];
    let at = 0;
    for (const one of pieces) {
      cut.push(typeof one === 'number' ? body.subarray(at, at + one) : Buffer.from(one));
      if (typeof one === 'number') at += one;
    }
    const given = Buffer.concat([marker, Buffer.from([0xcb]), ...cut, marker]);
    expect(Buffer.from(bounded(given))).toEqual(Buffer.concat([marker, packet(11, body), marker]));
  });

  it.each<[string, number[]]>([
    ['no packet', [0x12]],
    ['a header alone', [0xcb]],
    ['half a length', [0xcb, 0xff, 0, 0]],
    ['more length than bytes', [0xcb, 5, 1, 2]],
    ['a piece and no end', [0xcb, 0xe0, 1]],
    ['pieces that promise more', [0xcb, 0xe0, 1, 0xfe, 2]],
    ['an old length that promises more', [0xac, 5, 1]],
  ])('is refused with %s', (_, bytes) => {
    expect(() => bounded(Buffer.from(bytes))).toThrow('no whole packet');
  });

  it('of an open length reaches to the end', () => {
    const open = Buffer.from([0xa3, 1, 2, 3]);
    expect(bounded(open)).toBe(open);
  });
});

it('threat: signatures around signatures over twenty megabytes, as many and as deep as are judged', async () => {
  const lines = `${'b'.repeat(70)}\r\n`.repeat(280_000);
  let inner = part('text/plain', lines);
  for (let depth = 0; depth < 6; depth++) {
    const signature = part('application/pgp-signature', await detached(inner, [people.lead, people.lead, people.lead, people.lead]));
    inner = multipart('signed', [inner, signature], `s${depth}`, signedType);
  }
  const bytes = mail(inner);
  expect(await cost(() => opened(bytes, people.ring))).toBeLessThan(most);
});

it('a mail with four messages and an honest one of the same shape is read', async () => {
  const one = encryptedPart(await ciphertext(words, [people.team]));
  const answer = await opened(mail(multipart('mixed', [one, one, one, one], 'o')), people.ring);
  expect(answer.passages).toHaveLength(4);
});
