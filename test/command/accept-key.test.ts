// /accept-key: another person compared the fingerprint; nobody accepts their own.
import { expect, test } from 'vitest';
import { emptyRegister, registered } from '#team/register.ts';
import { guards } from '#test/command/table.ts';
import { member, now, obey, situation } from '#test/situation.ts';

const fingerprint = '0123456789ABCDEF0123456789ABCDEF01234567';
const old = 'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF';
const offer = (who: string) =>
  registered(emptyRegister, { type: 'certificate-offered', who, fingerprint, armored: 'the new one', from: 'attached' }, now);
const standing = [{ who: 'acme', fingerprint: old }];

guards(`/accept-key acme ${fingerprint}`, [], { register: offer('acme'), standing });

test('lets the offered certificate count in the place of the one before (S1-86)', () => {
  const done = obey(
    '/accept-key acme 0123 4567 89ab cdef 0123  4567 89AB CDEF 0123 4567',
    situation([], { register: offer('acme'), standing }),
  );
  expect(done.register).toEqual([
    { type: 'certificate-accepted', who: 'acme', fingerprint, by: 'lead', way: 'second-person', replaces: [old] },
  ]);
  expect(done.transcript[0]?.text).toBe('The certificate of acme counts from now on, in the place of those before.');
});

const refused = (text: string, bent: Parameters<typeof situation>[1]) => {
  const { transcript, register } = obey(text, situation([], bent));
  expect(register).toEqual([]);
  return transcript[0]?.text;
};

test('threat: a part of a fingerprint can be forged and names nothing', () => {
  expect(refused('/accept-key acme 01234567', { register: offer('acme') })).toMatch(/^Write the whole fingerprint/);
});

test('threat: nobody accepts a certificate of their own', () => {
  expect(refused(`/accept-key lead ${fingerprint}`, { register: offer('lead'), by: member('lead') })).toBe(
    'Somebody else of the team compares and accepts your certificate.',
  );
});

test('says what was offered, and what is unknown', () => {
  expect(refused(`/accept-key acme ${fingerprint}`, {})).toMatch(/^acme offered no certificate with this fingerprint\./);
  expect(refused(`/accept-key nobody-known ${fingerprint}`, {})).toBe('Nobody on the roster is called "nobody-known".');
});
