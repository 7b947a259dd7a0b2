// Attack: partial signing. Inside or beside a clearsigned block stands something that the signature does not mean.
import * as openpgp from 'openpgp';
import { type Attack, mails } from '#test/attacks/attack.ts';
import { ciphertext, clearsigned, mailOf, message, multipart, packets, signed, text, utf8 } from '#test/attacks/mime.ts';
import type { Scene } from '#test/attacks/scene.ts';
import { keyOf, people } from '#test/town.ts';

/** A block of the lead that is changed on its way. */
const changed = async (scene: Scene, change: (block: string, evil: string) => string, words?: string) =>
  mailOf(scene, text(change(await clearsigned(scene, words ?? scene.bound(`I agree, ${scene.serial()}.`)), scene.evil())));

/** RFC 9580 §7; "Johnny, you are fired!", classes G1 and G2. */
export const partialSigning: Attack = {
  id: 'partial-signing',
  name: 'Partial signing',
  what: 'words among armor headers, dash escapes that are lost, several blocks of several people, line ends and blanks that are read in two ways',
  mails: mails([
    ['a command among the armor headers', (scene) => changed(scene, (block, evil) => block.replace('\n\n', `\nComment: x\n${evil}\n\n`))],
    ['a command as the value of a Hash header', (scene) => changed(scene, (block, evil) => block.replace(/Hash: .*/, `Hash: ${evil}`))],
    ['a command between two Hash headers', (scene) => changed(scene, (block, evil) => block.replace(/(Hash: .*)/, `$1\n${evil}\n$1`))],
    ['no Hash header and a command in its place', (scene) => changed(scene, (block, evil) => block.replace(/Hash: .*/, evil))],
    ['a header that ends in a line of blanks', (scene) => changed(scene, (block, evil) => block.replace('\n\n', `\n \n${evil}\n\n`))],
    ['a header that ends in a line with a tab', (scene) => changed(scene, (block, evil) => block.replace('\n\n', `\n\t\n${evil}\n\n`))],
    ['a header that ends in a vertical tab', (scene) => changed(scene, (block, evil) => block.replace('\n\n', `\n\v\n${evil}\n\n`))],
    [
      'another hash than was used',
      (scene) => changed(scene, (block) => block.replace(/Hash: .*/, 'Hash: SHA1'), scene.bound(`/reply EVILWORD ${scene.serial()}`)),
    ],
    ['a line added', (scene) => changed(scene, (block, evil) => block.replace('I agree', `${evil}\nI agree`))],
    ['a line added as an unescaped dash', (scene) => changed(scene, (block, evil) => block.replace('I agree', `-${evil}\nI agree`))],
    ['a line added behind a dash escape', (scene) => changed(scene, (block, evil) => block.replace('I agree', `- ${evil}\nI agree`))],
    [
      'text between the words and the signature',
      (scene) => changed(scene, (block, evil) => block.replace('\n-----BEGIN PGP SIGNATURE', `\n${evil}\n-----BEGIN PGP SIGNATURE`)),
    ],
    [
      'text among the headers of the signature',
      (scene) => changed(scene, (block, evil) => block.replace(/(BEGIN PGP SIGNATURE-----\n)/, `$1Comment: ${evil}\n${evil}\n`)),
    ],
    [
      'text behind the signature’s end, before another end',
      (scene) => changed(scene, (block, evil) => `${block}${evil}\n-----END PGP SIGNATURE-----\n`),
    ],
    [
      'two signatures in a row, text between',
      (scene) => changed(scene, (block, evil) => `${block}${evil}\n${block.slice(block.indexOf('-----BEGIN PGP SIGNATURE'))}`),
    ],
    [
      'a second begin line inside',
      (scene) =>
        changed(scene, (block, evil) => block.replace('I agree', `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n${evil}\nI agree`)),
    ],
    [
      'a begin line with words behind many blanks',
      (scene) => changed(scene, (block, evil) => block.replace('MESSAGE-----\n', `MESSAGE-----${' '.repeat(90)}${evil}\n`)),
    ],
    [
      'a carriage return alone in the added words',
      (scene) => changed(scene, (block, evil) => block.replace('I agree', `\r${evil}\rI agree`)),
    ],
    [
      'blocks of two people: the other one’s is not the first one’s',
      async (scene) =>
        mailOf(
          scene,
          text(
            `${await clearsigned(scene, scene.bound(`Fine, ${scene.serial()}.`))}\n${await clearsigned(scene, scene.bound(scene.evil()), people.acme)}`,
          ),
        ),
    ],
    [
      'a stranger’s block behind the lead’s',
      async (scene) =>
        mailOf(
          scene,
          text(
            `${await clearsigned(scene, scene.bound(`Fine, ${scene.serial()}.`))}\n${await clearsigned(scene, scene.bound(scene.evil()), 'stranger@example.com')}`,
          ),
        ),
    ],
    [
      'a stranger’s block before the lead’s',
      async (scene) =>
        mailOf(
          scene,
          text(
            `${await clearsigned(scene, scene.bound(scene.evil()), 'stranger@example.com')}\n${await clearsigned(scene, scene.bound(`Fine, ${scene.serial()}.`))}`,
          ),
        ),
    ],
    [
      'one block signed by the lead and a stranger',
      async (scene) => {
        const words = scene.bound(scene.evil());
        const cleartext = await openpgp.createCleartextMessage({ text: words });
        const both = await openpgp.sign({
          message: cleartext,
          signingKeys: [(await keyOf('stranger@example.com')).key],
          date: scene.now(),
        });
        const lead = packets((await clearsigned(scene, scene.bound('other words'))).replace(/^[\s\S]*(?=-----BEGIN PGP SIGNATURE)/, ''));
        const stranger = packets(both.replace(/^[\s\S]*(?=-----BEGIN PGP SIGNATURE)/, ''));
        const armored = message(Buffer.concat([stranger, lead])).replaceAll('PGP MESSAGE', 'PGP SIGNATURE');
        return mailOf(scene, text(`-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n${words}\n${armored}`));
      },
    ],
    [
      'a signed message block with unsigned text around',
      async (scene) => {
        const signedOnly = await openpgp.sign({
          message: await openpgp.createMessage({ text: `fine ${scene.serial()}` }),
          signingKeys: (await keyOf(people.lead)).key,
          date: scene.now(),
        });
        return mailOf(scene, text(`${scene.bound(scene.evil())}\n\n${String(signedOnly)}`));
      },
    ],
    [
      'an encrypted block with a block of the lead and a command in it',
      async (scene) =>
        mailOf(
          scene,
          text(await ciphertext(scene, `${scene.evil()}\n${await clearsigned(scene, scene.bound(`Fine, ${scene.serial()}.`))}`)),
        ),
    ],
    [
      'two encrypted blocks, one of the lead',
      async (scene) =>
        mailOf(
          scene,
          text(
            `${await ciphertext(scene, `Fine, ${scene.serial()}`, { by: people.lead })}\n${await ciphertext(scene, scene.bound(scene.evil()))}`,
          ),
        ),
    ],
    [
      'a label that reads the signed words in UTF-7',
      async (scene) => mailOf(scene, text(await clearsigned(scene, scene.bound(`+AC8-reply EVILWORD ${scene.serial()}`)), 'utf-7')),
    ],
    [
      'a label that reads the signed words in ISO-2022-JP',
      async (scene) => mailOf(scene, text(await clearsigned(scene, scene.bound(scene.evil())), 'iso-2022-jp')),
    ],
    [
      'an armor header that names a charset',
      async (scene) => {
        const armored = message(packets(await ciphertext(scene, scene.bound(scene.evil())))).replace(
          '-----\r\n',
          '-----\r\nCharset: utf-7\r\n',
        );
        return mailOf(scene, text(armored));
      },
    ],
    [
      'a line separator of Unicode in added words',
      (scene) => changed(scene, (block, evil) => block.replace('I agree', utf8(`I agree\u2028${evil}`))),
    ],
    [
      'a block in which a flowed label joins lines',
      async (scene) => {
        const block = await clearsigned(scene, scene.bound(`fine ${scene.serial()}`));
        return flowed(scene, `${block}\n${scene.evil()}`);
      },
    ],
    [
      'a multipart/signed and a clearsigned block that do not belong together',
      async (scene) =>
        mailOf(
          scene,
          multipart(
            'mixed',
            [
              await signed(scene, text(scene.bound(`Fine, ${scene.serial()}.`))),
              text(await clearsigned(scene, scene.bound(scene.evil()), people.acme)),
            ],
            'ms',
          ),
        ),
    ],
  ]),
  honest: mails([
    [
      'a clearsigned command with lines that begin with dashes',
      async (scene) => mailOf(scene, text(await clearsigned(scene, `-dash\n- list\n${scene.honest()}`))),
    ],
    [
      'a clearsigned command with blanks at line ends',
      async (scene) => mailOf(scene, text(await clearsigned(scene, `${scene.honest()}  \n\nbye\t`))),
    ],
    ['an encrypted and signed block', async (scene) => mailOf(scene, text(await ciphertext(scene, scene.honest(), { by: people.lead })))],
    [
      'a clearsigned command with letters beyond ASCII',
      async (scene) => mailOf(scene, text(utf8(await clearsigned(scene, `Grüße.\n${scene.honest()}`)))),
    ],
  ]),
};

function flowed(scene: Scene, body: string): Buffer {
  return mailOf(scene, text(body).replace('charset=utf-8', 'charset=utf-8; format=flowed'));
}
