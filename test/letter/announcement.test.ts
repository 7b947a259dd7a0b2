// The public announcement, in text and HTML.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const announcement = await renderer('announcement');

const order = [
  'Am I vulnerable?',
  'Affected versions',
  'How do I mitigate it?',
  'Fixed versions',
  'Detection',
  'Details',
  'Acknowledgements',
];

test('has its sections in the order in which readers ask, in both parts', () => {
  const { text, html = '' } = announcement();
  for (const part of [text, html]) {
    const places = order.map((title) => part.indexOf(title));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  }
});

test('has CVE and title in the subject, and no id of ours: the public does not know it', () => {
  expect(announcement({ id: 'SRC-4F7K2M' }).subject).toBe('[Security Advisory] CVE-1900-0001: Path traversal in the archive importer');
  expect(announcement({ cve: undefined }).subject).toBe('[Security Advisory] Path traversal in the archive importer');
});

test('says severity, score, vector and the moment in UTC', () => {
  const { text } = announcement();
  expect(text).toContain('Severity: high (7.5)\nVector: CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:H/A:N\nPublished: 2026-03-10 16:00 UTC\n');
});

test('leaves out what nobody wrote', () => {
  const less = {
    detection: undefined,
    details: undefined,
    credit: undefined,
    references: undefined,
    upgrade: undefined,
    conditions: undefined,
  };
  const { text, html } = announcement({ ...less, score: undefined, vector: undefined });
  for (const part of [text, html]) {
    expect(part).not.toMatch(/Detection|Details|Acknowledgements|References|How to upgrade|Vector/);
    expect(part).toContain('You are if you run one of the affected versions.');
  }
});

test('says that a part is not known yet rather than leaving its section empty', () => {
  const { text, html } = announcement({ fixed: '' });
  for (const part of [text, html]) expect(part).toContain('Not known yet.');
});

test('HTML loads nothing from elsewhere and runs nothing', () => {
  const { html = '' } = announcement();
  expect(html).not.toMatch(/<(?:img|link|script|iframe|object)\b|@import|url\(|\bsrc=/i);
  expect(html).toContain('prefers-color-scheme: dark');
  expect(html).toContain('<a href="https://example.org/releases/2.3.1">');
});

test('threat: no fact becomes markup', () => {
  const attack = '</mj-text><mj-raw><script>alert(1)</script>" onload="x {{team}} {{#each}}';
  const { html = '' } = announcement({
    title: attack,
    impact: attack,
    vector: attack,
    credit: attack,
    references: [attack, 'javascript:alert(1)'],
  });
  expect(html).not.toMatch(/<script|<mj-|onload="/);
  expect(html).not.toContain('href="javascript:');
  expect(html).toContain('{{team}} {{#each}}');
});

test('says nothing of a severity that nobody rated, and signs and dates as it is told to (S4-35, S4-49, S1-71)', () => {
  const { subject, text, html } = announcement({
    severity: undefined,
    score: undefined,
    updatedAt: '2026-03-20T09:00:00.000Z',
    signedBy: 'Robin Lead',
  });
  expect(subject).toBe('[Security Advisory, updated] CVE-1900-0001: Path traversal in the archive importer');
  expect(text).toContain('Published: 2026-03-10 16:00 UTC\nUpdated: 2026-03-20\n');
  expect(text).toMatch(/\n\nRobin Lead, for\nExample Security Team\n$/);
  expect(html).toContain('Robin Lead, for Example Security Team');
  for (const part of [text, html]) expect(part).not.toContain('Severity');
});
