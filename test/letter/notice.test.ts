// The embargoed notice to distributors.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const notice = await renderer('notice');

test('says EMBARGOED and until when in UTC before anything else', () => {
  const { subject, text } = notice();
  expect(subject).toBe('[SRC-4F7K2M] [EMBARGOED until 2026-03-10 16:00 UTC] CVE-1900-0001: Path traversal in the archive importer');
  expect(text).toMatch(/^EMBARGOED until 2026-03-10 16:00 UTC \(17:00 Europe\/Berlin\)\.\n/);
});

test('says what one may do, how to ask and how to report a leak', () => {
  const { text } = notice();
  expect(text).toContain('Do not deploy the patches before the embargo ends.');
  expect(text).toContain('Questions: reply to this mail or write to security@example.org, encrypted.');
  expect(text.replaceAll('\n', ' ')).toContain('A leak, or the suspicion of one: tell security@example.org at once what leaked, to whom');
});

test('gives the rules of deployment where the team has some', () => {
  const { text } = notice({ deployment: 'On hosted clusters whose users cannot read the binary.' });
  expect(text).toContain('May patches be deployed during the embargo?\nOn hosted clusters');
  expect(text).not.toContain('Do not deploy');
});

test('names the parts that follow, and no empty section (S1-78)', () => {
  const { text } = notice({ cve: undefined, severity: undefined, fixed: undefined, patches: undefined, toFollow: ['patches', 'CVE id'] });
  expect(text).toContain('Not known yet, to follow in this thread:\n- patches\n- CVE id\n');
  expect(text).not.toMatch(/Fixed versions|Patches\n|Severity|CVE:/);
});

test('is not made without an end of the embargo or an impact', () => {
  expect(() => notice({ embargoEnds: undefined })).toThrow('embargoEnds');
  expect(() => notice({ impact: undefined })).toThrow('impact');
});
