// Noise by the policy's words: suggested, never decided.
import { expect, test } from 'vitest';
import { noiseIn } from '#incident/noise.ts';
import { cost } from '#test/cost.ts';
import { policy } from '#test/situation.ts';

const noise = (subject: string, text: string) => noiseIn(subject, text, policy());

test.each([
  [
    'mail-records',
    'SPF record missing',
    'Your domain has no DMARC\npolicy (p=none), so anybody can send in your name.',
    ['spf', 'dmarc', 'p=none'],
  ],
  ['clickjacking', 'Clickjacking on your site', 'There is no X-Frame-Options header.', ['clickjacking', 'x-frame-options']],
  [
    'container-scan',
    'Scan result',
    'Trivy says: Installed   Version 1.2, fixed\nversion 1.3',
    ['trivy', 'scan result', 'installed version', 'fixed version'],
  ],
])('recognises %s, with what it found (S1-36)', (kind, subject, text, found) => {
  const suspicion = noise(subject, text);
  expect(suspicion).toMatchObject({ kind });
  expect([...(suspicion?.found ?? [])].sort()).toEqual([...found].sort());
  expect(policy().declines).toHaveProperty(suspicion?.class ?? '');
});

test('needs as many words as the policy says, and whole ones', () => {
  expect(noise('a path traversal', 'by way of the dkim module')).toBeUndefined();
  expect(noise('', 'the spfx framework and the dkimage tool and nodmarc')).toBeUndefined();
  expect(noise('', '')).toBeUndefined();
});

test('suggests the kind with more of its words', () => {
  expect(noise('spf and dmarc', 'clickjacking, x-frame-options, iframe')?.kind).toBe('clickjacking');
});

test('threat: a report of many megabytes costs no more than one of a hundred thousand characters', async () => {
  const huge = 'spf '.repeat(2_000_000);
  expect(await cost(() => expect(noise('dmarc', huge)?.found).toEqual(['spf', 'dmarc']))).toBeLessThan(500);
  expect(noise('', `${'x '.repeat(100_000)} spf dmarc`)).toBeUndefined();
});
