// Attack: several Froms, and the other fields that programs take for the author.
import { type Attack, mails } from '#test/attacks/attack.ts';
import { encrypted, mailOf, part, signed, text } from '#test/attacks/mime.ts';
import type { Scene } from '#test/attacks/scene.ts';
import { people } from '#test/town.ts';

const stranger = 'stranger@example.com';
const { lead } = people;
/** A forged command under header fields, signed by a stranger so that a signature is there to be mistaken. */
const under = async (scene: Scene, fields: readonly string[], without: readonly string[] = ['From']) =>
  mailOf(scene, await signed(scene, text(scene.bound(scene.evil())), stranger), { fields, without });
const from =
  (...fields: string[]) =>
  (scene: Scene) =>
    under(scene, fields);
const beside =
  (...fields: string[]) =>
  (scene: Scene) =>
    under(scene, [`From: ${stranger}`, ...fields]);

export const severalFroms: Attack = {
  id: 'several-froms',
  name: 'Several Froms',
  what: 'two From fields, two authors, no author, groups, Sender, Reply-To, Resent-* and copies of From inside parts',
  mails: mails([
    ['two Froms, the member first', from(`From: ${lead}`, `From: ${stranger}`)],
    ['two Froms, the member last', from(`From: ${stranger}`, `From: ${lead}`)],
    ['ten Froms of a member', from(...Array.from({ length: 10 }, () => `From: ${lead}`))],
    ['two authors in one From', from(`From: ${stranger}, ${lead}`)],
    ['two authors in one From with a Sender', from(`From: ${lead}, ${stranger}`, `Sender: ${lead}`)],
    ['two authors divided by a semicolon', from(`From: ${lead}; ${stranger}`)],
    ['a From that is folded over two lines', from(`From: ${stranger},\r\n ${lead}`)],
    ['a From with a blank before its colon', from(`From : ${lead}`, `From: ${stranger}`)],
    ['a From with a tab before its colon', from(`From\t: ${lead}`, `From: ${stranger}`)],
    ['a From in another case', from(`FROM: ${lead}`, `from: ${stranger}`)],
    ['an mbox line as From', from(`From ${lead} Mon Mar  2 09:00:00 2026`, `From: ${stranger}`)],
    ['no From and a Sender', from(`Sender: ${lead}`)],
    ['no From and a Return-Path', from(`Return-Path: <${lead}>`)],
    ['no From and an X-From', from(`X-From: ${lead}`, `X-Original-From: ${lead}`)],
    ['no author at all', from()],
    ['an empty From', from('From:')],
    ['an empty From and a member’s', from('From:', `From: ${lead}`)],
    ['a From of an empty group', from('From: undisclosed-recipients:;')],
    ['a From of a group with a member', from(`From: team: ${lead};`)],
    ['a group named as the member', from(`From: ${lead}: ${stranger};`)],
    ['a route in the address', from(`From: <@example.net:${lead}>`)],
    ['a Sender beside From', beside(`Sender: ${lead}`)],
    ['a Reply-To beside From', beside(`Reply-To: ${lead}`)],
    ['a Resent-From beside From', beside(`Resent-From: ${lead}`, `Resent-Sender: ${lead}`, `Resent-To: ${lead}`)],
    ['an X-Original-From beside a From “via”', from(`From: "lead via list" <list@example.net>`, `X-Original-From: ${lead}`)],
    [
      'a From of the list that rewrites it',
      from(`From: lead via security <security@example.org>`, `X-Original-From: ${lead}`, 'List-Id: <security.example.org>'),
    ],
    [
      'a From inside the signed part',
      async (scene) =>
        mailOf(
          scene,
          await signed(scene, part('text/plain; protected-headers="v1"', scene.bound(scene.evil()), `From: ${lead}`), stranger),
          { from: stranger },
        ),
    ],
    [
      'a From inside the encrypted part',
      async (scene) =>
        mailOf(
          scene,
          await encrypted(scene, part('text/plain; hp="cipher"', scene.bound(scene.evil()), `From: ${lead}`, `HP-Outer: From: ${lead}`)),
          { from: stranger },
        ),
    ],
    [
      'a From in the body’s first lines',
      async (scene) => mailOf(scene, text(`From: ${lead}\nSubject: x\n\n${scene.bound(scene.evil())}`), { from: stranger }),
    ],
    ['a header that ends before From', async (scene) => under(scene, ['', `From: ${lead}`])],
  ]),
  honest: mails([
    [
      'a signed mail with Sender, Reply-To and Resent-From of others',
      (scene) => honest(scene, [`From: ${lead}`, `Sender: ${stranger}`, `Reply-To: ${stranger}`, `Resent-From: ${stranger}`]),
    ],
    ['a signed mail with two Froms of its writer', (scene) => honest(scene, [`From: ${lead}`, `From: ${lead}`])],
  ]),
};

async function honest(scene: Scene, fields: readonly string[]): Promise<Buffer> {
  return mailOf(scene, await signed(scene, text(scene.honest())), { fields, without: ['From'] });
}
