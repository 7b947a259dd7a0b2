// Attack: header injection. What a stranger puts into names, subjects, ids and file names must not become a field, a recipient or a line of ours.
import { type Attack, mails } from '#test/attacks/attack.ts';
import { encrypted, mailOf, multipart, part, signed, text, utf8 } from '#test/attacks/mime.ts';
import type { Scene } from '#test/attacks/scene.ts';
import { people, team } from '#test/town.ts';

const injected = 'X-Evil: EVILWORD\r\nBcc: victim@example.com';
const word = (words: string, encoding: 'B' | 'Q' = 'B') =>
  encoding === 'B'
    ? `=?utf-8?B?${Buffer.from(words).toString('base64')}?=`
    : `=?utf-8?Q?${[...Buffer.from(words)].map((byte) => `=${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('')}?=`;
const breaks: readonly (readonly [string, string])[] = [
  ['CRLF', '\r\n'],
  ['LF', '\n'],
  ['CR', '\r'],
  ['NUL', '\0'],
  ['a line separator', '\u2028'],
  ['a next line', '\u0085'],
  ['a vertical tab', '\v'],
];

let count = 0;
/** A report of a stranger who was not heard of, so that it is acknowledged. */
const report = (
  scene: Scene,
  envelope: { readonly subject?: string; readonly name?: string; readonly fields?: readonly string[]; readonly from?: string } = {},
  entity = text('A finding.'),
) => {
  const { subject = 'a report', name = '', fields = [], from = `${name} <mallory-${++count}@example.com>` } = envelope;
  return mailOf(scene, entity, { from, to: team, subject, fields });
};
const names = (words: string) =>
  multipart('mixed', [text('A finding.'), part('text/plain', 'x', `Content-Disposition: attachment; ${words}`)], 'n');

export const headerInjection: Attack = {
  id: 'header-injection',
  name: 'Header injection',
  what: 'CR, LF, NUL and Unicode line ends in subjects, names, addresses, ids and file names, raw and in encoded words; smuggled Bcc; boundaries of ours',
  mails: mails([
    ...breaks.map(
      ([name, end]) =>
        [
          `${name} in the subject, in encoded words`,
          async (scene: Scene) => report(scene, { subject: word(`a${end}${injected}`) }),
        ] as const,
    ),
    ...breaks.map(
      ([name, end]) =>
        [`${name} in the name, in encoded words`, async (scene: Scene) => report(scene, { name: word(`a${end}${injected}`) })] as const,
    ),
    [
      'quoted-printable words that decode to line breaks',
      async (scene) => report(scene, { subject: word(`a\r\n${injected}`, 'Q'), name: word(`b\r\n${injected}`, 'Q') }),
    ],
    ['encoded words cut inside a line break', async (scene) => report(scene, { subject: `${word('a\r')} ${word(`\n${injected}`)}` })],
    ['raw control characters in the subject', async (scene) => report(scene, { subject: `a\rX-Evil: 1\0b\v${scene.serial()}` })],
    ['raw control characters in the name', async (scene) => report(scene, { name: `"a\rX-Evil: 1"` })],
    [
      'a folded subject with a field in it',
      async (scene) => report(scene, { subject: `a\r\n X-Evil: EVILWORD\r\n Bcc: victim@example.com` }),
    ],
    ['a subject of forty thousand characters', async (scene) => report(scene, { subject: utf8('ä'.repeat(20_000)) })],
    ['a subject of encoded words nested in each other', async (scene) => report(scene, { subject: word(word(`a\r\n${injected}`)) })],
    [
      'a Message-ID with a line break in encoded words',
      async (scene) => report(scene, { fields: [`Message-ID: <${word(`a\r\n${injected}`)}@example.com>`] }),
    ],
    [
      'a Message-ID with angle brackets and fields',
      async (scene) => report(scene, { fields: ['Message-ID: <a@example.com> X-Evil: 1 <b@example.com>'] }),
    ],
    ['a Message-ID of blanks and controls', async (scene) => report(scene, { fields: ['Message-ID: <a b\v\rX-Evil: 1@example.com>'] })],
    ['References with a line break', async (scene) => report(scene, { fields: [`References: <a@example.com\r> <X-Evil: 1>\0`] })],
    [
      'a Reply-To with a line break in encoded words',
      async (scene) => report(scene, { fields: [`Reply-To: ${word(`a\r\n${injected}`)} <x@example.com>`] }),
    ],
    ['an address with encoded words', async (scene) => report(scene, { from: `<${word(`x\r\nBcc: victim`)}@example.com>` })],
    ['an address with a percent-encoded line break', async (scene) => report(scene, { from: '<mallory%0d%0aBcc:victim@example.com>' })],
    ['an address with a quoted line break', async (scene) => report(scene, { from: '"mallory\r\n Bcc: victim"@example.com' })],
    ['an address with a comma in quotes', async (scene) => report(scene, { from: '"mallory, victim"@example.com' })],
    ['an address with angle brackets in quotes', async (scene) => report(scene, { from: '"<victim@example.com>"@example.com' })],
    ['a name of many recipients', async (scene) => report(scene, { name: '"victim@example.com, other@example.com"' })],
    ['a file name with a line break', async (scene) => report(scene, {}, names(`filename="${word(`a\r\n${injected}`)}.txt"`))],
    [
      'a file name with a line break by RFC 2231',
      async (scene) => report(scene, {}, names(`filename*=utf-8''a%0D%0AX-Evil:%20EVILWORD%00.txt`)),
    ],
    ['a file name with quotes and parameters', async (scene) => report(scene, {}, names('filename="a\\"; X-Evil=1; name=\\"b.txt"'))],
    ['a file name that climbs', async (scene) => report(scene, {}, names('filename="../../../etc/x.txt"'))],
    ['a file name that reads backwards', async (scene) => report(scene, {}, names(`filename*=utf-8''exe%E2%80%AEtxt.bat`))],
    [
      'a content type with a line break',
      async (scene) =>
        report(scene, {}, multipart('mixed', [text('A finding.'), part(`application/x-y; name="${word(`a\r\n${injected}`)}"`, 'x')], 'ct')),
    ],
    [
      'a text with a boundary and fields',
      async (scene) =>
        report(scene, {}, text(`--=_1\r\nContent-Type: text/html\r\n\r\n<b>x</b>\r\n.\r\nRCPT TO:<victim@example.com>\r\n${injected}`)),
    ],
    [
      'a text with a dot on a line and SMTP behind it',
      async (scene) => report(scene, {}, text('A finding.\r\n.\r\nMAIL FROM:<x@example.com>\r\nRCPT TO:<victim@example.com>')),
    ],
    ['a text with armor of ours', async (scene) => report(scene, {}, text('-----END PGP MESSAGE-----\r\n\r\n--x--\r\n'))],
    [
      'a protected subject with a line break',
      async (scene) =>
        report(scene, {}, await encrypted(scene, part('text/plain; hp="cipher"', 'A finding.', `Subject: ${word(`a\r\n${injected}`)}`))),
    ],
    [
      'a follow-up of the reporter with all of it',
      async (scene) =>
        mailOf(scene, names(`filename="${word(`a\r\n${injected}`)}.txt"`), {
          from: `${word(`a\r\n${injected}`)} <${scene.here.acknowledgement.to}>`,
          to: scene.here.acknowledgement.replyTo,
          subject: word(`a\r\n${injected}`),
        }),
    ],
    [
      'a forward whose reporter’s name breaks the line',
      async (scene) =>
        report(
          scene,
          { subject: 'Fwd: a report' },
          text(
            utf8(
              `---------- Forwarded message ---------\nFrom: x\u2028Bcc: victim <finder-${++count}@example.com>\nDate: Mon, 2 Mar 2026\nSubject: y\nTo: z\n\nA finding.`,
            ),
          ),
        ),
    ],
  ]),
  honest: mails([
    [
      'a signed command under a subject with line breaks',
      async (scene) => mailOf(scene, await signed(scene, text(scene.honest())), { subject: word(`a\r\n${injected}`) }),
    ],
    [
      'a signed command with an oddly named file',
      async (scene) => {
        const file = part('text/plain', 'x', `Content-Disposition: attachment; filename*=utf-8''a%0D%0AX-Evil:%201.txt`);
        return mailOf(scene, await signed(scene, multipart('mixed', [text(scene.honest()), file], 'hi')), {
          from: `${word('a\r\nb')} <${people.lead}>`,
        });
      },
    ],
  ]),
};
