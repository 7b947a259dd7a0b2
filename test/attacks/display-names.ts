// Attack: display names and addresses that look like a member's to a person or to a careless parser.
import { type Attack, mails } from '#test/attacks/attack.ts';
import { mailOf, signed, text, utf8 } from '#test/attacks/mime.ts';
import type { Scene } from '#test/attacks/scene.ts';
import { people } from '#test/town.ts';

const stranger = 'stranger@example.com';
const { lead } = people;
const named = (from: string) => async (scene: Scene) =>
  mailOf(scene, await signed(scene, text(scene.bound(scene.evil())), stranger), { from: utf8(from) });
const word = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;

const froms: readonly (readonly [string, string])[] = [
  ['a name that is the member’s address', `"${lead}" <${stranger}>`],
  ['a bare name that is the member’s address', `${lead} <${stranger}>`],
  ['a name that is the member’s address in angle brackets', `"<${lead}>" <${stranger}>`],
  ['a name that closes the quotes', `"lead" <${lead}>" <${stranger}>`],
  ['an escaped quote in the name', `"lead\\" <${lead}>" <${stranger}>`],
  ['a name in encoded words', `${word(lead)} <${stranger}>`],
  ['a name in encoded words with angle brackets', `${word(`<${lead}>`)} <${stranger}>`],
  ['the whole From in encoded words', word(`lead <${lead}>`)],
  ['the whole address in encoded words', `=?utf-8?Q?lead=40example=2Eorg?=`],
  ['an encoded word as local part', `=?utf-8?Q?lead?=@example.org`],
  ['a NUL in encoded words', `${word(`${lead}\0`)} <${stranger}>`],
  ['a newline in encoded words', `${word(`x\r\nFrom: ${lead}`)} <${stranger}>`],
  ['a NUL in the address', `lead\0@example.org`],
  ['a NUL behind the address', `<${lead}\0.example.com>`],
  ['a carriage return in the address', `lead@example.org\r.example.com`],
  ['a vertical tab in the address', `lead@example.org\v.example.com`],
  ['a blank in the domain', `lead@example.org .example.com`],
  ['a comment in the domain', `lead@example.org(.example.com)`],
  ['a comment in the domain, further', `lead@example.org(comment).example.com`],
  ['a comment in the local part', `le(comment)ad@example.org`],
  ['a comment that is the member’s address', `${stranger} (${lead})`],
  ['an address behind a comment', `(${stranger}) ${lead}`],
  ['nested comments', `${stranger} (a (b (${lead}) c) d)`],
  ['an unclosed comment', `(${lead} ${stranger}`],
  ['an unclosed quote', `"${lead} <${stranger}>`],
  ['two angle addresses', `<${lead}> <${stranger}>`],
  ['two angle addresses, the member last', `<${stranger}> <${lead}>`],
  ['words behind the angle address', `<${stranger}> ${lead}`],
  ['a quoted local part', `"lead@example.org"@example.com`],
  ['a quoted local part of the member', `"lead"@example.org`],
  ['a Cyrillic letter', `lеad@example.org`],
  ['a full-width letter', `ｌead@example.org`],
  ['a full-width dot', `lead@example．org`],
  ['an ideographic dot', `lead@example。org`],
  ['a Kelvin sign in a domain of the roster’s kind', `lead@example.orK`],
  ['a zero-width space', `le\u200bad@example.org`],
  ['a soft hyphen', `lead@exam\u00adple.org`],
  ['a right-to-left override', `\u202egro.elpmaxe@dael <${stranger}>`],
  ['punycode of a look-alike', `lead@xn--exmple-cua.org`],
  ['a trailing dot', `lead@example.org.`],
  ['a sub-address of the member', `lead+x@example.org`],
  ['a percent route', `lead%example.org@example.com`],
  ['a bang path', `example.org!lead@example.com`],
  ['a domain literal', `lead@[192.0.2.1]`],
  ['the domain as a label', `lead@example.org.example.com`],
  ['a name of the role', `"lead example (incident commander)" <${stranger}>`],
  ['a name of forty thousand characters', `"${'lead@example.org, '.repeat(2500)}" <${stranger}>`],
];

export const displayNames: Attack = {
  id: 'display-names',
  name: 'Display names and look-alike addresses',
  what: 'a member’s address as a name, in comments, quotes and encoded words; NUL and line breaks; groups and routes; letters that look alike',
  mails: mails(froms.map(([name, from]) => [name, named(from)] as const)),
  honest: mails([
    ['a signed mail with a name in encoded words', (scene) => honest(scene, `${word('Läd, the lead')} <${lead}>`)],
    ['a signed mail with a comment for a name', (scene) => honest(scene, `${lead} (the lead)`)],
    ['a signed mail whose name is another’s address', (scene) => honest(scene, `"${people.second}" <${lead}>`)],
  ]),
};

async function honest(scene: Scene, from: string): Promise<Buffer> {
  return mailOf(scene, await signed(scene, text(scene.honest())), { from });
}
