// Attack: wrapping. Words of a member, signed for another occasion, come in a frame that gives them another meaning.
import { type Attack, mails } from '#test/attacks/attack.ts';
import {
  attachedMail,
  attachment,
  clearsigned,
  detached,
  encrypted,
  html,
  latin,
  mailOf,
  multipart,
  part,
  signaturePart,
  signed,
  signedType,
  text,
} from '#test/attacks/mime.ts';
import type { Scene } from '#test/attacks/scene.ts';
import { people } from '#test/town.ts';

const crlf = (words: string) => words.replace(/\n/g, '\r\n');
/** Clearsigned words of the lead that command nothing. */
const idle = (scene: Scene) => clearsigned(scene, scene.bound(`I agree, ${scene.serial()}.`));
/** The signed bytes of a clearsigned block are those of an entity and the other way round; `asText` is how programs sign either. */
async function asBlock(scene: Scene, entity: string, asText: boolean): Promise<string> {
  const signature = await detached(scene, entity, people.lead, { asText });
  const lines = entity.replaceAll('\r\n', '\n').replace(/^-/gm, '- -');
  return `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n${lines}\n${signature.replaceAll('\r\n', '\n')}`;
}

/** A report as the lead forwards it, signed, to somebody else: the attacker wrote the attached mail and knows the incident's id. */
const forwardedReport = (scene: Scene) =>
  multipart(
    'mixed',
    [
      part('text/plain', `Please look at this, ${scene.serial()}.`),
      attachedMail(latin(`From: x@example.net\r\n\r\n${crlf(scene.bound(scene.evil()))}`)),
    ],
    'fw',
  );

export const wrapping: Attack = {
  id: 'wrapping',
  name: 'Wrapping',
  what: 'signed words of another occasion with clear text before, after or around them; a signed entity shown as text and signed text read as an entity',
  mails: mails([
    ['clear text before a clearsigned block', async (scene) => mailOf(scene, text(`${scene.bound(scene.evil())}\n\n${await idle(scene)}`))],
    [
      'clear text after a clearsigned block',
      async (scene) => mailOf(scene, text(`${await idle(scene)}\n\n${scene.bound(scene.evil())}\n`)),
    ],
    ['clear text right behind the end line', async (scene) => mailOf(scene, text(`${(await idle(scene)).trimEnd()}\n${scene.evil()}\n`))],
    [
      'clear text far behind the end line',
      async (scene) => mailOf(scene, text(`${(await idle(scene)).trimEnd()}${' '.repeat(120)}\n${scene.evil()}`)),
    ],
    [
      'clear text in front and a list footer behind',
      async (scene) => mailOf(scene, text(`${scene.evil()}\n${await idle(scene)}\n${'_'.repeat(30)}\nlist mailing list\n${scene.evil()}`)),
    ],
    [
      'a list footer part with a command',
      async (scene) =>
        mailOf(
          scene,
          multipart('mixed', [await signed(scene, text(scene.bound(`ok ${scene.serial()}`))), text(`-----\n${scene.evil()}`)], 'lf'),
        ),
    ],
    [
      'a clear HTML part that shows the block and a command',
      async (scene) =>
        mailOf(scene, multipart('mixed', [html(`<pre>${await idle(scene)}</pre><p>${scene.evil()}</p>`), text(await idle(scene))], 'hh')),
    ],
    [
      'a clearsigned block inside a quote, with a command below',
      async (scene) => mailOf(scene, text(`${(await idle(scene)).replace(/^/gm, '> ')}\n${scene.bound(scene.evil())}`)),
    ],
    [
      'a clearsigned block in an attached file, with a command in the text',
      async (scene) =>
        mailOf(scene, multipart('mixed', [text(scene.bound(scene.evil())), attachment('ok.asc', 'text/plain', await idle(scene))], 'at')),
    ],
    [
      'an entity signed elsewhere, shown as a clearsigned text: its attached mail would speak',
      async (scene) => mailOf(scene, text(await asBlock(scene, forwardedReport(scene), false))),
    ],
    ['the same signed as text', async (scene) => mailOf(scene, text(await asBlock(scene, forwardedReport(scene), true)))],
    [
      'an entity with a text file, signed elsewhere, shown as a clearsigned text',
      async (scene) => {
        const entity = multipart(
          'mixed',
          [part('text/plain', 'the log'), attachment('log.txt', 'text/plain', scene.bound(scene.evil()))],
          'fl',
        );
        return mailOf(scene, text(await asBlock(scene, entity, true)));
      },
    ],
    [
      'signed text read as an entity: the quoted header above the command would be eaten',
      async (scene) => {
        const quote = [
          'From: x@example.net',
          'Sent: Monday, March 2, 2026 9:15 AM',
          `To: ${people.lead}`,
          'Subject: y',
          '',
          scene.bound(scene.evil()),
        ];
        const entity = quote.join('\n').replace(/\n/g, '\r\n');
        const signature = await detached(scene, entity, people.lead, { asText: true });
        return mailOf(scene, multipart('signed', [entity, signaturePart(signature)], 'sg', signedType));
      },
    ],
    [
      'signed text read as an entity: its first words would be eaten',
      async (scene) => {
        const entity = `I would never write:\r\n\`\`\`\r\n\r\n${scene.bound(scene.evil()).replace(/\n/g, '\r\n')}\r\n\`\`\``;
        const signature = await detached(scene, entity, people.lead, { asText: true });
        return mailOf(scene, multipart('signed', [entity, signaturePart(signature)], 'sh', signedType));
      },
    ],
    [
      'a signed mail inside a clear forward',
      async (scene) =>
        mailOf(
          scene,
          text(
            `---------- Forwarded message ---------\nFrom: lead <${people.lead}>\nDate: Mon, 2 Mar 2026\nSubject: x\nTo: y\n\n${scene.evil()}\n\n${await idle(scene)}`,
          ),
        ),
    ],
    [
      'an encrypted frame around clear words and a block',
      async (scene) => mailOf(scene, await encrypted(scene, text(`${scene.evil()}\n\n${await idle(scene)}`))),
    ],
    [
      'a stranger signs around a block of the lead',
      async (scene) =>
        mailOf(scene, await signed(scene, text(`${scene.bound(scene.evil())}\n\n${await idle(scene)}`), 'stranger@example.com')),
    ],
  ]),
  honest: mails([
    [
      'a clearsigned command with a list footer below',
      async (scene) => mailOf(scene, text(`${await clearsigned(scene, scene.honest())}\n${'_'.repeat(30)}\nlist mailing list\n`)),
    ],
    ['a clearsigned command', async (scene) => mailOf(scene, text(await clearsigned(scene, scene.honest())))],
    [
      'a signed entity with an attached mail',
      async (scene) => {
        const attached = attachedMail(latin(`From: x@example.net\r\n\r\n${scene.evil()}`));
        return mailOf(scene, await signed(scene, multipart('mixed', [text(scene.honest()), attached], 'hf')));
      },
    ],
    ['a command signed as text', async (scene) => mailOf(scene, await signed(scene, text(scene.honest()), people.lead, { asText: true }))],
  ]),
};
