// Cross-incident attacks by names: two incidents stand in the signed bytes, and one of them is only quoted or spoken of.
import type { AttackMail } from '#test/attacks/attack.ts';
import { mailOf, multipart, part, signed, text } from '#test/attacks/mime.ts';
import type { Scene } from '#test/attacks/scene.ts';

/** An entity with protected header fields (RFC 9788, or the older draft). */
export const protectedText = (body: string, fields: readonly string[], mark = 'hp="clear"') =>
  part(`text/plain; charset=utf-8; ${mark}`, body, ...fields);
/** A protected field that cites a letter of the incident aimed from. */
export const citesHere = ({ here }: Scene) => [`In-Reply-To: <${here.letter.messageId}>`];

const quoted = ({ other }: Scene) => `> Is it the same as ${other.id}?\n> I think so.\n`;

/** The incident aimed at is named by what a member quotes, or only spoken of; the signed bytes mean the other one. */
export const byNames: readonly AttackMail[] = [
  {
    name: 'the other id stands in what the member quotes',
    build: async (scene) =>
      mailOf(scene, await signed(scene, text(`About ${scene.here.id}:\n\n${quoted(scene)}\n${scene.evil()}`)), { to: scene.other.address }),
  },
  {
    name: 'the protected fields cite one incident, the quote names the other',
    build: async (scene) =>
      mailOf(scene, await signed(scene, protectedText(`${quoted(scene)}\n${scene.evil()}`, citesHere(scene))), { to: scene.other.address }),
  },
  {
    name: 'the protected subject names one incident, the quote the other',
    build: async (scene) =>
      mailOf(scene, await signed(scene, protectedText(`${quoted(scene)}\n${scene.evil()}`, [`Subject: Re: [${scene.here.id}] ...`])), {
        to: scene.other.address,
      }),
  },
  {
    name: 'the other is only spoken of in the signed words',
    build: async (scene) =>
      mailOf(scene, await signed(scene, text(`${scene.here.id}: the same cause as ${scene.other.id}.\n\n${scene.evil()}`)), {
        to: scene.other.address,
      }),
  },
  {
    name: 'the protected subject names one incident, the signed words the other',
    build: async (scene) =>
      mailOf(
        scene,
        await signed(scene, protectedText(`It is like ${scene.other.id}.\n\n${scene.evil()}`, [`Subject: Re: [${scene.here.id}] ...`])),
        { to: scene.other.address },
      ),
  },
  {
    name: 'a quote names both, nothing else names any',
    build: async (scene) =>
      mailOf(scene, await signed(scene, text(`> Is ${scene.here.id} the same as ${scene.other.id}?\n\n${scene.evil()}`)), {
        to: scene.other.address,
      }),
  },
  {
    name: 'a signed answer lies beside other words, in a mail that would open an incident',
    build: async (scene) =>
      mailOf(
        scene,
        multipart('mixed', [
          text('See below.'),
          await signed(scene, protectedText(`I looked at it once more.\n\n${scene.evil()}`, citesHere(scene))),
        ]),
        { to: scene.office.address, subject: 'something else' },
      ),
  },
  {
    name: 'a signed answer lies beside other words, in a mail to the other incident',
    build: async (scene) =>
      mailOf(
        scene,
        multipart('mixed', [
          text(scene.other.id),
          await signed(scene, protectedText(`I looked at it once more.\n\n${scene.evil()}`, citesHere(scene))),
        ]),
        { to: scene.other.address },
      ),
  },
];
