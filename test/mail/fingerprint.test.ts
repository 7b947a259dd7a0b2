// The same mail is known again after what relays do to it, and another mail is another one.
import { expect, test } from 'vitest';
import { fingerprint } from '#mail/fingerprint.ts';
import { parse } from '#mail/parse.ts';
import { growth, linear } from '#test/cost.ts';

const head = 'From: lead@example.org\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\nMessage-ID: <m@example.org>\r\nSubject: Re: a finding\r\n';

async function print(body: string, fields = head): Promise<string> {
  const message = await parse(Buffer.from(`${fields}\r\n${body}`, 'latin1'));
  if ('unreadable' in message) throw new Error(message.unreadable);
  return fingerprint(message);
}

test.each([
  ['blanks at line ends', '/note once \t\r\n\r\nbye\r\n'],
  ['no blanks where there were some', '/note once\r\n\r\nbye'],
  ['empty lines at the end', '/note once\r\n\r\nbye\r\n\r\n \r\n'],
  ['other blanks inside a line', '/note \t  once\r\n\r\nbye\r\n'],
  ['other line ends', '/note once\n\nbye\n'],
])('threat: a copy with %s is the same mail, as relaxed DKIM would prove it again (RFC 6376 §3.4.4)', async (_, body) => {
  expect(await print(body)).toBe(await print('/note once\r\n\r\nbye\r\n'));
});

test('a header that was folded anew is the same', async () => {
  expect(await print('x', head.replace('Re: a', 'Re:\r\n\ta'))).toBe(await print('x'));
});

test.each([
  ['words', '/note twice\r\n\r\nbye\r\n'],
  ['an empty line less', '/note once\r\nbye\r\n'],
  ['a blank where there was none', '/note on ce\r\n\r\nbye\r\n'],
  ['a blank at the beginning of a line, which makes it no command', ' /note once\r\n\r\nbye\r\n'],
])('a mail with other %s is another mail', async (_, body) => {
  expect(await print(body)).not.toBe(await print('/note once\r\n\r\nbye\r\n'));
});

test('threat: a copy whose blanks were changed to spoil its OpenPGP signature does not stand for the good one', async () => {
  const block = '-----BEGIN PGP SIGNED MESSAGE-----\r\n\r\n/note once\r\n';
  expect(await print(block.replace('once', 'once '))).not.toBe(await print(block));
  const signed = `${head}Content-Type: multipart/signed; boundary=b\r\n`;
  expect(await print('--b\r\n\r\nonce \r\n--b--\r\n', signed)).not.toBe(await print('--b\r\n\r\nonce\r\n--b--\r\n', signed));
});

test('a body of blanks and breaks alone is read in linear time', async () => {
  expect(await growth(250_000, (lines) => print(' \r\n'.repeat(lines)))).toBeLessThan(linear);
});
