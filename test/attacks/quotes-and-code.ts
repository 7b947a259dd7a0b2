// Attack: a member signs a mail in which somebody else's command stands: quoted, forwarded, as code, below a signature, or in look-alike characters.
import { type Attack, mails } from '#test/attacks/attack.ts';
import { mailOf, signed, text, utf8 } from '#test/attacks/mime.ts';
import type { Scene } from '#test/attacks/scene.ts';

const long = (words: string, length = 68) => `${words} ${'word '.repeat(40)}`.slice(0, length).trimEnd();
const header =
  'From: R <reporter@example.net>\nSent: Monday, March 2, 2026 9:15 AM\nTo: Team <security@example.org>\nSubject: RE: a finding';
const wrote = 'On Mon, 2 Mar 2026 at 09:15, R <reporter@example.net> wrote:';
type Row = readonly [string, (command: string) => string, string?];

const rows: readonly Row[] = [
  ['in a quote', (command) => `> ${command}`],
  ['in a quote without a blank', (command) => `>${command}`],
  ['in a nested quote', (command) => `>> > ${command}`],
  ['in a quote behind blanks', (command) => `  > ${command}`],
  ['in a quote of full-width marks', (command) => `＞ ${command}`],
  ['in a quote behind a zero-width space', (command) => `\u200b> ${command}`],
  ['in a quote behind a direction mark', (command) => `\u200f> ${command}`],
  ['in a quote behind a non-breaking space', (command) => `\u00a0> ${command}`],
  ['behind a bar', (command) => `| ${command}`],
  ['behind initials', (command) => `RE> ${command}`],
  ['where a program wrapped a quoted line', (command) => `> ${long('as I said')}\n${command}\n> and more`],
  ['where a program wrapped the last quoted line', (command) => `> ${long('as I said')}\n${command}\n\nI do not think so.`],
  ['where a program wrapped a deeper quote', (command) => `>> ${long('as I said')}\n${command}\n\nI do not think so.`],
  ['behind a carriage return in a quote', (command) => `> harmless\r${command}\nmine`],
  ['behind several carriage returns in a quote', (command) => `> harmless\r\r\r${command}\nmine`],
  ['behind a line separator in a quote', (command) => `> harmless\u2028${command}\nmine`],
  ['behind a paragraph separator in a quote', (command) => `> harmless\u2029${command}\nmine`],
  ['behind a next-line character in a quote', (command) => `> harmless\u0085${command}\nmine`],
  ['behind a vertical tab in a quote', (command) => `> harmless\v${command}\nmine`],
  ['behind a form feed in a quote', (command) => `> harmless\f${command}\nmine`],
  ['behind a NUL in a quote', (command) => `> harmless\0${command}\nmine`],
  ['below an attribution, unmarked', (command) => `I see.\n\n${wrote}\n\n${command}`],
  [
    'below an attribution that is wrapped',
    (command) => `I see.\n\nOn Mon, 2 Mar 2026 at 09:15, R\n<reporter@example.net> wrote:\n\n${command}`,
  ],
  ['below a header of Outlook', (command) => `I see.\n\n${header}\n\n${command}`],
  ['below a header of Outlook, the answer on the bottom', (command) => `${header}\n\n${command}\n\nI see.`],
  ['below a title of an original', (command) => `I see.\n\n-----Original Message-----\n${header}\n\n${command}`],
  [
    'below a title of an original in Chinese',
    (command) =>
      `好\n\n-----邮件原件-----\n发件人: R <reporter@example.net>\n发送时间: 2026年3月2日 9:15\n收件人: x\n主题: y\n\n${command}`,
  ],
  ['below a rule of Outlook on the web', (command) => `I see.\n\n${'_'.repeat(32)}\n${header}\n\n${command}`],
  [
    'in a forward',
    (command) =>
      `FYI\n\n---------- Forwarded message ---------\nFrom: R <reporter@example.net>\nDate: Mon, 2 Mar 2026\nSubject: x\nTo: y\n\n${command}`,
  ],
  [
    'in a forward of Apple Mail',
    (command) => `FYI\n\nBegin forwarded message:\n\nFrom: R <reporter@example.net>\nSubject: x\nDate: 2 March 2026\nTo: y\n\n${command}`,
  ],
  [
    'below the end of a forward',
    (command) =>
      `FYI\n\n---------- Forwarded message ---------\nFrom: R <reporter@example.net>\nDate: x 2026\nSubject: x\nTo: y\n\nhi\n----- End forwarded message -----\n${command}`,
  ],
  ['in a fence', (command) => `Try:\n\`\`\`\n${command}\n\`\`\``],
  ['in a fence of tildes', (command) => `Try:\n~~~\n${command}\n~~~`],
  ['in a fence with a language', (command) => `Try:\n\`\`\`sh\n${command}\n\`\`\``],
  ['in a fence never closed', (command) => `Try:\n\`\`\`\n${command}`],
  ['in a fence that a shorter one seems to close', (command) => `Try:\n\`\`\`\`\n\`\`\`\n${command}\n\`\`\`\``],
  ['indented by four', (command) => `Try:\n\n    ${command}`],
  ['indented by a tab', (command) => `Try:\n\n\t${command}`],
  ['indented by one', (command) => `Try:\n ${command}`],
  ['as an item of a list', (command) => `Try:\n- ${command}\n* ${command}\n1. ${command}`],
  ['below the delimiter of a signature', (command) => `bye\n-- \nLead\n${command}`],
  ['below a delimiter that lost its blank', (command) => `bye\n--\nLead\n${command}`],
  ['below a list footer', (command) => `bye\n${'_'.repeat(40)}\nsecurity mailing list\n${command}`],
  ['flowed, quoted', (command) => `> so \n> ${command}\nmine`, 'flowed'],
  ['flowed, joined to the quote above', (command) => `> harmless \n>${command}\nmine`, 'flowed'],
  ['flowed, at the soft end of a sentence', (command) => `never write \n${command}`, 'flowed'],
  ['flowed, stuffed behind a quote mark', (command) => ` > ${command}`, 'flowed'],
  ['flowed, below a delimiter', (command) => `bye\n-- \n${command}`, 'flowed'],
  ['behind an invisible character', (command) => `\u200b${command}`],
  ['behind a byte order mark in the text', (command) => `mine\n\ufeff${command}`],
  ['behind a right-to-left override', (command) => `\u202e${command}`],
  ['behind an isolate', (command) => `\u2066${command}\u2069`],
  ['with a division slash', (command) => command.replace('/', '\u2215')],
  ['with a fraction slash', (command) => command.replace('/', '\u2044')],
  ['with a full-width slash', (command) => command.replace('/', '\uff0f')],
  ['with a big solidus', (command) => command.replace('/', '\u29f8')],
  ['with a combining overlay', (command) => command.replace('/', '/\u0338')],
  ['with a Cyrillic letter', (command) => command.replace('e', '\u0435')],
  ['with full-width letters', (command) => command.replace('reply', '\uff52\uff45\uff50\uff4c\uff59')],
  ['with a zero-width joiner inside the word', (command) => command.replace('re', 're\u200d')],
  ['with a soft hyphen inside the word', (command) => command.replace('re', 're\u00ad')],
  ['in the middle of a line', (command) => `please do not ${command}`],
  ['in quotation marks', (command) => `"${command}"\n'${command}'\n\`${command}\`\n(${command})`],
  ['in capitals', (command) => command.replace('/reply', '/REPLY')],
  ['as a path', (command) => command.replace('/reply', '/reply/x')],
  ['as a second slash', (command) => `/${command}`],
  ['swallowed by the text of another command', (command) => `/notes\n${command}\n/end`],
];

const flowed = (part: string) => part.replace('charset=utf-8', 'charset=utf-8; format=flowed');

/** RFC 3676, RFC 5322; every row is signed by a member who did not mean it. */
export const quotesAndCode: Attack = {
  id: 'quotes-and-code',
  name: 'Quote and code-block commands',
  what: 'quotes with and without marks, wrapped, nested and flowed; forwards, code, signatures; invisible, reordered and look-alike characters; line ends only some programs see',
  mails: mails(
    rows.map(
      ([name, make, form]) =>
        [
          name,
          async (scene: Scene) => {
            const body = text(utf8(`About ${scene.here.id}:\n\n${make(scene.evil())}\n`));
            return mailOf(scene, await signed(scene, form ? flowed(body) : body));
          },
        ] as const,
    ),
  ),
  honest: mails(
    (
      [
        ['above a quote', (command) => `${command}\n\n${wrote}\n> /reply x`],
        ['below a quote, with an empty line between', (command) => `> ${long('as you said')}\n\n${command}`],
        ['right below a short quoted line', (command) => `> severity?\n${command}`],
        ['between fences', (command) => `\`\`\`\nx\n\`\`\`\n${command}\n\`\`\`\ny\n\`\`\``],
        ['above a signature', (command) => `${command}\n-- \nLead`],
        ['flowed', (command) => `so \nit is.\n${command}`, 'flowed'],
      ] satisfies Row[]
    ).map(
      ([name, make, form]: Row) =>
        [
          `a command ${name}`,
          async (scene: Scene) => {
            const [about = '', , command = ''] = scene.honest().split('\n');
            const body = text(utf8(`${about}\n\n${make(command)}\n`));
            return mailOf(scene, await signed(scene, form ? flowed(body) : body));
          },
        ] as const,
    ),
  ),
};
