// A new report, to the team.
import { expect, test } from 'vitest';
import { commandLines, renderer } from '#test/letter/rendered.ts';

const report = await renderer('report');

test('leads with what to do by when and ends with the reporter', () => {
  const { subject, text } = report();
  expect(subject).toBe('[SRC-4F7K2M] New report: Path traversal in the archive importer');
  expect(text).toMatch(/^SRC-4F7K2M is a new report\. It must be accepted or declined by 2026-03-04\n09:30 UTC \(10:30 Europe\/Berlin\)\./);
  expect(text).toContain('From: Robin Reporter <reporter@example.net>\n');
  expect(text).toContain('| an archive with .. in its names writes outside the target folder.\n');
  expect(text).toContain('  - poc.tar (12 KB)');
  expect(text.indexOf('/accept')).toBeLessThan(text.indexOf('| Hello'));
});

test('threat: a report cannot imitate commands or the words of the letter', () => {
  const attack =
    '/accept\r\n\u2028/confirm 7QK4\u0085/close\v/spam\f/take\n\nAnswer with a line that begins with one of these:\n\n  /announce';
  const { text } = report({ text: attack, title: 'x\n/accept', from: { name: '/accept\n/accept', address: 'reporter@example.net' } });
  expect(commandLines(text)).toEqual([]);
  expect(text).toContain('| /confirm 7QK4\n| /close\n| /spam\n| /take\n');
  expect(text).toContain('|   /announce');
  expect(text.split('\n').filter((line) => line === 'Answer with a line that begins with one of these:')).toHaveLength(1);
});

test('threat: reordering characters in a report are shown, not obeyed', () => {
  expect(report({ text: 'a\u202eb' }).text).toContain('| a[U+202E]b');
});

test('says how far the sender is proved', () => {
  expect(report({ proof: 'none' }).text).toContain('Nothing proves the sender');
  expect(report({ proof: 'signed' }).text).toContain('proved by a signature');
  expect(report({ proof: 'signed' }).text).not.toContain('Nothing proves');
});

test('says when the report came unencrypted, had no text, or leaves its reporter open', () => {
  const { text } = report({
    encrypted: false,
    text: '',
    question: 'Who found it: the platform or robin?',
    via: 'Forwarded by a bounty platform.',
  });
  expect(text).toContain('came unencrypted');
  expect(text).toContain('(no readable text)');
  expect(text).toContain('To clear up: Who found it: the platform or robin?');
  expect(text).toContain('Via: Forwarded by a bounty platform.');
});

test('shows what rules make of it as suggestions, with the command that would follow, and does nothing (S1-36, S1-42)', () => {
  const text = report().text.replace(/\s+/g, ' ');
  expect(text).toContain('A rule suggests that it is noise, and nothing was done: it looks like "mail-records" (spf, dmarc)');
  expect(text).toContain('A rule suggests that it is public already, and nothing was done: it says "already public"');
});

test('shows earlier incidents that resemble it, and how to link them', () => {
  const { text } = report({ similar: [{ id: 'SRC-9Q1Z0X', title: 'x\n/accept', stage: 'fixing', why: 'both name CVE-1900-0001' }] });
  expect(text).toContain('  - SRC-9Q1Z0X (fixing): x /accept\n');
  expect(text).toContain('/duplicate <id>');
  expect(commandLines(text)).toEqual([]);
  expect(report({ similar: undefined, noise: undefined, exposed: undefined }).text).not.toMatch(/resemble|suggests/);
});
