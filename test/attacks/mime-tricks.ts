// Attack: signature spoofing by MIME tricks. A good signature of a member stands somewhere in the mail, the command stands elsewhere.
import { type Attack, mails } from '#test/attacks/attack.ts';
import {
  attachedMail,
  attachment,
  base64,
  detached,
  encrypted,
  html,
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

const idle = (scene: Scene) => text(scene.bound(`I have read it, ${scene.serial()}.`));
const forged = (scene: Scene) => text(scene.bound(scene.evil()));
const shell = async (scene: Scene, type: string, make: (good: string, bad: string) => readonly string[]) =>
  mailOf(scene, multipart(type, make(await signed(scene, idle(scene)), forged(scene)), `m${scene.serial()}`));
/** A multipart/signed whose parts and labels are bent; the signature is good over an idle part. */
async function bent(
  scene: Scene,
  make: (signedPart: string, signature: string, bad: string) => readonly string[],
  type = signedType,
): Promise<Buffer> {
  const good = idle(scene);
  const signature = signaturePart(await detached(scene, good));
  return mailOf(scene, multipart('signed', make(good, signature, forged(scene)), `b${scene.serial()}`, type));
}

/** RFC 3156, RFC 1847; "Johnny, you are fired!" (USENIX Security 2019), classes M1 to M4. */
export const mimeTricks: Attack = {
  id: 'mime-tricks',
  name: 'Signature spoofing by MIME tricks',
  what: 'a good signature beside, inside or around another text; swapped, missing and mislabelled parts; boundaries that are cut in two ways',
  mails: mails([
    ['an unsigned part before the signed one', (scene) => shell(scene, 'mixed', (good, bad) => [bad, good])],
    ['an unsigned part after the signed one', (scene) => shell(scene, 'mixed', (good, bad) => [good, bad])],
    ['an unsigned root of multipart/related', (scene) => shell(scene, 'related', (good, bad) => [bad, good])],
    [
      'a multipart/related whose start names the unsigned part',
      async (scene) => {
        const bad = part('text/plain', scene.bound(scene.evil()), 'Content-ID: <root@example.net>');
        return mailOf(scene, multipart('related', [await signed(scene, idle(scene)), bad], 'r', '; start="<root@example.net>"'));
      },
    ],
    ['an unsigned alternative first', (scene) => shell(scene, 'alternative', (good, bad) => [bad, good])],
    ['an unsigned alternative last', (scene) => shell(scene, 'alternative', (good, bad) => [good, bad])],
    [
      'the signed mail as an attached mail',
      async (scene) => {
        const inner = mailOf(scene, await signed(scene, idle(scene)));
        return mailOf(scene, multipart('mixed', [forged(scene), attachedMail(inner)], 'a'));
      },
    ],
    [
      'a command inside an attached signed mail',
      async (scene) => {
        const inner = mailOf(scene, await signed(scene, text(scene.bound(`/reply EVILWORD ${scene.serial()}`))));
        return mailOf(scene, multipart('mixed', [text('For your information.'), attachedMail(inner)], 'a'), { from: people.reporter });
      },
    ],
    [
      'the whole mail is an attached signed mail',
      async (scene) =>
        mailOf(scene, attachedMail(mailOf(scene, await signed(scene, text(scene.bound(scene.evil()))))), { from: people.reporter }),
    ],
    [
      'a digest of signed mails',
      async (scene) =>
        mailOf(scene, multipart('digest', [`\r\n${mailOf(scene, await signed(scene, forged(scene))).toString('latin1')}`], 'd')),
    ],
    [
      'the signed part as a file',
      async (scene) => {
        const good = attachment('signed.txt', 'text/plain', scene.bound(scene.evil()));
        return mailOf(scene, multipart('mixed', [text('see the file'), await signed(scene, good)], 'f'));
      },
    ],
    [
      'the signed part shown by cid from unsigned HTML',
      async (scene) => {
        const good = await signed(scene, part('text/plain', `fine, ${scene.serial()}`, 'Content-ID: <cover@example.net>'));
        return mailOf(
          scene,
          multipart('related', [html(`<iframe src="cid:cover@example.net"></iframe><p>${scene.evil()}</p>`), good], 'c'),
        );
      },
    ],
    ['the second part signed and not the first', (scene) => bent(scene, (good, signature, bad) => [bad, signature, good])],
    ['a third part inside multipart/signed', (scene) => bent(scene, (good, signature, bad) => [good, signature, bad])],
    ['the signature before the text', (scene) => bent(scene, (good, signature, bad) => [signature, bad, good])],
    ['two signature parts', (scene) => bent(scene, (_, signature, bad) => [bad, signature, signature])],
    ['a signature over another part', (scene) => bent(scene, (_, signature, bad) => [bad, signature])],
    [
      'the signed part nested under an unsigned one',
      (scene) => bent(scene, (good, signature, bad) => [multipart('mixed', [bad, good], 'n'), signature]),
    ],
    ['no text part at all', (scene) => bent(scene, (_, signature) => [signature])],
    ['no signature part', (scene) => bent(scene, (_, __, bad) => [bad])],
    ['an empty signature part', (scene) => bent(scene, (_, __, bad) => [bad, signaturePart('')])],
    [
      'a signature part of another name',
      (scene) => bent(scene, (_, signature, bad) => [bad, signature.replace('application/pgp-signature', 'application/octet-stream')]),
    ],
    [
      'the protocol of S/MIME over an OpenPGP signature',
      (scene) => bent(scene, (_, signature, bad) => [bad, signature], '; protocol="application/pkcs7-signature"; micalg=sha-256'),
    ],
    ['no protocol, no micalg', (scene) => bent(scene, (_, signature, bad) => [bad, signature], '')],
    [
      'a micalg of MD5',
      (scene) => bent(scene, (_, signature, bad) => [bad, signature], '; protocol="application/pgp-signature"; micalg=pgp-md5'),
    ],
    [
      'multipart/signed spelled with a comment',
      async (scene) => {
        const entity = multipart('signed', [forged(scene), signaturePart(await detached(scene, idle(scene)))], 'k', signedType);
        return mailOf(scene, entity.replace('multipart/signed;', 'multipart/(evil)signed (really);'));
      },
    ],
    [
      'two Content-Types, the second multipart/signed',
      async (scene) => {
        const whole = await signed(scene, idle(scene), people.lead, { boundary: 'two' });
        return mailOf(scene, `Content-Type: text/plain\r\n${whole.replace('\r\n\r\n', `\r\n\r\n${scene.bound(scene.evil())}\r\n`)}`);
      },
    ],
    [
      'a command in the preamble',
      async (scene) => mailOf(scene, (await signed(scene, idle(scene))).replace('\r\n\r\n', `\r\n\r\n${scene.bound(scene.evil())}\r\n`)),
    ],
    [
      'a command in the epilogue',
      async (scene) => mailOf(scene, `${await signed(scene, idle(scene))}\r\n${scene.bound(scene.evil())}\r\n`),
    ],
    [
      'the outer boundary inside the signed part',
      async (scene) => {
        const good = text(scene.bound(`before\r\n--outer\r\nContent-Type: text/plain\r\n\r\n${scene.evil()}`));
        return mailOf(scene, multipart('mixed', [await signed(scene, good, people.acme)], 'outer'));
      },
    ],
    [
      'an outer boundary that begins the inner one',
      async (scene) =>
        mailOf(scene, multipart('mixed', [await signed(scene, idle(scene), people.lead, { boundary: 'bb' }), forged(scene)], 'b')),
    ],
    [
      'the same boundary outside and inside',
      async (scene) =>
        mailOf(scene, multipart('mixed', [await signed(scene, idle(scene), people.lead, { boundary: 'same' }), forged(scene)], 'same')),
    ],
    [
      'a boundary with white space behind it',
      async (scene) => {
        const whole = await signed(scene, idle(scene), people.lead, { boundary: 'ws' });
        return mailOf(scene, whole.replace('--ws\r\n', `--ws \t\r\n${forged(scene)}\r\n--ws\r\n`));
      },
    ],
    [
      'a boundary given twice',
      async (scene) => {
        const whole = await signed(scene, idle(scene), people.lead, { boundary: 'one' });
        return mailOf(
          scene,
          whole.replace('boundary="one"', 'boundary="one"; boundary="two"').replace('\r\n\r\n', `\r\n\r\n--two\r\n${forged(scene)}\r\n`),
        );
      },
    ],
    [
      'a boundary in RFC 2231 pieces',
      async (scene) => {
        const whole = await signed(scene, idle(scene), people.lead, { boundary: 'one' });
        return mailOf(
          scene,
          whole
            .replace('boundary="one"', 'boundary*0="o"; boundary*1="ne"; boundary=two')
            .replace('\r\n\r\n', `\r\n\r\n--two\r\n${forged(scene)}\r\n`),
        );
      },
    ],
    [
      'no boundary',
      async (scene) =>
        mailOf(scene, (await signed(scene, forged(scene), people.acme, { boundary: 'x' })).replace(/boundary="x"/, 'boundary=""')),
    ],
    [
      'a signed part in base64 around which the label says so',
      (scene) =>
        bent(scene, (_, signature) => [
          part('text/plain', base64(scene.bound(scene.evil())), 'Content-Transfer-Encoding: base64'),
          signature,
        ]),
    ],
    [
      'a transfer encoding on the multipart itself',
      async (scene) => {
        const inner = await signed(scene, idle(scene));
        return mailOf(
          scene,
          `Content-Transfer-Encoding: base64\r\n${multipart('mixed', [inner, part('text/plain', base64(scene.bound(scene.evil())), 'Content-Transfer-Encoding: base64')], 'cte')}`,
        );
      },
    ],
    [
      'a charset outside the signature that makes other words',
      async (scene) => {
        const words = Buffer.from(`\n${scene.evil()}\n`, 'utf16le').toString('latin1');
        return mailOf(scene, multipart('mixed', [await signed(scene, idle(scene)), part('text/plain; charset=utf-16le', words)], 'u'));
      },
    ],
    [
      'a name in encoded words that says it is signed',
      async (scene) =>
        mailOf(
          scene,
          multipart(
            'mixed',
            [part('text/plain; name="=?utf-8?q?Good_signature_by_lead?="', scene.bound(scene.evil())), forged(scene)],
            'e',
          ),
        ),
    ],
    [
      'an encrypted mail with an unsigned part beside a signed one',
      async (scene) => mailOf(scene, await encrypted(scene, multipart('mixed', [await signed(scene, idle(scene)), forged(scene)], 'x'))),
    ],
    [
      'a signed mail of a distributor around a signed idle one of the lead',
      async (scene) =>
        mailOf(scene, await signed(scene, multipart('mixed', [forged(scene), await signed(scene, idle(scene))], 'y'), people.acme)),
    ],
  ]),
  honest: mails([
    ['a signed mail', async (scene) => mailOf(scene, await signed(scene, text(scene.honest())))],
    [
      'a signed mail with preamble, epilogue and an added footer',
      async (scene) => {
        const good = await signed(scene, text(scene.honest()));
        return mailOf(
          scene,
          `${multipart('mixed', [good, text('_______\nlist footer')], 'l').replace('\r\n\r\n', '\r\n\r\nThis is OpenPGP.\r\n')}\r\nend\r\n`,
        );
      },
    ],
    [
      'a signed multipart with an attachment',
      async (scene) =>
        mailOf(scene, await signed(scene, multipart('mixed', [text(scene.honest()), attachment('fix.patch', 'text/x-patch', '+x')], 'h'))),
    ],
    ['a signed and encrypted mail', async (scene) => mailOf(scene, await encrypted(scene, await signed(scene, text(scene.honest()))))],
  ]),
};
