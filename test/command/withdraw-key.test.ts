// /withdraw-key: a certificate counts no more, at once, with a reason.
import { expect, test } from 'vitest';
import { member, obey, situation } from '#test/situation.ts';

const fingerprint = '0123456789ABCDEF0123456789ABCDEF01234567';
const standing = [{ who: 'acme', fingerprint }];
const distributor = member('acme', { roles: ['distributor'] });

test('a member withdraws a certificate and hears that its owner has no other', () => {
  const done = obey(`/withdraw-key acme ${fingerprint} because the laptop was stolen`, situation([], { standing }));
  expect(done.register).toEqual([
    { type: 'certificate-withdrawn', who: 'acme', fingerprint, by: 'lead', because: 'the laptop was stolen' },
  ]);
  expect(done.transcript[0]?.text).toContain('acme has no other; what must be sealed waits until there is one.');
});

test('a distributor withdraws their own and nobody else’s', () => {
  const line = (who: string) => `/withdraw-key ${who} ${fingerprint} because it was lost`;
  expect(obey(line('acme'), situation([], { by: distributor, standing })).register).toHaveLength(1);
  const { transcript, register } = obey(line('gamma'), situation([], { by: distributor, standing }));
  expect([register, transcript[0]?.text]).toEqual([[], 'You withdraw your own certificates only.']);
  // Nor does it say who else is on the list.
  const nobody = obey(line('nobody-known'), situation([], { by: distributor, standing }));
  expect(nobody.transcript[0]?.text).toBe('You withdraw your own certificates only.');
});

test('needs a reason, a signature and a certificate that counts', () => {
  const refused = (line: string, by = member()) => obey(line, situation([], { by, standing })).transcript[0]?.text;
  expect(refused(`/withdraw-key acme ${fingerprint}`)).toMatch(/^The reason is missing\./);
  expect(refused(`/withdraw-key acme ${fingerprint} because x`, member('lead', { proof: 'domain' }))).toMatch(/needs a mail signed/);
  expect(refused(`/withdraw-key acme ${'A'.repeat(40)} because x`)).toMatch(/^No certificate of acme with this fingerprint counts\./);
});
