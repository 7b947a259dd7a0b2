// The look back, in text and HTML.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const retrospective = await renderer('retrospective');

test('tells the timeline in UTC and the zone of the team, what was late, and what people wrote, in both parts', () => {
  const { subject, text, html } = retrospective();
  expect(subject).toBe('Retrospective: CVE-1900-0001: Path traversal in the archive importer');
  expect(text).toContain('- 2026-03-01 09:30 UTC (10:30 Europe/Berlin): The report arrived.\n');
  expect(text).toContain('| The patch was ready early.\n| The text of the notice was not.');
  for (const part of [text, html]) {
    expect(part).toContain('Triage took 5 days 1 hour; the policy says 3 days.');
    expect(part).toContain('9 days 6 hours');
    expect(part).toContain('incident commander');
  }
});

test('is blameless: about the process, no word of fault', () => {
  const { text } = retrospective();
  expect(text).toContain('It is about the process,');
  expect(text).not.toMatch(/\b(?:fault|blame|failed|mistake)\b/i);
});

test('leaves out empty sections', () => {
  const { text, html } = retrospective({ late: [], critiques: [], figures: [], people: [], timeline: [], links: undefined });
  for (const part of [text, html]) expect(part).not.toMatch(/took longer|took part|Figures|Timeline|Links/);
});

test('threat: a critique is neither markup nor a heading of ours', () => {
  const { text, html } = retrospective({ critiques: ['<b>x</b>\nTimeline\n--------'] });
  expect(text).toContain('| Timeline\n| --------');
  expect(html).toContain('&lt;b&gt;x&lt;/b&gt;');
});
