// What came encrypted never leaves in clear, whatever a policy allows; what people wrote for others follows the policy.
import { expect, test } from 'vitest';
import { type Kind, letters } from '#letter/list.ts';
import { sealOf } from '#letter/sealing.ts';
import { audiences } from '#team/policy.ts';
import { policy } from '#test/situation.ts';

const open = policy({
  audiences: Object.fromEntries(audiences.filter((one) => one !== 'public').map((one) => [one, { seal: 'may' }])),
});
const inside = ['team', 'fix-team', 'steering', 'release-managers'] as const;

test('threat: a decryption oracle: whatever shows the team an encrypted mail is sealed, even where the policy would let it go in clear', () => {
  for (const { kind, contents } of letters)
    for (const audience of inside) {
      expect(sealOf(kind as Kind, audience, open, { confidential: true }), kind).toBe(contents ? 'must' : 'may');
      expect(sealOf(kind as Kind, audience, open, {}), kind).toBe('may');
    }
});

test('a reporter who writes encrypted is answered encrypted or not at all', () => {
  expect(sealOf('reply', 'reporter', open, { confidential: true, reporterEncrypts: true })).toBe('must');
  expect(sealOf('acknowledgement', 'reporter', open, { confidential: true, reporterEncrypts: true })).toBe('may');
  expect(sealOf('reply', 'reporter', open, { confidential: true })).toBe('may');
});

test('a transcript repeats lines of a mail to a distributor too', () => {
  expect(sealOf('transcript', 'distributors', open, { confidential: true })).toBe('must');
});

test('what people wrote for distributors, the CNA and the public follows the policy', () => {
  const hidden = { confidential: true, reporterEncrypts: true } as const;
  expect(sealOf('notice', 'distributors', open, hidden)).toBe('may');
  expect(sealOf('notice', 'distributors', policy(), hidden)).toBe('must');
  expect(sealOf('cve-request', 'cna', open, hidden)).toBe('may');
  expect(sealOf('announcement', 'public', open, hidden)).toBe('never');
});
