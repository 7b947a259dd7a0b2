// A signature commands here and now, or not: fresh, unseen, bound to its incident by signed bytes.
import { expect, test } from 'vitest';
import { authority, type Circumstances, named } from '#command/authority.ts';
import type { Message, Opened } from '#mail/message.ts';
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

const circumstances: Circumstances = { incident: id, prefix: 'SRC', replayed: false, protectedCites: [id], policy: policy(), now };
const judged = (mail: Opened, changes: Partial<Circumstances> = {}) => {
  const { proof, doubt } = authority(member(), mail, { ...circumstances, ...changes });
  return { proof, doubt };
};
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
  const aimed = judged(opened('/accept'), { incident: other });
  expect(aimed.proof).toBe('none');
  expect(aimed.doubt).toMatch(/^the signed text does not name SRC-000001, so it could belong to another incident/);
});

test('naming the incident in signed text or in a protected subject binds, in any case', () => {
  expect(judged(opened(`About src-000001:\n/accept`), { incident: other }).proof).toBe('signed');
  const subject = opened('/accept', { protectedFields: [{ name: 'subject', value: 'Re: [SRC-000001] hello' }] });
  expect(judged(subject, { incident: other }).proof).toBe('signed');
});

test('naming it outside the signed bytes does not', () => {
  const outside = opened('/accept', { subject: '[SRC-000001]', passages: [{ text: 'SRC-000001', from: 'plain', covered: false }] });
  expect(named(outside, 'SRC')).toEqual([]);
  expect(judged(outside, { incident: other }).proof).toBe('none');
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
