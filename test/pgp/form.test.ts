// What was signed as a text is not read as an entity, and the other way round.
import { expect, test } from 'vitest';
import { isEntity, isText } from '#pgp/form.ts';
import { growth, linear } from '#test/cost.ts';

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

test.each(['a\n', 'Content-', ': \n', ' \n'])('a megabyte of %j without an empty line is looked at in linear time', async (piece) => {
  expect(await growth(250_000, (size) => isEntity(Buffer.from(piece.repeat(size / piece.length))))).toBeLessThan(linear);
});
