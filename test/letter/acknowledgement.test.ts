// The first answer to a report.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const acknowledgement = await renderer('acknowledgement');

test('says the id, by when the reporter hears from us, and how to go on', () => {
  const { subject, text } = acknowledgement();
  expect(subject).toBe('[SRC-4F7K2M] We have your report');
  expect(text).toContain('Its id is SRC-4F7K2M.');
  expect(text).toContain('2026-03-04 09:30 UTC (10:30 Europe/Berlin)');
  expect(text).toContain('reply to this mail');
  expect(text).toContain('Please keep the issue private');
  expect(text).toContain('\n  AAAA 1111 BBBB 2222 CCCC  3333 DDDD 4444 EEEE 5555\n');
});

test('repeats nothing that a stranger wrote, not even the name: an acknowledgement to a forged sender carries no message (RFC 3834 §2)', () => {
  const { subject, text } = acknowledgement({}, { recipient: 'Buy at https://bad.example' });
  expect(`${subject}${text}`).not.toContain('bad.example');
});

test('does not speak of encryption when the team has no key', () => {
  expect(acknowledgement({ fingerprint: '' }).text).not.toMatch(/OpenPGP/);
  expect(acknowledgement({ acceptsEncryption: undefined }).text).toContain('AAAA');
  expect(acknowledgement({ acceptsEncryption: false }).text).not.toMatch(/OpenPGP|AAAA/);
});

test('does without next steps and link', () => {
  const { text } = acknowledgement({ nextSteps: '', link: undefined });
  expect(text).not.toContain('How we work');
  expect(text).not.toContain('\n\n\n');
});
