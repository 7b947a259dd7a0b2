// Where the HTML of a letter goes: never into an encrypted mail, but where it only draws what the text says.
import { expect, test } from 'vitest';
import { htmlPart } from '#office/html-part.ts';
import { policy } from '#test/situation.ts';

const page = '<p>the week</p>';
const weekly = { kind: 'weekly', picture: true as const };
const announcement = { kind: 'announcement' };
const attached = policy({ reminders: { picture: 'attached' } });
const shown = policy({ reminders: { picture: 'shown' } });
const files = [{ filename: 'weekly.html', contentType: 'text/html', content: Buffer.from(page) }];

test.each([
  ['what is public has its HTML', announcement, { seal: 'never', to: false }, attached, { html: page, files: [] }],
  ['what is sealed has none, whatever the policy says of pictures', announcement, { seal: 'must', to: true }, shown, { files: [] }],
  ['what may be sealed has none either', announcement, { seal: 'may', to: false }, attached, { files: [] }],
  ['a picture under a seal is a file where the team wants no HTML', weekly, { seal: 'must', to: true }, attached, { files }],
  ['a picture under a seal is shown', weekly, { seal: 'must', to: true }, shown, { html: page, files: [] }],
  ['a picture in a mail that is not encrypted is shown', weekly, { seal: 'may', to: false }, attached, { html: page, files: [] }],
  ['a picture in a mail that is encrypted because it can be is a file', weekly, { seal: 'may', to: true }, attached, { files }],
] as const)('%s (decisions/0004)', (_, letter, encrypted, rules, expected) => {
  expect(htmlPart(page, letter, encrypted, rules)).toEqual(expected);
});

test('a letter without HTML has neither', () => {
  expect(htmlPart(undefined, weekly, { seal: 'must', to: true }, attached)).toEqual({ files: [] });
});
