// What an attacker tries on the packets of encrypted mail: taking the protection off, changing its kind, cutting, blowing up, flooding.
import { deflateRawSync, deflateSync } from 'node:zlib';
import * as openpgp from 'openpgp';
import { beforeAll, describe, expect, it } from 'vitest';
import { armor, dearmor } from '#pgp/armor.ts';
import { unseal } from '#pgp/decrypt.ts';
import { defaults, keyring, readOwnKey } from '#pgp/keyring.ts';
import { type Cast, cast, ciphertext, encryptedPart, later, mail, now, opened, part, refusal } from '#test/pgp/people.ts';

let people: Cast;
let modern: { key: openpgp.PrivateKey; ring: ReturnType<typeof keyring> };
const words = part('text/plain', 'I take this.\n/take');

beforeAll(async () => {
  people = await cast();
  const userIDs = [{ email: 'security@example.org' }];
  const pair = await openpgp.generateKey({
    userIDs,
    date: later(-30),
    format: 'armored',
    type: 'curve25519',
    config: { aeadProtect: true },
  });
  const own = await readOwnKey(pair.privateKey);
  modern = { key: own.key, ring: keyring([own], []) };
});

const packetsOf = (armored: string) => dearmor(armored)?.bytes ?? Buffer.alloc(0);
const attempt = (bytes: Buffer, ring = people.ring) => refusal(mail(encryptedPart(armor('PGP MESSAGE', bytes))), ring);
const oneSentence = 'The OpenPGP part of this mail is damaged, unprotected or too large when unpacked.';
const unread = /damaged/;

/** A packet in the new format with a length of five octets. */
function packet(tag: number, body: Uint8Array): Buffer {
  const head = Buffer.from([0xc0 | tag, 0xff, 0, 0, 0, 0]);
  head.writeUInt32BE(body.length, 2);
  return Buffer.concat([head, body]);
}

/** A literal packet (RFC 9580 §5.9) of binary content. */
function literal(content: Uint8Array): Buffer {
  return packet(11, Buffer.concat([Buffer.from([0x62, 0, 0, 0, 0, 0]), content]));
}

const compressed = (algorithm: number, content: Buffer) =>
  packet(8, Buffer.concat([Buffer.from([algorithm]), algorithm === 1 ? deflateRawSync(content) : deflateSync(content)]));

/** A session key wrapped for the team, and data sealed with it under SEIPD version 1 by hand, so that anything may lie inside. */
async function sealedByHand(inside: Buffer): Promise<Buffer> {
  const { createCipheriv, createHash, randomBytes } = await import('node:crypto');
  const key = randomBytes(32);
  const start = randomBytes(16);
  const plain = Buffer.concat([start, start.subarray(14), inside, Buffer.from([0xd3, 0x14])]);
  const whole = Buffer.concat([plain, createHash('sha1').update(plain).digest()]);
  const cipher = createCipheriv('aes-256-cfb', key, Buffer.alloc(16));
  return Buffer.concat([await wrapped(key), packet(18, Buffer.concat([Buffer.from([1]), cipher.update(whole), cipher.final()]))]);
}

async function wrapped(data: Uint8Array): Promise<Uint8Array> {
  const options = { encryptionKeys: people.team.certificate.key, format: 'binary', date: now } as const;
  const bytes: Uint8Array = await openpgp.encryptSessionKey({ ...options, data, algorithm: 'aes256' });
  return bytes;
}

/** What the library writes, which comes in pieces when it was read in pieces. */
async function whole(written: unknown): Promise<Buffer> {
  if (written instanceof Uint8Array) return Buffer.from(written);
  const pieces = written as { readToEnd(join: (all: Uint8Array[]) => Buffer): Promise<Buffer> };
  return pieces.readToEnd((all) => Buffer.concat(all));
}

/** A message as its session key packets and the body of its encrypted packet. */
async function takenApart(bytes: Buffer): Promise<{ keys: Buffer; body: Buffer }> {
  const { packets } = await openpgp.readMessage({ binaryMessage: new Uint8Array(bytes) });
  const data = packets.find((one) => one instanceof openpgp.SymEncryptedIntegrityProtectedDataPacket);
  const list = new openpgp.PacketList<openpgp.AnyPacket>();
  list.push(...packets.filter((one) => one !== data));
  return { keys: await whole(list.write()), body: await whole(data?.write()) };
}

describe('the protection taken off', () => {
  it('SEIPD version 1 made into an unprotected packet is refused, with and without its checksum', async () => {
    const { keys, body } = await takenApart(packetsOf(await ciphertext(words, [people.team], [people.lead])));
    expect(await attempt(Buffer.concat([keys, packet(18, body)]))).toBeUndefined();
    for (const cut of [body.subarray(1), body.subarray(1, -22), body.subarray(17), body.subarray(19)])
      expect(await attempt(Buffer.concat([keys, packet(9, cut)]))).toBe(oneSentence);
  });

  it('a whole unprotected message (tag 9) that any old program would open is refused', async () => {
    const key = new Uint8Array(32).fill(7);
    const { packets } = await openpgp.createMessage({ binary: new Uint8Array(Buffer.from(words)) });
    const data = Object.assign(new openpgp.SymmetricallyEncryptedDataPacket(), { packets });
    const old = data as unknown as { encrypt(cipher: number, key: Uint8Array, config: openpgp.Config): Promise<void> };
    await old.encrypt(openpgp.enums.symmetric.aes256, key, openpgp.config);
    const bytes = Buffer.concat([await wrapped(key), packet(9, await whole(data.write()))]);
    const careless = { ...openpgp.config, allowUnauthenticatedMessages: true };
    const message = await openpgp.readMessage({ binaryMessage: new Uint8Array(bytes), config: careless });
    const read = await openpgp.decrypt({ message, decryptionKeys: people.team.own.key, format: 'binary', date: now, config: careless });
    expect(Buffer.from(read.data).toString()).toBe(words);
    expect(await attempt(bytes)).toBe(oneSentence);
  });

  it('SEIPD version 1 without its checksum, or with the one of other words, is refused', async () => {
    const { keys, body } = await takenApart(packetsOf(await ciphertext(words, [people.team])));
    for (const cut of [1, 20, 22, 40]) expect(await attempt(Buffer.concat([keys, packet(18, body.subarray(0, -cut))]))).toBe(oneSentence);
    const other = await takenApart(packetsOf(await ciphertext(words.replace('take', 'fake'), [people.team])));
    const mixed = Buffer.concat([body.subarray(0, -22), other.body.subarray(-22)]);
    expect(await attempt(Buffer.concat([keys, packet(18, mixed)]))).toBe(oneSentence);
  });

  it('SEIPD version 2 made into version 1, into the AEAD packet or an unprotected one is refused, with the key kept or rewritten', async () => {
    const message = await openpgp.createMessage({ binary: new Uint8Array(Buffer.from(words.repeat(20))) });
    const armored: string = await openpgp.encrypt({ message, encryptionKeys: modern.key.toPublic(), date: now });
    const { keys, body } = await takenApart(packetsOf(armored));
    expect(body[0]).toBe(2);
    expect(await attempt(Buffer.concat([keys, packet(18, body)]), modern.ring)).toBeUndefined();
    const data = body.subarray(36);
    const older = sessionKeyAsVersion3(keys);
    for (const key of [keys, older])
      for (const downgraded of [
        packet(18, Buffer.concat([Buffer.from([1]), data])),
        packet(18, Buffer.concat([Buffer.from([1]), body.subarray(1)])),
        packet(9, data),
        packet(20, Buffer.concat([Buffer.from([1, body[1] ?? 0, body[2] ?? 0, body[3] ?? 0]), data])),
      ])
        expect(await attempt(Buffer.concat([key, downgraded]), modern.ring)).toMatch(unread);
    // The other way round nothing is lost: the data still proves itself, and a wrapped key that was rewritten right opens the same words.
    expect(await attempt(Buffer.concat([older, packet(18, body)]), modern.ring)).toBeUndefined();
  });

  /** The X25519 session key packet of version 6 as one of version 3: the wrapped key itself is the same, only its frame is not (RFC 9580 §5.1). */
  function sessionKeyAsVersion3(keys: Buffer): Buffer {
    const body = keys.subarray(keys[1] === undefined || keys[1] < 192 ? 2 : 3);
    const names = body[1] ?? 0;
    const rest = body.subarray(2 + names);
    const ephemeral = rest.subarray(1, 33);
    const length = rest[33] ?? 0;
    const key = rest.subarray(34, 34 + length);
    const id = Buffer.from(modern.key.getSubkeys()[0]?.getKeyID().toHex() ?? '', 'hex');
    return packet(1, Buffer.concat([Buffer.from([3]), id, rest.subarray(0, 1), ephemeral, Buffer.from([length + 1, 9]), key]));
  }
});

describe('damage', () => {
  it('one bit anywhere: nothing altered is ever read', { timeout: 60_000 }, async () => {
    const bytes = packetsOf(await ciphertext(words, [people.team], [people.lead]));
    for (let at = 0; at < bytes.length; at += 3) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      const answer = await opened(mail(encryptedPart(armor('PGP MESSAGE', flipped))), people.ring).catch((error: unknown) => String(error));
      // A bit outside the ciphertext may be without meaning (the length's form, an id): then all is as it was, or nothing is read.
      if (typeof answer !== 'string')
        expect(answer, `bit at ${at}`).toMatchObject({
          signature: { status: 'good', covers: 'all' },
          passages: [{ text: 'I take this.\n/take' }],
        });
      else expect(answer, `bit at ${at}`).toMatch(/damaged|not to a key we hold|too many keys|not an OpenPGP message/);
    }
  });

  it.each(['v1', 'v2'])('cut short anywhere (SEIPD %s): never read', async (kind) => {
    const message = await openpgp.createMessage({ binary: new Uint8Array(Buffer.from(words.repeat(10))) });
    const encryptionKeys = kind === 'v1' ? people.team.certificate.key : modern.key.toPublic();
    const armored: string = await openpgp.encrypt({ message, encryptionKeys, date: now, config: { aeadChunkSizeByte: 0 } });
    const bytes = packetsOf(armored);
    const ring = kind === 'v1' ? people.ring : modern.ring;
    expect(await attempt(bytes, ring)).toBeUndefined();
    for (let length = 1; length < bytes.length; length += 7)
      expect(await attempt(bytes.subarray(0, length), ring), `${length} bytes`).toBeDefined();
  });

  it('gives one sentence for every cause behind the session key: no oracle', async () => {
    const bytes = packetsOf(await ciphertext(words, [people.team], [people.lead]));
    const flipped = Buffer.from(bytes);
    flipped[bytes.length - 3] = (flipped[bytes.length - 3] ?? 0) ^ 1;
    const wrongKey = Buffer.concat([await wrapped(new Uint8Array(32)), packet(18, Buffer.alloc(200, 1))]);
    const causes = [
      flipped,
      wrongKey,
      await sealedByHand(compressed(2, compressed(2, literal(Buffer.from(words))))),
      await sealedByHand(Buffer.from('no packets at all')),
      await sealedByHand(literal(Buffer.alloc(0)).subarray(0, 4)),
    ];
    expect(new Set(await Promise.all(causes.map((one) => attempt(one))))).toEqual(new Set([oneSentence]));
  });
});

describe('blown up', () => {
  const limit = 100_000;
  const frame = literal(Buffer.alloc(0)).length;
  const tried = async (bytes: Buffer) => unseal(bytes, people.ring.own, now, { ...defaults, maxBytes: limit });

  it.each([
    ['ZIP', 1],
    ['ZLIB', 2],
  ])('%s: exactly the limit is read, one byte more is refused', async (_, algorithm) => {
    const packed = (size: number) => compressed(algorithm, literal(Buffer.alloc(size, 0x20)));
    const read = await tried(await sealedByHand(packed(limit - frame)));
    expect('content' in read && read.content.equals(Buffer.alloc(limit - frame, 0x20))).toBe(true);
    expect(await tried(await sealedByHand(packed(limit - frame + 1)))).toHaveProperty('unreadable', oneSentence);
    expect(await tried(await sealedByHand(packed(limit * 100)))).toHaveProperty('unreadable', oneSentence);
  });

  it('a compressed message that is not even encrypted has the same limit', async () => {
    expect(await tried(compressed(2, literal(Buffer.from(words))))).toMatchObject({ encrypted: false });
    expect(await tried(compressed(2, literal(Buffer.alloc(limit + 1))))).toHaveProperty('unreadable');
  });

  it('compression inside compression is refused at any depth, so that no message unpacks into itself for ever', async () => {
    let nested = literal(Buffer.from(words));
    for (let depth = 1; depth <= 30; depth++) {
      nested = compressed(2, nested);
      if (depth === 1) expect(await tried(await sealedByHand(nested))).toMatchObject({ encrypted: true });
      else expect(await tried(await sealedByHand(nested)), `depth ${depth}`).toHaveProperty('unreadable', oneSentence);
    }
  });

  it('a second text behind the first is refused, so that two programs cannot read two of them', async () => {
    const two = Buffer.concat([literal(Buffer.from(words)), literal(Buffer.from(words.replace('take', 'fake')))]);
    expect(await attempt(await sealedByHand(two))).toBe(oneSentence);
    expect(await attempt(await sealedByHand(compressed(2, two)))).toBe(oneSentence);
    expect(await attempt(two)).toMatch(unread);
  });

  it('ciphertext inside ciphertext is refused', async () => {
    const inner = await sealedByHand(literal(Buffer.from(words)));
    expect(await attempt(await sealedByHand(inner))).toBe(oneSentence);
    expect(await attempt(await sealedByHand(literal(Buffer.from(words))))).toBeUndefined();
  });
});

describe('flooded', () => {
  it('with session keys for others: ours is found among a thousand, one more is refused before any is tried', async () => {
    const bytes = packetsOf(await ciphertext(words, [people.team]));
    const foreign = (await takenApart(packetsOf(await ciphertext(words, [people.stranger])))).keys;
    const flood = (count: number) => Buffer.concat([...Array.from({ length: count }, () => foreign), bytes]);
    expect(await attempt(flood(999))).toBeUndefined();
    expect(await attempt(flood(1000))).toBe('This mail is encrypted to too many keys to try.');
  });

  it('with session keys that name ours and hold nothing: the true one still opens it', async () => {
    const bytes = packetsOf(await ciphertext(words, [people.team]));
    const empty = await wrapped(new Uint8Array(32));
    expect(await attempt(Buffer.concat([...Array.from({ length: 20 }, () => empty), bytes]))).toBeUndefined();
  });

  it('with signatures: more than anybody makes are bad', async () => {
    const many = Array.from({ length: 9 }, () => people.lead);
    const answer = await opened(mail(encryptedPart(await ciphertext(words, [people.team], many))), people.ring);
    expect(answer.signature).toMatchObject({ status: 'bad', covers: 'none' });
  });
});
