// /keys: members see everybody's certificates, a distributor their own.
import { expect, test } from 'vitest';
import { emptyRegister, registered } from '#team/register.ts';
import { member, now, obey, situation } from '#test/situation.ts';

const lead = 'A'.repeat(40);
const acme = 'B'.repeat(40);
const other = 'C'.repeat(40);
const standing = [
  { who: 'lead', fingerprint: lead },
  { who: 'acme', fingerprint: acme, ends: new Date('2026-04-01T00:00:00Z') },
  { who: 'gamma', fingerprint: other, ends: new Date(0), unusable: 'the key is revoked' },
];
const register = registered(
  emptyRegister,
  { type: 'certificate-offered', who: 'acme', fingerprint: 'D'.repeat(40), armored: 'the new one', from: 'attached' },
  now,
);
const says = (line: string, by = member()) => obey(line, situation([], { by, standing, register })).transcript[0]?.text;
const distributor = member('acme', { roles: ['distributor'] });

test('shows one’s own, until when they last, and what was offered', () => {
  expect(says('/keys')).toBe(`lead | ${lead} | without an end`);
  expect(says('/keys', distributor)).toBe(
    `acme | ${acme} | until 2026-04-01 00:00 UTC\nacme | ${'D'.repeat(40)} | offered 2026-03-03 12:00 UTC, does not count yet`,
  );
});

test('a member sees everybody, and what cannot be used', () => {
  expect(says('/keys all')?.split('\n')).toHaveLength(4);
  expect(says('/keys gamma')).toBe(`gamma | ${other} | NOT USABLE: the key is revoked`);
  expect(says('/keys nobody-known')).toBe('Nobody on the roster is called "nobody-known".');
});

test('threat: a distributor learns nothing about who else is on the list', () => {
  expect(says('/keys all', distributor)).toBe('You see your own: /keys');
  for (const named of ['gamma', 'team', 'lead', 'lead@example.org', 'nobody-known'])
    expect(says(`/keys ${named}`, distributor), named).toBe('You see your own: /keys');
  expect(says('/keys acme', distributor)).toContain(acme);
});
