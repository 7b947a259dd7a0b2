// The public text, its day and hour, to distributors before it is public.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const finalNotice = await renderer('final-notice');
const publicText =
  'A long line of the public text that nobody may wrap, since it must be exactly what everybody will read later.\n\n  indented\n/confirm it';

test('holds exactly the public text between two rules (S1-94)', () => {
  const { text } = finalNotice({ text: publicText });
  const [, inside] = /\n={40,}\n([\s\S]*)\n={40,}\n/.exec(text) ?? [];
  // A line that begins like a command stands one space in: no mail program may take it for one.
  expect(inside?.replace('\n /confirm', '\n/confirm')).toBe(publicText);
});

test('says day and hour first, and that the embargo holds till then (S1-93, S1-94)', () => {
  const { subject, text } = finalNotice();
  expect(subject).toBe('[SRC-4F7K2M] [EMBARGOED until 2026-03-10 16:00 UTC] Final notice');
  expect(text).toMatch(/^EMBARGOED until 2026-03-10 16:00 UTC \(17:00 Europe\/Berlin\)\.\n/);
  expect(text).toContain('Subject: [Security Advisory] CVE-1900-0001: Path traversal in the archive importer');
});

test('what leaves with the announcement itself promises nothing that is to come (S1-84, S1-94)', () => {
  const { subject, text } = finalNotice({ leavesNow: true });
  expect(subject).toBe('[SRC-4F7K2M] [public now] Final notice');
  expect(text.replaceAll('\n', ' ')).toContain('leaves for everybody at the same time as this one');
  expect(text).not.toMatch(/EMBARGOED|becomes public/);
});

test('says that it takes the place of an earlier one', () => {
  const { subject, text } = finalNotice({ correction: true });
  expect(subject).toContain('Corrected final notice');
  expect(text.replaceAll('\n', ' ')).toContain('takes the place of the final notice you have');
  expect(finalNotice().text).not.toContain('takes the place');
});
