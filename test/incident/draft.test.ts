// A draft as it leaves: exactly what was approved, but for the moment at which it became public.
import { expect, test } from 'vitest';
import { asPublished } from '#incident/draft.ts';
import { drafted, incident, scheduled } from '#test/situation.ts';

const planned = '2026-03-16 16:00 UTC';
const at = new Date('2026-03-16T19:30:00Z');
function leaves(text: string, moment: Date, html?: string) {
  const event = { ...drafted('announcement'), text, ...(html !== undefined && { html }) };
  const draft = incident(scheduled(), event).drafts.announcement;
  if (!draft) throw new Error('no draft');
  return asPublished(draft, moment);
}

test('what leaves late says when it really became public, in text and HTML (S1-91, S1-94)', () => {
  const html = `<tr><td>Published</td><td>${planned}</td></tr>`;
  const late = leaves(`Title\n\nPublished: ${planned}\n`, at, html);
  expect(late.text).toBe('Title\n\nPublished: 2026-03-16 19:30 UTC\n');
  expect(late.html).toBe('<tr><td>Published</td><td>2026-03-16 19:30 UTC</td></tr>');
  expect(late.subject).toBe('the announcement');
});

test('at its moment it is the approved text, byte for byte (S1-94)', () => {
  const text = `Published: ${planned}\n`;
  expect(leaves(text, new Date('2026-03-16T16:00:59Z')).text).toBe(text);
});

test('what people wrote of that moment stays theirs', () => {
  const text = `The old keys end at ${planned}.\n`;
  expect(leaves(text, at).text).toBe(text);
  expect(leaves('Nothing of a moment.\n', at).text).toBe('Nothing of a moment.\n');
});
