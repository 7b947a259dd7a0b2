// What the team says, to the reporter.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const reply = await renderer('reply');

test('brings the text as the team wrote it and asks for an answer when it asks', () => {
  const { subject, text } = reply();
  expect(subject).toBe('[SRC-4F7K2M] A question about your report');
  expect(text).toMatch(/^Hello Robin Example,\n\nWe can reproduce it/);
  expect(text).toContain('Please reply to this mail');
  expect(text).toContain('Example Security Team\nsecurity@example.org');
});

test('changes nothing in the text: long lines, indentation, empty lines, a line with a slash', () => {
  const own = `${'word '.repeat(30)}end\n\n\n    if (x) {\n\n/etc/hosts is read`;
  expect(reply({ text: own }).text).toContain(`\n${own}\n`);
});

test('names no member, whatever the facts say of the team', () => {
  expect(reply({ asks: false }).subject).toBe('[SRC-4F7K2M] About your report');
  expect(reply().text).not.toContain('lead');
});

test('greets without a name when there is none', () => {
  expect(reply({}, { recipient: '' }).text).toMatch(/^Hello,\n/);
});
