// The public word that a fix will come, in text and HTML.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const headsUp = await renderer('heads-up');

test('says the moment of the release in UTC and in the zone of the team, in both parts (S4-24, S4-26)', () => {
  const { subject, text, html = '' } = headsUp();
  expect(subject).toBe('[Security] A fix will be released at 2026-03-10 16:00 UTC');
  for (const part of [text, html]) expect(part).toContain('2026-03-10 16:00 UTC (17:00 Europe/Berlin)');
});

test('says what to do until then, or that there is nothing (S4-25)', () => {
  for (const part of [headsUp().text, headsUp().html]) expect(part).toContain('Import archives from trusted sources only.');
  const { text, html } = headsUp({ mitigation: undefined });
  for (const part of [text, html]) expect(part).toContain('There is nothing that you can do before the fix is there.');
});

test('has no fact that could hold what is fixed (S4-24)', () => {
  expect(() => headsUp({ title: 'Path traversal' })).toThrow(/unrecognized_keys/);
  expect(() => headsUp({ cve: 'CVE-1900-0001' })).toThrow(/unrecognized_keys/);
  expect(() => headsUp({ severity: 'high' })).toThrow(/unrecognized_keys/);
  expect(() => headsUp({ id: 'SRC-4F7K2M' })).toThrow(/unrecognized_keys/);
});

test('names the moment that no longer holds (S1-50)', () => {
  const { subject, text, html } = headsUp({ instead: '2026-03-09T16:00:00.000Z' });
  expect(subject).toBe('[Security, corrected] A fix will be released at 2026-03-10 16:00 UTC');
  for (const part of [text, html]) expect(part?.replaceAll('\n', ' ')).toContain('which said 2026-03-09 16:00 UTC');
});

test('is signed by the lead for the team where the policy says so (S4-49)', () => {
  expect(headsUp().text).toMatch(/\n\nExample Security Team\n$/);
  expect(headsUp({ signedBy: 'Robin Lead' }).text).toMatch(/\n\nRobin Lead, for\nExample Security Team\n$/);
});

test('HTML loads nothing from elsewhere, and no fact becomes markup', () => {
  const { html = '' } = headsUp({ mitigation: '<script>alert(1)</script>' });
  expect(html).not.toMatch(/<(?:img|link|script|iframe|object)\b|@import|url\(|\bsrc=/i);
  expect(html).toContain('prefers-color-scheme: dark');
});
