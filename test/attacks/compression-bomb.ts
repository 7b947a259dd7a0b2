// Attack: compression bombs. A small OpenPGP message unpacks to more than we hold, whole or in pieces.
import { deflateRawSync } from 'node:zlib';
import * as openpgp from 'openpgp';
import { type Attack, mails } from '#test/attacks/attack.ts';
import { attachment, base64, encryptedPart, latin, mailOf, message, multipart, part, signed, text } from '#test/attacks/mime.ts';
import type { Scene } from '#test/attacks/scene.ts';
import { people, team } from '#test/town.ts';

const head = (tag: number, length: number) => {
  const bytes = Buffer.alloc(6, 0xff);
  bytes.writeUInt8(0xc0 | tag, 0);
  bytes.writeUInt32BE(length, 2);
  return bytes;
};
const packet = (tag: number, body: Buffer) => Buffer.concat([head(tag, body.length), body]);
const literal = (body: Buffer) => packet(11, Buffer.concat([latin('b\0\0\0\0\0'), body]));
/** A compressed data packet (RFC 9580 §5.6), algorithm ZIP. */
const packed = (inner: Buffer) => packet(8, Buffer.concat([Buffer.from([1]), deflateRawSync(inner)]));

const made = new Map<number, Buffer>();
/** A compressed message that holds a text of so many octets. */
function bomb(size: number): Buffer {
  const known = made.get(size) ?? packed(literal(Buffer.concat([latin(text('')), Buffer.alloc(size, ' ')])));
  made.set(size, known);
  return known;
}

/** Sealed to the team: the ciphertext of any packets. */
async function sealed(scene: Scene, packets: Buffer): Promise<Buffer> {
  const { key } = scene.office.key.certificate;
  const session = await openpgp.generateSessionKey({ encryptionKeys: key, date: scene.now() });
  const wrapped: Uint8Array = await openpgp.encryptSessionKey({ ...session, encryptionKeys: key, format: 'binary', date: scene.now() });
  const data = new openpgp.SymEncryptedIntegrityProtectedDataPacket();
  Object.assign(data, { version: 1, packets: { write: () => new Uint8Array(packets) } });
  // The library's types leave out what its packets do themselves.
  const { encrypt } = data as unknown as { encrypt(algorithm: openpgp.enums.symmetric, key: Uint8Array, config: object): Promise<void> };
  await encrypt.call(data, openpgp.enums.symmetric[session.algorithm], session.data, openpgp.config);
  const list = new openpgp.PacketList<openpgp.AnyPacket>();
  list.push(data);
  return Buffer.concat([Buffer.from(wrapped), Buffer.from(list.write())]);
}

const stranger = { from: 'stranger@example.com', to: team };
const million = 1_000_000;
/** Just beyond what we unpack. */
const tooLarge = 52 * million;
const report = (make: (scene: Scene) => Promise<string> | string) => async (scene: Scene) => mailOf(scene, await make(scene), stranger);
const file = (name: string, bytes: Buffer) =>
  part(
    'application/octet-stream',
    base64(bytes.toString('latin1')),
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment; filename="${name}"`,
  );

export const compressionBomb: Attack = {
  id: 'compression-bomb',
  name: 'Compression bomb',
  what: 'sealed, signed, inline and attached messages that unpack to more than we hold, or to a million tiny packets; bombs in bombs; many small ones; archives that are not opened',
  mails: mails([
    ['not sealed, more than we hold', report(() => encryptedPart(message(bomb(tooLarge))))],
    ['sealed, more than we hold', report(async (scene) => encryptedPart(message(await sealed(scene, bomb(tooLarge)))))],
    ['inline', report((scene) => text(`Look:\n${message(bomb(tooLarge))}\n${scene.evil()}`))],
    ['a bomb in a bomb', report(() => encryptedPart(message(packed(bomb(tooLarge)))))],
    [
      'ten bombs in each other',
      report(() => encryptedPart(message(Array.from({ length: 10 }).reduce<Buffer>((inner) => packed(inner), literal(latin('x')))))),
    ],
    [
      'forty bombs in each other',
      report(() => encryptedPart(message(Array.from({ length: 40 }).reduce<Buffer>((inner) => packed(inner), literal(latin('x')))))),
    ],
    [
      'a bomb of many packets',
      report(() => encryptedPart(message(packed(Buffer.concat(Array.from({ length: 20_000 }, () => packet(10, latin('PGP')))))))),
    ],
    ...(
      [
        ['a million packets of a kind nobody knows', Buffer.from([0xfc, 0])],
        ['a million marker packets', packet(10, latin('PGP'))],
        ['a million padding packets', packet(21, Buffer.alloc(0))],
        ['a million session keys', packet(1, Buffer.alloc(12, 3))],
      ] as const
    ).flatMap(([name, one]) => {
      const flood = Buffer.concat([Buffer.alloc(one.length * million, one), literal(latin(text('')))]);
      return [
        [`${name}, packed`, report(() => encryptedPart(message(packed(flood))))] as const,
        [`${name}, packed and sealed`, report(async (scene) => encryptedPart(message(await sealed(scene, packed(flood)))))] as const,
      ];
    }),
    [
      'four parts that only together are too large',
      report(() =>
        multipart(
          'mixed',
          ['a', 'b', 'c', 'd'].map((boundary) => encryptedPart(message(bomb(20 * million)), boundary)),
          'o',
        ),
      ),
    ],
    [
      'four blocks that only together are too large',
      report(() => text(Array.from({ length: 4 }, () => message(bomb(20 * million))).join('\n\n'))),
    ],
    ['in an attachment', report((scene) => multipart('mixed', [text(scene.evil()), file('x.pgp', bomb(tooLarge))], 'at'))],
    [
      'in five attachments',
      report(async (scene) =>
        multipart('mixed', [text(scene.evil()), ...Array.from({ length: 5 }, (_, index) => file(`x${index}.pgp`, bomb(tooLarge)))], 'f'),
      ),
    ],
    [
      'as a detached signature',
      report((scene) =>
        multipart(
          'signed',
          [text(scene.bound(scene.evil())), part('application/pgp-signature', message(bomb(tooLarge)))],
          'sg',
          '; protocol="application/pgp-signature"',
        ),
      ),
    ],
    [
      'as a certificate',
      report((scene) =>
        multipart(
          'mixed',
          [
            text(scene.evil()),
            attachment('k.asc', 'application/pgp-keys', message(bomb(tooLarge)).replaceAll('PGP MESSAGE', 'PGP PUBLIC KEY BLOCK')),
          ],
          'ce',
        ),
      ),
    ],
    ['in the lead’s name', async (scene) => mailOf(scene, encryptedPart(message(bomb(tooLarge))))],
    [
      'in a gzip that nobody opens',
      report((scene) => multipart('mixed', [text(scene.evil()), file('log.gz', deflateRawSync(Buffer.alloc(30 * million)))], 'gz')),
    ],
    [
      'with a length that promises more',
      report(() => encryptedPart(message(Buffer.concat([head(8, 0x7fffffff), Buffer.from([1, 2, 3])])))),
    ],
  ]),
  honest: mails([
    [
      'a compressed, sealed mail of ordinary size around a signed command',
      async (scene) => {
        const inner = packed(literal(latin(await signed(scene, text(scene.honest())))));
        return mailOf(scene, encryptedPart(message(await sealed(scene, inner))), { from: people.lead });
      },
    ],
    [
      'a signed command with an archive attached',
      async (scene) =>
        mailOf(
          scene,
          await signed(scene, multipart('mixed', [text(scene.honest()), file('log.gz', deflateRawSync(Buffer.alloc(million)))], 'hg')),
        ),
    ],
  ]),
};
