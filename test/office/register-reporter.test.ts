// The key of a reporter: the first comes with the report, another counts only when they prove it, and nobody else can bring one.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OwnKey } from '#pgp/keyring.ts';
import { attachOwnKey } from '#pgp/seal.ts';
import { codeIn, freshKey, isSealedTo, kindsTo, of, prolonged, to } from '#test/office/keys.ts';
import { openTown, people, type Received, type Town, type Writing } from '#test/town.ts';

let town: Town;
let first: OwnKey;
let thanks: Received;
let report: Received;
// The reporter sends a key that lasts ten days along with the report.
beforeEach(async () => {
  town = await openTown();
  await town.post();
  first = await freshKey(people.reporter, 10);
  town.holds('reporter', first);
  await town.writes('reporter', { subject: 'path traversal', text: 'It writes outside.', attachments: [attachOwnKey(first)] });
  const letters = await town.post();
  const [acknowledged, told] = [of('acknowledgement', letters), of('report', to(people.lead, letters))];
  if (!acknowledged || !told) throw new Error('the report was not taken');
  thanks = acknowledged;
  report = told;
});
afterEach(() => town.close());

const answers = async (text: string, more: Partial<Writing> = {}) => {
  await town.writes('reporter', { text, answers: thanks, ...more });
  return town.post();
};
/** A member writes to the reporter; answers with what the reporter got. */
const told = async (text: string) => {
  await town.writes('lead', { text: `/reply\n${text}\n/end\n`, signed: true, answers: report });
  return of('reply', to(people.reporter, await town.post()));
};
test('the first counts with the report: the acknowledgement is encrypted to it already', async () => {
  expect(await isSealedTo(first, thanks)).toBe(true);
  expect(await isSealedTo(first, await told('Thank you.'))).toBe(true);
});

test('another key is challenged and counts once its owner proves it, once', async () => {
  const other = await freshKey(people.reporter);
  town.holds('reporter', other);
  const letters = await answers('My new key.', { attachments: [attachOwnKey(other)] });
  expect(kindsTo(people.reporter, letters)).toEqual(['key-challenge']);
  expect(kindsTo(people.lead, letters)).toEqual(['relay']);
  expect(await isSealedTo(other, of('key-challenge', letters))).toBe(true);
  const code = codeIn(of('key-challenge', letters));
  expect(await isSealedTo(first, await told('Still to the first.'))).toBe(true);
  await answers(`/prove-key ${code}\n`);
  expect(await isSealedTo(other, await told('A question.'))).toBe(true);
  // The first does not come back by the code that was used.
  const back = await answers('The first again.', { attachments: [attachOwnKey(first)] });
  await answers(`/prove-key ${code}\n`);
  expect(kindsTo(people.reporter, back)).toEqual(['key-challenge']);
  expect(await isSealedTo(other, await told('Another question.'))).toBe(true);
});

test('threat: a code that is wrong, late or another’s lets no key count, and the answer goes to nobody', async () => {
  const other = await freshKey(people.reporter);
  town.holds('reporter', other);
  const code = codeIn(of('key-challenge', await answers('My new key.', { attachments: [attachOwnKey(other)] })));
  expect(kindsTo(people.reporter, await answers('/prove-key 00000000000000000000000000\n'))).toEqual([]);
  await town.pass('8d', '4d');
  await answers(`/prove-key ${code}\n`);
  expect(await isSealedTo(first, await told('A question.'))).toBe(true);
});

test('threat: a stranger who knows the incident brings no key for the reporter, and redirects nothing', async () => {
  const theirs = await freshKey('stranger@example.com');
  await town.writes('stranger@example.com', { text: 'Use this key.', answers: thanks, attachments: [attachOwnKey(theirs)] });
  expect((await town.post()).filter(({ kind }) => kind === 'key-challenge')).toEqual([]);
  // In the reporter's name: the challenge goes to the reporter's address, encrypted to a key that the reporter does not have.
  const forged = await freshKey(people.reporter);
  town.holds('reporter', forged);
  const letters = await answers('Use this key.', { attachments: [attachOwnKey(forged)] });
  expect(letters.filter(({ kind }) => kind === 'key-challenge').map((one) => one.to)).toEqual([people.reporter]);
  await town.writes('stranger@example.com', { text: '/prove-key 00000000000000000000000000\n', answers: thanks });
  expect(await isSealedTo(first, await told('Still to you.'))).toBe(true);
});

test('the same key prolonged counts without a word', async () => {
  const longer = await prolonged(first, people.reporter, 100);
  const letters = await answers('I prolonged it.', { autocrypt: longer });
  expect(kindsTo(people.reporter, letters)).toEqual([]);
  await town.pass('20d', '5d');
  expect(await isSealedTo(longer, await told('A question.'))).toBe(true);
});

test('a key that a program only announces is let be while the first serves', async () => {
  const other = await freshKey(people.reporter);
  expect(kindsTo(people.reporter, await answers('Hello.', { autocrypt: other }))).toEqual([]);
});

test('an answer that waits for a key, since the reporter writes encrypted, leaves when one is proved', async () => {
  await answers('Only encrypted, please.', { encrypted: true });
  await town.pass('11d', '11d');
  expect(await told('The answer itself.')).toBeUndefined();
  const other = await freshKey(people.reporter);
  town.holds('reporter', other);
  const code = codeIn(of('key-challenge', await answers('My new key.', { attachments: [attachOwnKey(other)] })));
  const letters = await answers(`/prove-key ${code}\n`);
  const answer = of('reply', to(people.reporter, letters));
  expect(await isSealedTo(other, answer)).toBe(true);
  expect(answer?.text).toContain('The answer itself.');
  expect(await town.pass('2d', '1d').then((later) => kindsTo(people.reporter, later))).not.toContain('reply');
});
