// Attack: signatures that were good once, will be, or never should be: too old, of the future, of ended keys, of weak keys and hashes.
import * as openpgp from 'openpgp';
import { armor } from '#pgp/armor.ts';
import { type OwnKey, readCertificates } from '#pgp/keyring.ts';
import { type Attack, mails } from '#test/attacks/attack.ts';
import {
  clearsigned,
  detached,
  encrypted,
  latin,
  mailOf,
  multipart,
  packets,
  signaturePart,
  signed,
  signedType,
  strangersKey,
  text,
} from '#test/attacks/mime.ts';
import type { Scene } from '#test/attacks/scene.ts';
import { keyOf, people } from '#test/town.ts';

const hour = 3_600_000;
const ago = (hours: number) => async (scene: Scene) =>
  mailOf(scene, await signed(scene, text(scene.bound(scene.evil())), people.lead, { at: new Date(scene.now().getTime() - hours * hour) }));
const second = { name: 'TEST second', email: people.second };
const loose: openpgp.PartialConfig = {
  minRSABits: 0,
  rejectPublicKeyAlgorithms: new Set(),
  rejectHashAlgorithms: new Set(),
  rejectCurves: new Set(),
};

/** Another key of the second member, on the roster, that signs a command. */
async function held(scene: Scene, key: OwnKey, certificate = key.certificate, at?: Date): Promise<Buffer> {
  scene.hold({ who: 'second', certificate });
  return mailOf(scene, await signed(scene, text(scene.bound(scene.evil())), key, at ? { at } : {}), { from: people.second });
}

const begun = new Date('2026-01-01T00:00:00Z');
async function revoked(scene: Scene, flag: openpgp.enums.reasonForRevocation): Promise<Buffer> {
  const key = await strangersKey(second);
  const made = await openpgp.revokeKey({
    key: key.key,
    reasonForRevocation: { flag },
    date: new Date('2026-02-01T00:00:00Z'),
    format: 'armored',
  });
  const [certificate] = await readCertificates(made.publicKey);
  return held(scene, key, certificate);
}

let strong: Promise<OwnKey> | undefined;
/** A key of RSA 2048: the curves refuse weak hashes before we can. */
const rsa = () => {
  strong ??= strangersKey(second, { type: 'rsa', rsaBits: 2048 });
  return strong;
};

/** A signature packet made by hand: with a hash of choice, or at a time when the key did not exist. */
async function made(scene: Scene, { key }: OwnKey, hash: openpgp.enums.hash, at: Date, words = scene.bound(scene.evil())): Promise<string> {
  const body = text(words);
  const message = await openpgp.createMessage({ binary: new Uint8Array(latin(body)) });
  const literal = message.packets.findPacket(openpgp.enums.packet.literalData);
  const packet = new openpgp.SignaturePacket();
  const { keyPacket } = await key.getSigningKey();
  Object.assign(packet, { signatureType: openpgp.enums.signature.binary, publicKeyAlgorithm: keyPacket.algorithm, hashAlgorithm: hash });
  // The library's types know less of this than its code.
  const sign = packet.sign.bind(packet) as unknown as (
    by: unknown,
    data: unknown,
    date: Date,
    detached: boolean,
    config: object,
  ) => Promise<void>;
  await sign(keyPacket, literal, at, true, { ...openpgp.config, ...loose, nonDeterministicSignaturesViaNotation: false });
  const list = new openpgp.PacketList<openpgp.AnyPacket>();
  list.push(packet);
  return multipart('signed', [body, signaturePart(armor('PGP SIGNATURE', Buffer.from(list.write())))], `h${scene.serial()}`, signedType);
}

async function hashed(scene: Scene, hash: openpgp.enums.hash, words?: string): Promise<Buffer> {
  const key = await rsa();
  scene.hold({ who: 'second', certificate: key.certificate });
  return mailOf(scene, await made(scene, key, hash, scene.now(), words), { from: people.second });
}

/** Signed by the lead's key at a moment when it was not made yet. */
const before = (moment: string) => async (scene: Scene) =>
  mailOf(scene, await made(scene, await keyOf(people.lead), openpgp.enums.hash.sha512, new Date(moment)));

export const staleAndWeak: Attack = {
  id: 'stale-and-weak',
  name: 'Old, future and weak signatures',
  what: 'signatures older than the policy allows or of the future; keys expired, revoked, not yet made, too small or not for signing; MD5, SHA-1 and RIPEMD',
  mails: mails([
    ['signed 73 hours ago', ago(73)],
    ['signed a month ago', ago(30 * 24)],
    ['signed before the key was made', before('2023-03-02T09:00:00Z')],
    ['signed in 25 hours', ago(-25)],
    ['signed in a year', ago(-365 * 24)],
    ['signed in 1970', before('1970-01-01T00:00:01Z')],
    [
      'clearsigned a week ago',
      async (scene) =>
        mailOf(scene, text(await clearsigned(scene, scene.bound(scene.evil()), people.lead, new Date(scene.now().getTime() - 168 * hour)))),
    ],
    [
      'sealed today, signed inside a week ago',
      async (scene) => {
        const inner = await signed(scene, text(scene.bound(scene.evil())), people.lead, {
          at: new Date(scene.now().getTime() - 168 * hour),
        });
        return mailOf(scene, await encrypted(scene, inner));
      },
    ],
    [
      'signed a week ago, signed again today by a stranger',
      async (scene) => {
        const inner = await signed(scene, text(scene.bound(scene.evil())), people.lead, {
          at: new Date(scene.now().getTime() - 168 * hour),
        });
        return mailOf(scene, await signed(scene, inner, 'stranger@example.com'));
      },
    ],
    [
      'an old Date and an old signature',
      async (scene) => {
        const mail = await ago(100)(scene);
        return latin(mail.toString('latin1').replace(/^Date: .*$/m, 'Date: Thu, 26 Feb 2026 09:00:00 +0000'));
      },
    ],
    [
      'by a key that has expired',
      async (scene) =>
        held(scene, await strangersKey(second, { keyExpirationTime: 30 * 86_400 }), undefined, new Date('2026-01-15T00:00:00Z')),
    ],
    [
      'by a key that has expired, signed today',
      async (scene) => {
        const key = await strangersKey(second, { keyExpirationTime: 365 * 86_400 });
        const short = await openpgp.reformatKey({
          privateKey: key.key,
          userIDs: second,
          keyExpirationTime: 30 * 86_400,
          date: begun,
          format: 'armored',
        });
        const [certificate] = await readCertificates(short.publicKey);
        return held(scene, key, certificate);
      },
    ],
    ['by a key that was revoked as compromised', (scene) => revoked(scene, openpgp.enums.reasonForRevocation.keyCompromised)],
    ['by a key that was revoked as retired', (scene) => revoked(scene, openpgp.enums.reasonForRevocation.keyRetired)],
    ['by a key that was revoked without a reason', (scene) => revoked(scene, openpgp.enums.reasonForRevocation.noReason)],
    [
      'by a key of RSA 1024',
      async (scene) => held(scene, await strangersKey(second, { type: 'rsa', rsaBits: 1024, config: { minRSABits: 1024 } })),
    ],
    [
      'by a key made tomorrow',
      async (scene) =>
        held(
          scene,
          await strangersKey(second, { date: new Date(scene.now().getTime() + 30 * hour) }),
          undefined,
          new Date(scene.now().getTime() + 31 * hour),
        ),
    ],
    ['with SHA-1', (scene) => hashed(scene, openpgp.enums.hash.sha1)],
    ['with RIPEMD-160', (scene) => hashed(scene, openpgp.enums.hash.ripemd)],
    [
      'with a signature that names MD5',
      async (scene) => {
        const body = text(scene.bound(scene.evil()));
        const bytes = packets(await detached(scene, body));
        bytes.writeUInt8(1, 5);
        return mailOf(scene, multipart('signed', [body, signaturePart(armor('PGP SIGNATURE', bytes))], 'm5', signedType));
      },
    ],
    [
      'by the encryption subkey',
      async (scene) => {
        const body = text(scene.bound(scene.evil()));
        const bytes = packets(await detached(scene, body));
        const { certificate } = await keyOf(people.lead);
        const from = Buffer.from(certificate.keyIds[0] ?? '', 'hex');
        const to = Buffer.from(certificate.keyIds[1] ?? '', 'hex');
        for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from)) to.copy(bytes, at);
        return mailOf(scene, multipart('signed', [body, signaturePart(armor('PGP SIGNATURE', bytes))], 'sk', signedType));
      },
    ],
  ]),
  honest: mails([
    [
      'a signature of 71 hours ago',
      async (scene) =>
        mailOf(scene, await signed(scene, text(scene.honest()), people.lead, { at: new Date(scene.now().getTime() - 71 * hour) })),
    ],
    [
      'a signature of a clock that is ten minutes ahead',
      async (scene) =>
        mailOf(scene, await signed(scene, text(scene.honest()), people.lead, { at: new Date(scene.now().getTime() + hour / 6) })),
    ],
    ['by a key of RSA 2048 with SHA-256', (scene) => hashed(scene, openpgp.enums.hash.sha256, scene.honest())],
    [
      'a second good key of a member',
      async (scene) => {
        const key = await strangersKey(second);
        scene.hold({ who: 'second', certificate: key.certificate });
        return mailOf(scene, await signed(scene, text(scene.honest()), key), { from: people.second });
      },
    ],
  ]),
};
