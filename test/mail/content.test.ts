// What is read and what is carried.
import { describe, expect, it } from 'vitest';
import { content } from '#mail/content.ts';
import { safeName } from '#mail/filename.ts';
import { opened, read } from '#test/mail/foreign.ts';

const part = (type: string, body: string, more = '') => `Content-Type: ${type}\n${more}\n${body}`;
const multi = (type: string, boundary: string, ...parts: string[]) =>
  part(`${type}; boundary="${boundary}"`, `${parts.map((one) => `--${boundary}\n${one}\n`).join('')}--${boundary}--`);

async function take(mail: string) {
  const { root } = await read(mail);
  const { passages, attachments } = await content(root, true);
  return {
    read: passages.map(({ text, from }) => `${from}: ${text}`),
    carried: attachments.map(({ filename, contentType }) => `${filename} ${contentType}`),
  };
}

describe('content', () => {
  it.each<[string, string, string[], string[]]>([
    ['the plain version', multi('multipart/alternative', 'a', part('text/plain', 'p'), part('text/html', '<p>h</p>')), ['plain: p'], []],
    [
      'HTML when the plain version is empty',
      multi('multipart/alternative', 'a', part('text/plain', ' \n'), part('text/html', '<p>h</p>')),
      ['html: h'],
      [],
    ],
    [
      'the root of related',
      multi('multipart/related', 'a', part('text/html', 'h'), part('image/png', 'x', 'Content-ID: <i>\n')),
      ['html: h'],
      ['part-1.png image/png'],
    ],
    [
      'inline text in order',
      multi('multipart/mixed', 'a', part('text/plain', 'one'), part('image/png', 'x'), part('text/plain', 'two')),
      ['plain: one', 'plain: two'],
      ['part-1.png image/png'],
    ],
    [
      'text with a name as an attachment',
      multi('multipart/mixed', 'a', part('text/plain', 'one'), part('text/plain; name=log.txt', 'two')),
      ['plain: one'],
      ['log.txt text/plain'],
    ],
    [
      'text with a disposition as an attachment',
      multi('multipart/mixed', 'a', part('text/plain', 'one', 'Content-Disposition: attachment\n')),
      [],
      ['part-1.txt text/plain'],
    ],
    [
      'the signed part without its signature',
      multi('multipart/signed', 'a', part('text/plain', 'one'), part('application/pgp-signature', 's')),
      ['plain: one'],
      [],
    ],
    [
      'an attached mail as an attachment, never as text',
      multi('multipart/mixed', 'a', part('text/plain', 'one'), part('message/rfc822', 'Subject: x\n\n/approve')),
      ['plain: one'],
      ['message.eml message/rfc822'],
    ],
    [
      'encrypted parts as they are',
      multi('multipart/encrypted', 'a', part('application/pgp-encrypted', 'Version: 1'), part('application/octet-stream', 'x')),
      [],
      ['part-1.txt application/pgp-encrypted', 'part-2.bin application/octet-stream'],
    ],
    ['a multipart without parts as text', part('multipart/mixed; boundary=z', 'text'), ['plain: text'], []],
    [
      'an attachment hidden in one version',
      multi(
        'multipart/alternative',
        'a',
        part('text/plain', 'p'),
        multi('multipart/mixed', 'b', part('text/html', 'h'), part('application/pdf; name=x.pdf', 'x')),
      ),
      ['plain: p'],
      ['x.pdf application/pdf'],
    ],
  ])('takes %s', async (_, mail, texts, carried) => {
    const found = await take(mail);
    expect({ read: found.read, carried: found.carried }).toEqual({ read: texts, carried });
  });

  it('carries attachments byte for byte', async () => {
    expect((await opened('apple-mail-alternative-attachment.eml')).attachments[0]?.content.toString()).toBe('%PDF-1.4\n');
  });
});

describe('safeName', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\a.txt', 'a.txt'],
    ['a\u0000b\r\n.txt', 'ab.txt'],
    ['\u202egpj.exe', 'gpj.exe'],
    ['...', 'part-1.bin'],
    ['.bashrc', 'bashrc'],
    ['a<b>|c?.txt', 'a_b__c_.txt'],
    [`${'x'.repeat(500)}.patch`, `${'x'.repeat(114)}.patch`],
    ['', 'part-1.bin'],
  ])('makes %j safe', (name, safe) => {
    expect(safeName(name, 'application/octet-stream', 1)).toBe(safe);
  });
});
