// Attack: replay. A command that was obeyed comes again, in the same bytes or in any other frame that leaves its signature good.
import * as openpgp from 'openpgp';
import { armor } from '#pgp/armor.ts';
import { type Attack, mails } from '#test/attacks/attack.ts';
import {
  attachedMail,
  base64,
  ciphertext,
  clearsigned,
  detached,
  encrypted,
  encryptedPart,
  latin,
  mailOf,
  message,
  multipart,
  packets,
  part,
  signaturePart,
  signed,
  signedType,
  text,
} from '#test/attacks/mime.ts';
import type { Scene } from '#test/attacks/scene.ts';
import { people } from '#test/town.ts';

/** The mail comes and is obeyed; the attacker has its bytes. */
async function obeyed(scene: Scene, mail: Buffer): Promise<Buffer> {
  const taken = await scene.arrives(mail);
  await scene.leaves();
  if (!taken.transcript.some(({ outcome }) => outcome === 'done'))
    throw new Error(`not obeyed the first time: ${taken.by?.doubt ?? taken.kind}`);
  return mail;
}

const again = (change: (whole: string, scene: Scene) => string | Promise<string>) => async (scene: Scene) => {
  const whole = await signed(scene, text(scene.honest()), people.lead, { boundary: 'r' });
  await obeyed(scene, mailOf(scene, whole));
  return mailOf(scene, await change(whole, scene));
};
/** The same for a clearsigned block; `words` may end in blanks, which are not signed. */
const inline = (change: (block: string, scene: Scene) => string | Promise<string>) => async (scene: Scene) => {
  const block = await clearsigned(scene, `${scene.honest()}\n\nGood bye.`);
  await obeyed(scene, mailOf(scene, text(block)));
  return mailOf(scene, await change(block, scene));
};
/** A detached signature and what it signs, sent once as multipart/signed. */
const parts =
  (change: (body: string, signature: string, scene: Scene) => string | Promise<string>, asText = false) =>
  async (scene: Scene) => {
    const body = text(scene.honest());
    const signature = await detached(scene, body, people.lead, { asText });
    const whole = (one: string, two: string) => multipart('signed', [one, two], `p${scene.serial()}`, signedType);
    await obeyed(scene, mailOf(scene, whole(body, signaturePart(signature))));
    return mailOf(scene, await change(body, signature, scene));
  };
const whole = (scene: Scene, body: string, signature: string) =>
  multipart('signed', [body, signaturePart(signature)], `w${scene.serial()}`, signedType);
const envelope = (change: (mail: string, scene: Scene) => string) => async (scene: Scene) => {
  const mail = await obeyed(scene, mailOf(scene, await signed(scene, text(scene.honest()))));
  return latin(change(mail.toString('latin1'), scene));
};

/** The signature of a clearsigned block, as an armored block of its own, and the words it signs. */
function torn(block: string): { words: string; signature: string } {
  const at = block.indexOf('-----BEGIN PGP SIGNATURE-----');
  return { words: block.slice(block.indexOf('\n\n') + 2, at).replace(/\n$/, ''), signature: block.slice(at) };
}

/** A signed message: signature and literal in one (RFC 9580 §10.3), of a detached signature and its words. */
function joined(words: string, signature: string): string {
  const body = latin(words);
  const literal = Buffer.concat([Buffer.from([0xcb, 0xff]), Buffer.alloc(4), latin('b\0\0\0\0\0'), body]);
  literal.writeUInt32BE(body.length + 6, 2);
  return message(Buffer.concat([packets(signature), literal]));
}

async function annotated(signature: string): Promise<string> {
  const { packets: list } = await openpgp.readSignature({ armoredSignature: signature });
  for (const packet of list) packet.unhashedSubpackets.push({ type: 100, critical: false, body: new Uint8Array([1, 2, 3]) });
  return armor('PGP SIGNATURE', Buffer.from(list.write()));
}

export const replay: Attack = {
  id: 'replay',
  name: 'Replay',
  what: 'the same bytes, the same signature in other mails, other frames, other framing, inline made of MIME and the other way round',
  mails: mails([
    ['the same bytes', envelope((mail) => mail)],
    [
      'another Message-ID',
      envelope((mail, scene) => mail.replace(/^Message-ID: .*$/m, `Message-ID: <again-${scene.serial()}@example.net>`)),
    ],
    [
      'another date and subject',
      envelope((mail) => mail.replace(/^Date: .*$/m, 'Date: Mon, 2 Mar 2026 10:00:00 +0000').replace(/^Subject: .*$/m, 'Subject: urgent')),
    ],
    ['another sender', envelope((mail) => mail.replace(/^From: .*$/m, 'From: stranger@example.com'))],
    ['a distributor as the sender', envelope((mail) => mail.replace(/^From: .*$/m, `From: ${people.acme}`))],
    ['another member as the sender', envelope((mail) => mail.replace(/^From: .*$/m, `From: ${people.second}`))],
    [
      'to the plain address',
      envelope((mail) =>
        mail.replace(/^To: .*$/m, 'To: security@example.org').replace(/^Message-ID: .*$/m, 'Message-ID: <plain@example.net>'),
      ),
    ],
    [
      'trace fields on top',
      envelope((mail) => `Received: from x by y; Mon, 2 Mar 2026 09:00:00 +0000\r\nDelivered-To: security@example.org\r\n${mail}`),
    ],
    ['LF for CRLF', envelope((mail) => mail.replaceAll('\r\n', '\n').replace(/^Message-ID: .*$/m, 'Message-ID: <lf@example.net>'))],
    ['another boundary', again((one) => one.replaceAll('"r"', '"zz"').replaceAll('--r', '--zz'))],
    ['a preamble and an epilogue', again((one) => `${one.replace('\r\n\r\n', '\r\n\r\npreamble\r\n')}\r\nepilogue\r\n`)],
    ['inside a multipart/mixed', again((one) => multipart('mixed', [one], 'm'))],
    ['inside a multipart/mixed with a footer', again((one) => multipart('mixed', [one, text('_____\nfooter')], 'm'))],
    ['inside a multipart/alternative', again((one) => multipart('alternative', [text('x'), one], 'm'))],
    ['inside an attached mail', again((one, scene) => attachedMail(mailOf(scene, one)))],
    ['inside an encrypted mail', again((one, scene) => encrypted(scene, one))],
    ['inside an encrypted mail that a stranger signed', again((one, scene) => encrypted(scene, one, 'stranger@example.com'))],
    ['inside a mail that a stranger signed', again((one, scene) => signed(scene, one, 'stranger@example.com'))],
    [
      'with another unhashed part of the signature',
      parts(async (body, signature, scene) => whole(scene, body, await annotated(signature))),
    ],
    ['with the signature twice', parts((body, signature, scene) => whole(scene, body, `${signature}\r\n${signature}`))],
    [
      'with a comment in the armor',
      parts((body, signature, scene) => whole(scene, body, signature.replace('-----\n', '-----\nComment: again\n'))),
    ],
    [
      'with a binary signature in base64',
      parts((body, signature) => {
        const binary = part(
          'application/pgp-signature',
          base64(packets(signature).toString('latin1')),
          'Content-Transfer-Encoding: base64',
        );
        return multipart('signed', [body, binary], 'bs', signedType);
      }),
    ],
    ['with LF inside the signed part', parts((body, signature, scene) => whole(scene, body.replaceAll('\r\n', '\n'), signature))],
    ['signed as text, with LF inside', parts((body, signature, scene) => whole(scene, body.replaceAll('\r\n', '\n'), signature), true)],
    [
      'MIME made inline',
      parts(
        (body, signature) => text(`-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n${body.replaceAll('\r\n', '\n')}\n${signature}`),
        true,
      ),
    ],
    ['MIME made a signed message', parts((body, signature) => encryptedPart(joined(body, signature)))],
    ['MIME made an inline signed message', parts((body, signature) => text(joined(body, signature)))],
    [
      'MIME made a signed message, encrypted',
      parts(async (body, signature, scene) => text(await ciphertext(scene, joined(body, signature)))),
    ],
    ['a clearsigned block in another text', inline((block) => text(`Look:\n\n${block}\nbye`))],
    ['a clearsigned block with blanks at its line ends', inline((block) => text(block.replace('Good bye.', 'Good bye.   \t')))],
    ['a clearsigned block in CRLF', inline((block) => text(block.replaceAll('\n', '\r\n')))],
    ['a clearsigned block with needless dash escapes', inline((block) => text(block.replace('Good bye.', '- Good bye.')))],
    ['a clearsigned block twice', inline((block) => text(`${block}\n${block}`))],
    ['a clearsigned block, encrypted', inline(async (block, scene) => text(await ciphertext(scene, block)))],
    ['inline made MIME', inline((block, scene) => whole(scene, torn(block).words.replace(/\n/g, '\r\n'), torn(block).signature))],
    ['inline made a signed message', inline((block) => text(joined(torn(block).words.replace(/\n/g, '\r\n'), torn(block).signature)))],
  ]),
  honest: mails([
    [
      'the same words signed once more, a second later',
      async (scene) => {
        const words = scene.honest();
        const at = new Date(scene.now().getTime() - 1000);
        await obeyed(scene, mailOf(scene, await signed(scene, text(words), people.lead, { at })));
        return mailOf(scene, await signed(scene, text(words)));
      },
    ],
    [
      'the same words signed by another member',
      async (scene) => {
        const words = scene.honest();
        await obeyed(scene, mailOf(scene, await signed(scene, text(words))));
        return mailOf(scene, await signed(scene, text(words), people.second), { from: people.second });
      },
    ],
  ]),
};
