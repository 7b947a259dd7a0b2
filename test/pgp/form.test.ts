// What was signed as a text is not read as an entity, and the other way round.
import { expect, test } from 'vitest';
import { isEntity, isText } from '#pgp/form.ts';

const crlf = (...lines: string[]) => Buffer.from(lines.join('\r\n'), 'latin1');

test.each([
  ['an entity', crlf('Content-Type: text/plain', '', '/take'), true, false],
  [
    'an entity with folded and protected fields',
    crlf('From: lead@example.org', 'Content-Type: text/plain;', '\tcharset=utf-8', '', '/take'),
    true,
    false,
  ],
  ['an entity with LF', Buffer.from('content-type: text/plain\n\n/take'), true, false],
  ['a part without a header', crlf('', '/take'), true, true],
  ['nothing', Buffer.alloc(0), true, true],
  ['a text', crlf('I would never write:', '', '/take'), false, true],
  ['a quoted header above a text', crlf('From: x@example.net', 'Sent: Monday', 'Subject: y', '', '/take'), false, true],
  ['a text that shows a header', crlf('Look:', '', 'Content-Type: text/plain', '', '/take'), false, true],
  ['a text whose first lines hold a field', crlf('Look:', 'at this', 'Content-Type: text/plain', '', '/take'), false, false],
])('%s', (_, bytes, entity, text) => {
  expect([isEntity(bytes), isText(bytes)]).toEqual([entity, text]);
});

test('a megabyte without an empty line is looked at in linear time', () => {
  const begun = performance.now();
  for (const piece of ['a\n', 'Content-', ': \n', ' \n']) isEntity(Buffer.from(piece.repeat(1_000_000 / piece.length)));
  expect(performance.now() - begun).toBeLessThan(2000);
});
