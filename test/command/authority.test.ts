// A signature commands here and now, or not: fresh, unseen, bound to its incident by signed bytes.
import { expect, test } from 'vitest';
import { authority, type Circumstances, meant } from '#command/authority.ts';
import type { Message, Opened } from '#mail/message.ts';
import { ownWords } from '#mail/own-words.ts';
import { id, idOf, member, now, policy, stranger } from '#test/situation.ts';
import { after, before } from '#time.ts';

const other = idOf('SRC-000001');

function opened(text: string, changes: Partial<Opened> = {}): Opened {
  return {
    subject: 'outer',
    protectedFields: [],
    passages: [{ text, from: 'plain', covered: true }],
    signature: { status: 'good', covers: 'all', at: before(now, '1h'), digest: 'd' },
    ...changes,
  } as unknown as Opened;
}

const circumstances: Circumstances = {
  incident: id,
  prefix: 'SRC',
  own: { lines: [] },
  replayed: false,
  protectedCites: [id],
  policy: policy(),
  now,
};
/** A mail is judged with its own words as intake finds them. */
const judged = (mail: Opened, changes: Partial<Circumstances> = {}) => {
  const own = ownWords(mail.passages, { coveredOnly: true });
  const { proof, doubt } = authority(member(), mail, { ...circumstances, own, ...changes });
  return { proof, doubt };
};
const unbound = { incident: other, protectedCites: [] };
const signedAt = (at: Date) => opened('', { signature: { status: 'good', covers: 'all', at, digest: 'd' } });

test('a fresh signature that cites a letter of the incident commands', () => {
  expect(judged(opened('/accept'))).toEqual({ proof: 'signed', doubt: undefined });
});

test('a replayed signature commands nothing (S1-01)', () => {
  expect(judged(opened('/accept'), { replayed: true })).toEqual({
    proof: 'none',
    doubt: 'this signature came before; a signed command counts once',
  });
});

test('a signature is fresh for the span of the policy and not a moment longer', () => {
  expect(judged(signedAt(before(now, '72h'))).proof).toBe('signed');
  expect(judged(signedAt(after(before(now, '72h'), -1000)))).toEqual({ proof: 'none', doubt: 'it was signed more than 72 hours ago' });
});

test('a clock that runs ahead a day is forgiven, more is not', () => {
  expect(judged(signedAt(after(now, '1d'))).proof).toBe('signed');
  expect(judged(signedAt(after(now, '25h')))).toEqual({ proof: 'none', doubt: 'it was signed in the future' });
});

test('a signature without a time commands nothing', () => {
  expect(judged(opened('', { signature: { status: 'good', covers: 'all' } }))).toEqual({
    proof: 'none',
    doubt: 'the signature has no time',
  });
});

test('a command aimed at another incident commands nothing there (S1-01)', () => {
  const aimed = judged(opened('/accept'), unbound);
  expect(aimed.proof).toBe('none');
  expect(aimed.doubt).toMatch(/^the signed text does not name SRC-000001, so it could belong to another incident/);
});

test('naming the incident in signed text or in a protected subject binds, in any case', () => {
  expect(judged(opened(`About src-000001:\n/accept`), unbound).proof).toBe('signed');
  const subject = opened('/accept', { protectedFields: [{ name: 'subject', value: 'Re: [SRC-000001] hello' }] });
  expect(judged(subject, unbound).proof).toBe('signed');
});

test('naming it outside the signed bytes does not', () => {
  const outside = opened('/accept', { subject: '[SRC-000001]', passages: [{ text: 'SRC-000001', from: 'plain', covered: false }] });
  expect(meant(outside, { own: ownWords(outside.passages, { coveredOnly: true }), protectedCites: [], prefix: 'SRC' }).ids).toEqual([]);
  expect(judged(outside, unbound).proof).toBe('none');
});

test('threat: where the signed header belongs to an incident, no word and no quote takes the signature to another one (S1-01)', () => {
  const header = [{ name: 'subject', value: `Re: [${id}] hello` }];
  for (const words of [`About ${other}:\n/accept`, `> ${other}\n\n/accept`]) {
    expect(judged(opened(words), { incident: other })).toMatchObject({ proof: 'none' });
    const subject = judged(opened(words, { protectedFields: header }), unbound);
    expect(subject).toEqual({ proof: 'none', doubt: `its signed header belongs to ${id}, not to ${other}` });
    expect(judged(opened(words, { protectedFields: header }), { incident: id }).proof).toBe('signed');
  }
});

test('threat: what a quote names counts for nothing where the writer names an incident, whoever chose the quote (S1-01)', () => {
  const words = opened(`About ${id}:\n\n> Is it the same as ${other}?\n\n/accept`);
  expect(judged(words, unbound).doubt).toBe(
    `the signed words name ${id} first, not ${other}; write ${other} on a line of its own above the command`,
  );
  expect(judged(words, { incident: id, protectedCites: [] }).proof).toBe('signed');
});

test('a quote binds where nothing else is named, and only by the one incident in it', () => {
  expect(judged(opened(`> about ${other}\n\n/accept`), unbound).proof).toBe('signed');
  expect(judged(opened(`> about ${other}\n> or ${id}\n\n/accept`), unbound).proof).toBe('none');
});

test('threat: of two incidents in the writer’s words the first is meant, and whoever carries the mail cannot choose the other (S1-01)', () => {
  const both = opened(`${id}: the same cause as ${other}, I think.\n/accept`);
  expect(judged(both, { incident: id, protectedCites: [] }).proof).toBe('signed');
  expect(judged(both, unbound).proof).toBe('none');
});

test('an id in code or in the HTML part is not the writer’s word: it binds as a quote does', () => {
  const html = opened('/accept', {
    passages: [
      { text: `About ${id}:\n/accept`, from: 'plain', covered: true },
      { text: `<p>${other}</p>`, from: 'html', covered: true },
    ],
  });
  expect(judged(html, unbound).proof).toBe('none');
  expect(judged(html, { incident: id, protectedCites: [] }).proof).toBe('signed');
});

test('threat: a mail that points to two incidents takes a signature that answers letters of one of them to no new one (S1-01)', () => {
  expect(judged(opened('/reply'), { incident: undefined, protectedCites: [other] })).toEqual({
    proof: 'none',
    doubt: 'its signed header answers letters of SRC-000001, and the mail came to no incident or to a new one',
  });
});

test('a new report needs no binding', () => {
  expect(judged(opened('/list'), { incident: undefined, protectedCites: [] }).proof).toBe('signed');
});

const dated = (date: Date | undefined) =>
  opened('/accept', { message: { date } as Message, signature: { status: 'none', covers: 'none' } });
const vouched = (date: Date | undefined, changes: Partial<Circumstances> = {}) =>
  authority(member('lead', { proof: 'domain' }), dated(date), { ...circumstances, ...changes });

test('what our server vouches for needs no binding, and is fresh for the span of the policy', () => {
  expect(vouched(now, { incident: other, protectedCites: [] })).toEqual(member('lead', { proof: 'domain' }));
  expect(vouched(before(now, '72h')).proof).toBe('domain');
  expect(vouched(after(now, '1d')).proof).toBe('domain');
});

test.each([
  ['old', after(before(now, '72h'), -1000), {}, 'the mail is dated more than 72 hours ago'],
  ['of the future', after(now, '25h'), {}, 'the mail is dated in the future'],
  ['without a date', undefined, {}, 'the mail has no date'],
  ['that came before', now, { replayed: true }, 'this mail came before; a command counts once'],
] as const)('threat: a vouched mail %s commands nothing (S1-01)', (_, date, changes, doubt) => {
  expect(vouched(date, changes)).toMatchObject({ proof: 'none', doubt });
});

test('what proves nothing stays as it is, and nobody doubts a stranger', () => {
  const weak = member('lead', { proof: 'none' });
  expect(authority(weak, dated(undefined), { ...circumstances, replayed: true })).toEqual(weak);
  const outside = { ...stranger, proof: 'domain' as const };
  expect(authority(outside, dated(undefined), circumstances)).toEqual(outside);
});
