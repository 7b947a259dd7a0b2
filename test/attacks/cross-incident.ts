// Attack: cross-incident replay. A command that a member signed for one incident is sent, before it came, to another one.
import { type Attack, mails } from '#test/attacks/attack.ts';
import {
  attachment,
  ciphertext,
  clearsigned,
  encrypted,
  encryptedPart,
  mailOf,
  multipart,
  part,
  signed,
  text,
} from '#test/attacks/mime.ts';
import { byNames, citesHere, protectedText } from '#test/attacks/named-incidents.ts';
import type { Scene } from '#test/attacks/scene.ts';
import { people, team } from '#test/town.ts';

/** Signed for the incident it names, sent to the other one. */
const aimed =
  (
    fields: (scene: Scene) => readonly string[],
    to: (scene: Scene) => string = ({ other }) => other.address,
    subject?: (scene: Scene) => string,
  ) =>
  async (scene: Scene) =>
    mailOf(scene, await signed(scene, text(scene.bound(scene.evil()))), {
      to: to(scene),
      fields: fields(scene),
      ...(subject && { subject: subject(scene) }),
    });
/** Signed without any incident, sent to the other one with these fields and parts outside the signature. */
const unbound =
  (
    fields: (scene: Scene) => readonly string[],
    subject?: (scene: Scene) => string,
    to: (scene: Scene) => string = ({ other }) => other.address,
  ) =>
  async (scene: Scene) =>
    mailOf(scene, await signed(scene, text(scene.evil())), {
      to: to(scene),
      fields: fields(scene),
      ...(subject && { subject: subject(scene) }),
    });
const none = () => [];
const cites = ({ other }: Scene) => [`In-Reply-To: <${other.letter.messageId}>`];
export const crossIncident: Attack = {
  id: 'cross-incident',
  name: 'Cross-incident replay',
  what: 'a command signed for one incident sent to another by address, citation or subject; ids and references outside the signature, in quotes and in encryption that nobody signed',
  mails: [
    ...mails([
      ['by the address token', aimed(none)],
      ['by the address token and In-Reply-To', aimed(cites)],
      ['by In-Reply-To', aimed(cites, () => team)],
      [
        'by References',
        aimed(
          ({ other }) => [`References: <x@example.net> <${other.letter.messageId}>`],
          () => team,
        ),
      ],
      ['by the token of the reporter’s letter', aimed(none, ({ other }) => other.acknowledgement.replyTo)],
      [
        'by the token in Cc',
        aimed(
          ({ other }) => [`Cc: ${other.address}`],
          () => people.second,
        ),
      ],
      [
        'by the token in Delivered-To',
        aimed(
          ({ other }) => [`Delivered-To: ${other.address}`],
          () => people.second,
        ),
      ],
      [
        'by tokens of both',
        aimed(
          ({ here }) => [`Cc: ${here.address}`],
          ({ other }) => other.address,
        ),
      ],
      [
        'by citations of both',
        aimed(
          (scene) => [`References: <${scene.here.letter.messageId}> <${scene.other.letter.messageId}>`],
          () => team,
        ),
      ],
      [
        'by a subject that names the other, to both',
        aimed(
          none,
          ({ other }) => other.address,
          ({ other }) => `Re: [${other.id}] ...`,
        ),
      ],
      ['nothing in the signed text, the other’s token', unbound(none)],
      ['nothing in the signed text, the other’s citation', unbound(cites, undefined, () => team)],
      [
        'nothing in the signed text, the other in the subject',
        unbound(
          none,
          ({ other }) => `[${other.id}] decline`,
          () => team,
        ),
      ],
      ['nothing in the signed text, the other in the subject and the token', unbound(cites, ({ other }) => `Re: [${other.id}] ...`)],
      [
        'the id in an unsigned part',
        async (scene) =>
          mailOf(scene, multipart('mixed', [text(`About ${scene.other.id}:`), await signed(scene, text(scene.evil()))], 'u'), {
            to: scene.other.address,
          }),
      ],
      [
        'the id in unsigned text around a block',
        async (scene) =>
          mailOf(scene, text(`About ${scene.other.id}:\n\n${await clearsigned(scene, scene.evil())}`), { to: scene.other.address }),
      ],
      [
        'the id in the name of an attachment',
        async (scene) =>
          mailOf(
            scene,
            await signed(
              scene,
              multipart('mixed', [text(scene.evil()), attachment(`${scene.other.id}.txt`, 'text/plain', scene.other.id)], 'n'),
            ),
            { to: scene.other.address },
          ),
      ],
      [
        'the id in an HTML version',
        async (scene) =>
          mailOf(
            scene,
            await signed(scene, multipart('alternative', [text(scene.evil()), part('text/html', `<p>${scene.other.id}</p>`)], 'h')),
            { to: scene.other.address },
          ),
      ],
      [
        'an id that only begins like the other’s',
        async (scene) =>
          mailOf(scene, await signed(scene, text(`About ${scene.other.id}X and ${scene.other.id.slice(0, -1)}:\n\n${scene.evil()}`)), {
            to: scene.other.address,
          }),
      ],
      [
        'protected fields of another part than the signed one',
        async (scene) => {
          const frame = multipart('mixed', [await signed(scene, text(scene.evil()))], 'f', '; hp="clear"');
          return mailOf(scene, frame.replace('\r\n\r\n', `\r\n${cites(scene).join('\r\n')}\r\n\r\n`), { to: scene.other.address });
        },
      ],
      [
        'protected fields of a deeper part',
        async (scene) => {
          const deep = protectedText('x', cites(scene));
          return mailOf(scene, await signed(scene, multipart('mixed', [text(scene.evil()), deep], 'd')), { to: scene.other.address });
        },
      ],
      [
        'fields of the signed part that no mark protects',
        async (scene) => mailOf(scene, await signed(scene, part('text/plain', scene.evil(), ...cites(scene))), { to: scene.other.address }),
      ],
      [
        'protected fields in encryption that nobody signed, around a signed block',
        async (scene) => {
          const block = await clearsigned(scene, scene.bound(scene.evil()));
          return mailOf(scene, encryptedPart(await ciphertext(scene, protectedText(block, cites(scene), 'hp="cipher"'))), {
            to: scene.other.address,
          });
        },
      ],
      [
        'a protected subject in encryption that nobody signed, around a signed block',
        async (scene) => {
          const block = await clearsigned(scene, scene.evil());
          return mailOf(
            scene,
            encryptedPart(await ciphertext(scene, protectedText(block, [`Subject: [${scene.other.id}] x`], 'hp="cipher"'))),
            { to: scene.other.address },
          );
        },
      ],
      [
        'protected fields in encryption that nobody signed, around a signed part',
        async (scene) => {
          const frame = multipart('mixed', [await signed(scene, text(scene.bound(scene.evil()))), text('bye')], 'g', '; hp="cipher"');
          return mailOf(scene, await encrypted(scene, frame.replace('\r\n\r\n', `\r\n${cites(scene).join('\r\n')}\r\n\r\n`)), {
            to: scene.other.address,
          });
        },
      ],
      [
        'a signed mail of one reporter’s case under the letter to the other',
        async (scene) =>
          mailOf(scene, await signed(scene, text(scene.bound(scene.evil()))), {
            to: scene.other.address,
            fields: [`References: <${scene.other.acknowledgement.messageId}>`],
          }),
      ],
      [
        'protected fields that cite a mail of the attacker',
        async (scene) => {
          const made = `mine-${scene.serial()}@example.com`;
          const first = mailOf(scene, text('one more thing'), {
            from: people.reporter,
            to: scene.other.acknowledgement.replyTo,
            without: [],
          });
          await scene.arrives(Buffer.from(first.toString('latin1').replace(/^Message-ID: .*$/m, `Message-ID: <${made}>`), 'latin1'));
          await scene.leaves();
          return mailOf(scene, await signed(scene, protectedText(scene.evil(), [`In-Reply-To: <${made}>`])), { to: scene.other.address });
        },
      ],
    ]),
    ...byNames,
  ],
  honest: mails([
    [
      'a command whose signed text names its incident',
      async (scene) => mailOf(scene, await signed(scene, text(scene.honest())), { to: scene.here.address }),
    ],
    [
      'a command whose protected fields cite a letter of its incident',
      async (scene) =>
        mailOf(scene, await signed(scene, protectedText(scene.honest().split('\n').slice(2).join('\n'), citesHere(scene))), {
          to: scene.here.address,
        }),
    ],
    [
      'a command whose protected subject names its incident',
      async (scene) =>
        mailOf(
          scene,
          await signed(scene, protectedText(scene.honest().split('\n').slice(2).join('\n'), [`Subject: Re: [${scene.here.id}] ...`])),
        ),
    ],
    [
      'a command below a quote that names its incident and no other',
      async (scene) =>
        mailOf(scene, await signed(scene, text(`> about ${scene.here.id}\n\n${scene.honest().split('\n').slice(2).join('\n')}`))),
    ],
    [
      'a command for the first of two incidents in its words',
      async (scene) => mailOf(scene, await signed(scene, text(`${scene.honest()}\n\nIt is like ${scene.other.id}.`))),
    ],
    [
      'a command in a signed and encrypted mail with protected fields',
      async (scene) =>
        scene.onTheWire('lead', {
          answers: scene.here.letter,
          text: scene.honest().split('\n').slice(2).join('\n'),
          signed: true,
          encrypted: true,
        }),
    ],
  ]),
};
