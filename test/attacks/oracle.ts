// Attack: decryption oracle. A captured mail to the team comes back as somebody else's, so that an answer would carry its words.
import { type Attack, type AttackMail, mails } from '#test/attacks/attack.ts';
import { blockOf, cipherOf, entityOf } from '#test/attacks/captured.ts';
import {
  attachedMail,
  attachment,
  base64,
  encrypted,
  encryptedPart,
  html,
  mailOf,
  message,
  multipart,
  packets,
  part,
  signed,
  text,
} from '#test/attacks/mime.ts';
import type { Scene } from '#test/attacks/scene.ts';
import { keyOf, people, team } from '#test/town.ts';

const stranger = (scene: Scene, to = team) => ({ from: `eve-${scene.serial()}@example.com`, to, subject: 'a report' });
const asReport = async (scene: Scene, entity: string) => mailOf(scene, entity, stranger(scene));
const bounce = (scene: Scene, third: string) =>
  mailOf(
    scene,
    multipart(
      'report',
      [
        text('could not be delivered'),
        part(
          'message/delivery-status',
          `Reporting-MTA: dns; mx.example.com\n\nFinal-Recipient: rfc822; ${people.reporter}\nAction: failed\nStatus: 5.1.1\n`,
        ),
        third,
      ],
      'dsn',
      '; report-type=delivery-status',
    ),
    { from: 'MAILER-DAEMON@example.com', to: team, fields: ['Auto-Submitted: auto-replied', 'Return-Path: <>'] },
  );

/** Commands stand in the captured mail too: what is answered to them must not repeat them. */
const told: readonly AttackMail[] = [
  {
    name: 'as a distributor’s own mail, so that the transcript would repeat its lines',
    build: async (scene) => mailOf(scene, await cipherOf(scene, 'second', false), { from: people.acme }),
  },
  {
    name: 'the same, with a member’s signature inside',
    build: async (scene) => mailOf(scene, await cipherOf(scene), { from: people.acme }),
  },
  {
    name: 'beside a part that the distributor signed',
    build: async (scene) =>
      mailOf(
        scene,
        multipart(
          'mixed',
          [await signed(scene, text(scene.bound('See below.')), people.acme), await cipherOf(scene, 'second', false)],
          'd',
        ),
        {
          from: people.acme,
        },
      ),
  },
  {
    name: 'inside a mail that the distributor signed as a whole',
    build: async (scene) => mailOf(scene, await signed(scene, await cipherOf(scene, 'second', false), people.acme), { from: people.acme }),
  },
  {
    name: 'inline in a text of the distributor',
    build: async (scene) => mailOf(scene, text(`Please see:\n${await blockOf(scene, 'second', false)}`), { from: people.acme }),
  },
];

export const oracle: Attack = {
  id: 'oracle',
  name: 'Decryption oracle',
  what: 'a captured mail to the team sent again as a report, a follow-up, a distributor’s mail, an attachment, a forward or a bounce, whole or in part',
  released: true,
  mails: [
    ...mails([
      ['as a stranger’s report', async (scene) => asReport(scene, await cipherOf(scene))],
      ['as a stranger’s report, unsigned inside', async (scene) => asReport(scene, await cipherOf(scene, 'second', false))],
      ['inline in a stranger’s report', async (scene) => asReport(scene, text(`Can you read this?\n${await blockOf(scene)}\nbye`))],
      [
        'inline in a stranger’s quote',
        async (scene) => asReport(scene, text(`You wrote:\n${(await blockOf(scene)).replace(/^/gm, '> ')}`)),
      ],
      [
        'twice, inline and as MIME',
        async (scene) => asReport(scene, multipart('mixed', [text(await blockOf(scene)), await cipherOf(scene)], 'tw')),
      ],
      [
        'as an attachment .pgp',
        async (scene) =>
          asReport(
            scene,
            multipart('mixed', [text('see attached'), attachment('report.pgp', 'application/octet-stream', await blockOf(scene))], 'at'),
          ),
      ],
      [
        'as a binary attachment .gpg',
        async (scene) => {
          const body = base64(packets(await blockOf(scene)).toString('latin1'));
          const file = part(
            'application/pgp-encrypted',
            body,
            'Content-Disposition: attachment; filename="x.gpg"',
            'Content-Transfer-Encoding: base64',
          );
          return asReport(scene, multipart('mixed', [text('see attached'), file], 'bi'));
        },
      ],
      [
        'as an attachment named .asc, a certificate they say',
        async (scene) =>
          asReport(scene, multipart('mixed', [text('my key'), attachment('key.asc', 'application/pgp-keys', await blockOf(scene))], 'ke')),
      ],
      [
        'as an attached mail',
        async (scene) => asReport(scene, multipart('mixed', [text('fwd'), attachedMail(await scene.captured())], 'am')),
      ],
      [
        'as a forwarded mail',
        async (scene) => mailOf(scene, attachedMail(await scene.captured()), { ...stranger(scene), subject: 'Fwd: a report' }),
      ],
      [
        'as a follow-up of the reporter',
        async (scene) =>
          mailOf(scene, await cipherOf(scene), { from: scene.here.acknowledgement.to, to: scene.here.acknowledgement.replyTo }),
      ],
      [
        'inline as a follow-up of the reporter',
        async (scene) =>
          mailOf(scene, text(`And this?\n${await blockOf(scene, 'second', false)}`), {
            from: scene.here.acknowledgement.to,
            to: scene.here.acknowledgement.replyTo,
          }),
      ],
      [
        'as a follow-up to another incident',
        async (scene) => mailOf(scene, await cipherOf(scene), { from: people.reporter, to: scene.other.acknowledgement.replyTo }),
      ],
      ['in the lead’s name', async (scene) => mailOf(scene, await cipherOf(scene, 'second', false))],
      ['in the CNA’s name', async (scene) => mailOf(scene, await cipherOf(scene), { from: 'cna@example.org' })],
      ['in the team’s own name', async (scene) => mailOf(scene, await cipherOf(scene), { from: team, to: team })],
      ['in nobody’s name', async (scene) => mailOf(scene, await cipherOf(scene), { without: ['From'], to: team })],
      [
        'with a Reply-To of the attacker',
        async (scene) =>
          mailOf(scene, await cipherOf(scene), {
            ...stranger(scene),
            fields: ['Reply-To: evil@example.com', 'Disposition-Notification-To: evil@example.com', 'Return-Receipt-To: evil@example.com'],
          }),
      ],
      [
        'with the attacker’s certificate beside it',
        async (scene) => {
          const { from, to } = stranger(scene);
          const { certificate } = await keyOf('stranger@example.com');
          const key = attachment('me.asc', 'application/pgp-keys', certificate.armored);
          return mailOf(scene, multipart('mixed', [await cipherOf(scene), key], 'ck'), { from, to });
        },
      ],
      [
        'inside a mail encrypted by the attacker',
        async (scene) => {
          return asReport(scene, await encrypted(scene, multipart('mixed', [text('see'), await cipherOf(scene)], 'en')));
        },
      ],
      ['inside a bounce', async (scene) => bounce(scene, attachedMail(await scene.captured()))],
      ['as the part of a bounce', async (scene) => bounce(scene, await cipherOf(scene))],
      [
        'inside an automatic reply',
        async (scene) => mailOf(scene, await cipherOf(scene), { ...stranger(scene), fields: ['Auto-Submitted: auto-replied'] }),
      ],
      [
        'through a list',
        async (scene) =>
          mailOf(scene, await cipherOf(scene), { ...stranger(scene), fields: ['List-Id: <list.example.com>', 'Precedence: list'] }),
      ],
      [
        'its packets cut in two parts',
        async (scene) => {
          const bytes = packets(await blockOf(scene));
          const half = (from: number, to?: number) =>
            part('application/octet-stream', base64(bytes.subarray(from, to).toString('latin1')), 'Content-Transfer-Encoding: base64');
          return asReport(scene, multipart('mixed', [part('application/pgp-encrypted', 'Version: 1'), half(0, 200), half(200)], 'cu'));
        },
      ],
      [
        'its last octets missing',
        async (scene) => {
          return asReport(scene, encryptedPart(message(packets(await blockOf(scene)).subarray(0, -10)), 'mi'));
        },
      ],
      ['a letter of ours to the lead', async (scene) => asReport(scene, entityOf(scene.here.letter.bytes))],
      ['in an HTML frame', async (scene) => asReport(scene, multipart('related', [html('<p>x</p>'), await cipherOf(scene)], 'hf'))],
      [
        'in the name of a platform that reports',
        async (scene) =>
          mailOf(scene, await cipherOf(scene), { from: 'GitHub <noreply@github.com>', to: team, fields: ['Reply-To: evil@example.com'] }),
      ],
      [
        'with a subject that asks for status',
        async (scene) => mailOf(scene, await cipherOf(scene), { ...stranger(scene), subject: '/status' }),
      ],
    ]),
    ...told,
  ],
  honest: mails([
    [
      'a sealed mail of the lead',
      async (scene) => scene.onTheWire('lead', { answers: scene.here.letter, text: scene.honest(), signed: true, encrypted: true }),
    ],
    [
      'a sealed mail of the lead with a sealed file',
      async (scene) =>
        mailOf(
          scene,
          await signed(
            scene,
            multipart('mixed', [text(scene.honest()), attachment('x.pgp', 'application/octet-stream', await blockOf(scene))], 'hs'),
          ),
        ),
    ],
  ]),
};
