// Attack: flooded certificates. A certificate that came along holds so much that reading it, or keeping it, would stop us.
import * as openpgp from 'openpgp';
import { armor } from '#pgp/armor.ts';
import { type Attack, mails } from '#test/attacks/attack.ts';
import { attachment, encrypted, mailOf, multipart, signed, text } from '#test/attacks/mime.ts';
import type { Scene } from '#test/attacks/scene.ts';
import { keyOf, people, team } from '#test/town.ts';

const head = (tag: number, length: number) => {
  const bytes = Buffer.alloc(6, 0xff);
  bytes.writeUInt8(0xc0 | tag, 0);
  bytes.writeUInt32BE(length, 2);
  return bytes;
};
const packet = (tag: number, body: Buffer) => Buffer.concat([head(tag, body.length), body]);
const written = (...packets: readonly openpgp.AnyPacket[]) => {
  const list = new openpgp.PacketList<openpgp.AnyPacket>();
  list.push(...packets);
  return Buffer.from(list.write());
};

/** The certificate of an address in pieces: primary key, first user id with its signature, subkeys with theirs. */
async function pieces(address: string) {
  const { key } = (await keyOf(address)).certificate;
  const [user] = key.users;
  const self = user?.selfCertifications[0];
  if (!user?.userID || !self) throw new Error('a certificate without a user id');
  return {
    primary: written(key.keyPacket),
    user: written(user.userID),
    self: written(self),
    rest: written(...key.toPacketList().slice(3)),
  };
}
type Pieces = Awaited<ReturnType<typeof pieces>>;

/** A certificate that is flooded in one way, for the address given. */
const floods: readonly (readonly [string, (of: Pieces, foreign: Buffer) => Buffer])[] = [
  [
    'five thousand signatures of a stranger',
    (of, foreign) => Buffer.concat([of.primary, of.user, of.self, ...Array.from({ length: 5000 }, () => foreign), of.rest]),
  ],
  [
    'five thousand copies of its own signature',
    (of) => Buffer.concat([of.primary, of.user, ...Array.from({ length: 5000 }, () => of.self), of.rest]),
  ],
  [
    'three thousand user ids',
    (of) =>
      Buffer.concat([
        of.primary,
        of.user,
        of.self,
        ...Array.from({ length: 3000 }, (_, index) => packet(13, Buffer.from(`x${index} <x${index}@example.net>`))),
        of.rest,
      ]),
  ],
  [
    'a user id of half a megabyte',
    (of) => Buffer.concat([of.primary, packet(13, Buffer.alloc(500_000, 'a')), of.self, of.user, of.self, of.rest]),
  ],
  ['five hundred subkeys', (of) => Buffer.concat([of.primary, of.user, of.self, ...Array.from({ length: 500 }, () => of.rest)])],
  ['a photograph of half a megabyte', (of) => Buffer.concat([of.primary, of.user, of.self, packet(17, Buffer.alloc(500_000, 1)), of.rest])],
  ['a signature of half a megabyte', (of) => Buffer.concat([of.primary, of.user, of.self, packet(2, Buffer.alloc(500_000, 4)), of.rest])],
  ['a length that lies', (of) => Buffer.concat([of.primary, head(13, 0xffffff), of.user, of.self])],
  [
    'two hundred certificates in one block',
    (of) => Buffer.concat(Array.from({ length: 200 }, () => Buffer.concat([of.primary, of.user, of.self, of.rest]))),
  ],
  [
    'a hundred thousand packets of a kind nobody knows',
    (of) => Buffer.concat([of.primary, of.user, of.self, Buffer.alloc(200_000, Buffer.from([0xfc, 0])), of.rest]),
  ],
  [
    'thousands of names, each with a signature that claims to be its own',
    (of) => Buffer.concat([of.primary, ...Array.from({ length: 1500 }, () => Buffer.concat([of.user, of.self])), of.rest]),
  ],
];

const known = new Map<string, Promise<string>>();
function flooded(name: string, address: string): Promise<string> {
  const key = `${name} ${address}`;
  const make = async () => {
    const [, flood] = floods.find(([one]) => one === name) ?? [];
    const stranger = await pieces('stranger@example.com');
    return armor('PGP PUBLIC KEY BLOCK', flood?.(await pieces(address), stranger.self) ?? Buffer.alloc(0));
  };
  const made = known.get(key) ?? make();
  known.set(key, made);
  return made;
}
const keyPart = (armored: string) => attachment('key.asc', 'application/pgp-keys', armored);
const stranger = 'stranger@example.com';
const asReport = (name: string) => async (scene: Scene) =>
  mailOf(scene, multipart('mixed', [text(`A finding.\n\n${scene.evil()}`), keyPart(await flooded(name, stranger))], `f${scene.serial()}`), {
    from: stranger,
    to: team,
  });

export const floodedCertificates: Attack = {
  id: 'flooded-certificates',
  name: 'Flooded certificates',
  what: 'thousands of signatures, names and subkeys, huge packets and lengths that lie, in reports, follow-ups, in clear and sealed',
  mails: mails([
    ...floods.map(([name]) => [`a report with ${name}`, asReport(name)] as const),
    [
      'a flooded copy of the lead’s certificate, unsigned',
      async (scene) =>
        mailOf(
          scene,
          multipart(
            'mixed',
            [text(scene.bound(scene.evil())), keyPart(await flooded('five thousand signatures of a stranger', people.lead))],
            'u',
          ),
        ),
    ],
    [
      'a flooded certificate in the text',
      async (scene) =>
        mailOf(scene, text(`Key:\n${await flooded('three thousand user ids', stranger)}\n${scene.evil()}`), { from: stranger, to: team }),
    ],
    [
      'a flooded certificate inside a sealed report',
      async (scene) =>
        mailOf(
          scene,
          await encrypted(
            scene,
            multipart('mixed', [text(`Sealed.\n${scene.evil()}`), keyPart(await flooded('five hundred subkeys', stranger))], 's'),
          ),
          { from: stranger, to: team },
        ),
    ],
    [
      'a flooded certificate by Autocrypt',
      async (scene) =>
        mailOf(scene, text(scene.bound(scene.evil())), {
          fields: [
            `Autocrypt: addr=${people.lead}; keydata=${(await flooded('three thousand user ids', people.lead)).replace(/-----.*-----|\s|=[A-Za-z0-9+/]{4}\s*$/gm, '').slice(0, 90_000)}`,
          ],
        }),
    ],
    [
      'ten flooded certificates',
      async (scene) => {
        const one = keyPart(await flooded('three thousand user ids', stranger));
        return mailOf(scene, multipart('mixed', [text(`Keys.\n${scene.evil()}`), ...Array.from({ length: 10 }, () => one)], 'tw'), {
          from: stranger,
          to: team,
        });
      },
    ],
  ]),
  honest: mails([
    [
      'a signed command with a flooded copy of the writer’s certificate',
      async (scene) =>
        mailOf(
          scene,
          await signed(
            scene,
            multipart('mixed', [text(scene.honest()), keyPart(await flooded('five thousand signatures of a stranger', people.lead))], 'h'),
          ),
        ),
    ],
  ]),
};
