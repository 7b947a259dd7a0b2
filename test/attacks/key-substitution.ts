// Attack: key substitution. A certificate comes along that claims to be a member's or a distributor's; what follows must not be believed or sealed to it.
import * as openpgp from 'openpgp';
import { armor } from '#pgp/armor.ts';
import type { OwnKey } from '#pgp/keyring.ts';
import { type Attack, type AttackMail, mails } from '#test/attacks/attack.ts';
import { attachment, base64, clearsigned, encrypted, mailOf, multipart, part, signed, strangersKey, text } from '#test/attacks/mime.ts';
import type { Scene } from '#test/attacks/scene.ts';
import { keyOf, people, team } from '#test/town.ts';

const thiefs = new Map<string, Promise<OwnKey>>();
/** A stranger's key whose user id claims an address. */
function thief(email: string = people.lead): Promise<OwnKey> {
  const key = thiefs.get(email) ?? strangersKey({ name: 'TEST claims to be', email });
  thiefs.set(email, key);
  return key;
}
const binaryOf = async (key: OwnKey) => Buffer.from(key.certificate.key.write());
const keyPart = (armored: string, name = 'key.asc', type = 'application/pgp-keys') =>
  attachment(name, type, armored.replaceAll('\r\n', '\n'));
const autocrypt = async (address: string, key: OwnKey) =>
  `Autocrypt: addr=${address}; prefer-encrypt=mutual; keydata=${(await binaryOf(key)).toString('base64').replace(/.{70}/g, '$&\r\n ')}`;

/** First the certificate comes in a mail of its own, then a command signed by its key. */
const introduced =
  (mail: (scene: Scene, key: OwnKey) => Promise<Buffer>, as: string = people.lead) =>
  async (scene: Scene) => {
    const key = await thief(as);
    await scene.arrives(await mail(scene, key));
    await scene.leaves();
    return mailOf(scene, await signed(scene, text(scene.bound(scene.evil())), key), { from: as });
  };

/** The lead's certificate with packets of a stranger's put in. */
async function grafted(take: (list: openpgp.PacketList<openpgp.AnyPacket>) => readonly openpgp.AnyPacket[]): Promise<string> {
  const lead = (await keyOf(people.lead)).certificate.key.toPacketList();
  const theirs = (await thief()).certificate.key.toPacketList();
  const list = new openpgp.PacketList<openpgp.AnyPacket>();
  list.push(...lead, ...take(theirs));
  return armor('PGP PUBLIC KEY BLOCK', Buffer.from(list.write()));
}

/** A report in somebody's name with a certificate that claims their address: what is answered must not be sealed to it. */
const report = (address: string, form: 'attached' | 'autocrypt' | 'inline' | 'sealed') => async (scene: Scene) => {
  const key = await thief(address);
  const envelope = { from: address, to: team, subject: 'a report' };
  const words = `A finding, ${scene.serial()}.\n\n${scene.evil()}`;
  if (form === 'autocrypt') return mailOf(scene, text(words), { ...envelope, fields: [await autocrypt(address, key)] });
  if (form === 'inline') return mailOf(scene, text(`${words}\n\n${key.certificate.armored}`), envelope);
  const both = multipart('mixed', [text(words), keyPart(key.certificate.armored)], 'r');
  return mailOf(scene, form === 'sealed' ? await encrypted(scene, both, key) : both, envelope);
};

const sealedTo: readonly AttackMail[] = mails([
  ['a report in the lead’s name with a certificate attached', report(people.lead, 'attached')],
  ['a report in the lead’s name with an Autocrypt field', report(people.lead, 'autocrypt')],
  ['a report in the lead’s name with a certificate inline', report(people.lead, 'inline')],
  ['a sealed report in the lead’s name, signed by the certificate in it', report(people.lead, 'sealed')],
  ['a report in a distributor’s name with a certificate attached', report(people.acme, 'attached')],
  ['a report in a distributor’s name with an Autocrypt field', report(people.acme, 'autocrypt')],
  ['a report in the CNA’s name with a certificate attached', report('cna@example.org', 'attached')],
  [
    'a report that the lead signed, with another From and its certificate around it',
    async (scene) => {
      const key = await thief('thief@example.com');
      const good = await signed(scene, text(`A finding, ${scene.serial()}.`));
      return mailOf(scene, multipart('mixed', [good, keyPart(key.certificate.armored)], 'rf'), { from: 'thief@example.com', to: team });
    },
  ],
]);

export const keySubstitution: Attack = {
  id: 'key-substitution',
  name: 'Key substitution',
  what: 'certificates that claim the address of somebody on the roster, attached, inline, by Autocrypt, sealed; a member’s own certificate with foreign names and subkeys; reports in a member’s name',
  mails: [
    ...mails([
      [
        'attached to a mail in the lead’s name',
        introduced(async (scene, key) => mailOf(scene, multipart('mixed', [text('My new key.'), keyPart(key.certificate.armored)], 'a'))),
      ],
      [
        'attached under another type',
        introduced(async (scene, key) =>
          mailOf(scene, multipart('mixed', [text('My new key.'), keyPart(key.certificate.armored, 'lead.asc', 'text/plain')], 'b')),
        ),
      ],
      [
        'attached in binary',
        introduced(async (scene, key) => {
          const body = base64((await binaryOf(key)).toString('latin1'));
          const file = part(
            'application/pgp-keys',
            body,
            'Content-Transfer-Encoding: base64',
            'Content-Disposition: attachment; filename="lead.gpg"',
          );
          return mailOf(scene, multipart('mixed', [text('My new key.'), file], 'c'));
        }),
      ],
      ['inline in a text', introduced(async (scene, key) => mailOf(scene, text(`My new key:\n\n${key.certificate.armored}`)))],
      ['by Autocrypt', introduced(async (scene, key) => mailOf(scene, text('Hello.'), { fields: [await autocrypt(people.lead, key)] }))],
      [
        'by Autocrypt with gossip',
        introduced(async (scene, key) =>
          mailOf(scene, text('Hello.'), { fields: [(await autocrypt(people.lead, key)).replace('Autocrypt:', 'Autocrypt-Gossip:')] }),
        ),
      ],
      [
        'signed by itself',
        introduced(async (scene, key) =>
          mailOf(scene, await signed(scene, multipart('mixed', [text('My new key.'), keyPart(key.certificate.armored)], 'd'), key)),
        ),
      ],
      [
        'sealed to the team and signed by itself',
        introduced(async (scene, key) =>
          mailOf(scene, await encrypted(scene, multipart('mixed', [text('My new key.'), keyPart(key.certificate.armored)], 'e'), key)),
        ),
      ],
      [
        'clearsigned by itself',
        introduced(async (scene, key) => mailOf(scene, text(await clearsigned(scene, `/key\n${key.certificate.armored}`, key)))),
      ],
      [
        'with a command that asks to take it',
        introduced(async (scene, key) =>
          mailOf(scene, multipart('mixed', [text(scene.bound('/key new\n/key')), keyPart(key.certificate.armored)], 'f')),
        ),
      ],
      [
        'beside a part that the lead signed',
        introduced(async (scene, key) =>
          mailOf(
            scene,
            multipart('mixed', [await signed(scene, text(scene.bound(`fine, ${scene.serial()}`))), keyPart(key.certificate.armored)], 'g'),
          ),
        ),
      ],
      [
        'beside a signed part, after a command of the lead for another matter',
        introduced(async (scene, key) =>
          mailOf(scene, multipart('mixed', [await signed(scene, text('/help')), keyPart(key.certificate.armored)], 'h'), { to: team }),
        ),
      ],
      [
        'to the team’s desk',
        introduced(async (scene, key) =>
          mailOf(scene, multipart('mixed', [text('My new key.'), keyPart(key.certificate.armored)], 'i'), {
            to: 'security+team@example.org',
          }),
        ),
      ],
      [
        'in a distributor’s name to the list’s desk',
        introduced(
          async (scene, key) =>
            mailOf(scene, multipart('mixed', [text('Our new key.'), keyPart(key.certificate.armored)], 'j'), {
              from: people.acme,
              to: 'security+list@example.org',
            }),
          people.acme,
        ),
      ],
      [
        'in the team’s own name',
        introduced(
          async (scene, key) =>
            mailOf(scene, multipart('mixed', [text('Our new key.'), keyPart(key.certificate.armored)], 'k'), { from: team, to: team }),
          people.lead,
        ),
      ],
      [
        'inside an attached mail',
        introduced(async (scene, key) => {
          const inner = mailOf(scene, multipart('mixed', [text('My new key.'), keyPart(key.certificate.armored)], 'l'));
          return mailOf(scene, multipart('mixed', [text('fwd'), `Content-Type: message/rfc822\r\n\r\n${inner.toString('latin1')}`], 'm'));
        }),
      ],
      [
        'two certificates that claim the same address',
        introduced(async (scene, key) =>
          mailOf(
            scene,
            multipart(
              'mixed',
              [text('Keys.'), keyPart(`${key.certificate.armored}\n${(await strangersKey({ email: people.lead })).certificate.armored}`)],
              'n',
            ),
          ),
        ),
      ],
      [
        'the lead’s certificate with a stranger’s user id',
        introduced(async (scene) =>
          mailOf(scene, multipart('mixed', [text('Update.'), keyPart(await grafted((list) => list.slice(1, 3)))], 'o')),
        ),
      ],
      [
        'the lead’s certificate with a stranger’s subkey',
        introduced(async (scene) =>
          mailOf(scene, multipart('mixed', [text('Update.'), keyPart(await grafted((list) => list.slice(3)))], 'p')),
        ),
      ],
      [
        'the lead’s certificate with a stranger’s primary as subkey',
        introduced(async (scene) => {
          const key = await thief();
          const subkey = new openpgp.PublicSubkeyPacket();
          await subkey.read(key.certificate.key.keyPacket.write());
          const update = await grafted((list) => [subkey, ...list.slice(-1)]);
          return mailOf(scene, multipart('mixed', [text('Update.'), keyPart(update)], 'q'));
        }),
      ],
      [
        'a revocation of the lead’s key by somebody else',
        introduced(async (scene) => {
          const lead = (await keyOf(people.lead)).certificate.key;
          const revoked = await openpgp.revokeKey({ key: (await thief()).key, date: scene.now(), format: 'object' });
          const list = new openpgp.PacketList<openpgp.AnyPacket>();
          list.push(lead.keyPacket, ...revoked.publicKey.revocationSignatures, ...lead.toPacketList().slice(1));
          return mailOf(
            scene,
            multipart('mixed', [text('Revoked.'), keyPart(armor('PGP PUBLIC KEY BLOCK', Buffer.from(list.write())))], 'r'),
          );
        }),
      ],
      [
        'a private key',
        introduced(async (scene, key) => mailOf(scene, multipart('mixed', [text('My key.'), keyPart(key.key.armor())], 's'))),
      ],
    ]),
    ...sealedTo,
  ],
  honest: mails([
    [
      'a signed command with an Autocrypt field of a stranger’s key',
      async (scene) => mailOf(scene, await signed(scene, text(scene.honest())), { fields: [await autocrypt(people.lead, await thief())] }),
    ],
    [
      'a signed command with the writer’s own certificate attached',
      async (scene) => {
        const { certificate } = await keyOf(people.lead);
        return mailOf(scene, await signed(scene, multipart('mixed', [text(scene.honest()), keyPart(certificate.armored)], 'ho')));
      },
    ],
  ]),
};
