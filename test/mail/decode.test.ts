// Leaves decoded: transfer encodings, charsets, flowed text, HTML, and the rubbish that comes for them.
import { describe, expect, it } from 'vitest';
import { decoded, decodedText } from '#mail/decode.ts';
import { split } from '#mail/entity.ts';
import { unflowed } from '#mail/flowed.ts';
import { htmlText } from '#mail/html.ts';
import { cost } from '#test/cost.ts';

function leaf(header: string, body: string | Buffer) {
  const entity = split(Buffer.concat([Buffer.from(`${header || 'X: y'}\r\n\r\n`), Buffer.from(body)]));
  if ('unreadable' in entity) throw new Error(entity.unreadable);
  return entity;
}

describe('decodedText', () => {
  it.each<[string, string, string | Buffer, string]>([
    ['base64', 'Content-Transfer-Encoding: base64', 'aGVsbG8=\r\n', 'hello'],
    ['base64 without padding', 'Content-Transfer-Encoding: base64', 'aGVs\nbG8', 'hello'],
    ['base64 with a list footer in clear below', 'Content-Transfer-Encoding: BASE64', 'aGVsbG8=\r\n\r\n-- \r\nlist footer\r\n', 'hello'],
    ['quoted-printable', 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable', 'a=C3=A4=\r\nb', 'aäb'],
    ['broken quoted-printable', 'Content-Transfer-Encoding: quoted-printable', 'a=zz =', 'a=zz '],
    ['an encoding with a comment', 'Content-Transfer-Encoding: base64 (x)', 'aGVsbG8=', 'hello'],
    ['an unknown encoding', 'Content-Transfer-Encoding: x-none', 'as is', 'as is'],
    ['windows-1252', 'Content-Type: text/plain; charset=windows-1252', Buffer.from([0x80, 0xe4]), '€ä'],
    ['iso-8859-1 in quotes', 'Content-Type: text/plain; charset="ISO-8859-1"', Buffer.from([0xe4]), 'ä'],
    ['koi8-r', 'Content-Type: text/plain; charset=koi8-r', Buffer.from([0xd4, 0xc5, 0xd3, 0xd4]), 'тест'],
    ['gb2312', 'Content-Type: text/plain; charset=gb2312', Buffer.from([0xd6, 0xd0]), '中'],
    ['an unknown charset', 'Content-Type: text/plain; charset=x-nonsense', 'hé', 'hé'],
    ['8-bit text that calls itself ASCII', 'Content-Type: text/plain; charset=us-ascii', 'hé', 'hé'],
    ['8-bit text without charset', '', Buffer.from([0x68, 0xe9]), 'hé'],
    ['UTF-8 that is none', 'Content-Type: text/plain; charset=utf-8', Buffer.from([0x68, 0xe9]), 'h\ufffd'],
    ['line ends and controls', '', 'a\r\nb\rc\u0000\u0007\u001b[31m\td', 'a\nb c[31m\td'],
    ['carriage returns alone where nothing else ends a line', '', 'a\rb', 'a\nb'],
    ['a carriage return too many', '', 'a\r\r\nb', 'a\nb'],
    ['decomposed letters', 'Content-Type: text/plain; charset=utf-8', 'e\u0301', 'é'],
    ['an empty body', 'Content-Transfer-Encoding: base64', '', ''],
  ])('undoes %s', async (_, header, body, text) => {
    expect(await decodedText(leaf(header, body))).toBe(text);
  });

  it('never sees structure inside a leaf: two parsers cannot disagree', async () => {
    const body = '--x\r\nContent-Type: text/html\r\n\r\nhidden\r\n--x--\r\n';
    expect(
      (await decoded(leaf('Content-Type: text/plain; boundary=x\r\nContent-Transfer-Encoding: quoted-printable', body))).toString(),
    ).toBe(body);
  });
});

describe('unflowed', () => {
  it.each([
    ['joins soft lines', 'a \nb\nc', 'a b\nc', false],
    ['takes the soft space with DelSp', 'a \nb', 'ab', true],
    ['keeps depths apart', '> a \n> b\nown \n> c', '> a b\nown \n> c', false],
    ['keeps a deeper quote marked', '>> a \n>> b \n> c', '>> a b \n> c', false],
    ['takes off stuffing', ' From here\n  two', 'From here\n two', false],
    ['never joins the signature delimiter', 'a \n-- \nsig \nx', 'a \n-- \nsig x', false],
    ['a wrapped quoted command stays quoted', '> use \n> /approve', '> use /approve', false],
  ])('%s (RFC 3676)', (_, text, expected, delSp) => {
    expect(unflowed(text, delSp)).toBe(expected);
  });
});

describe('htmlText', () => {
  it('keeps links, lists and quotes, and drops styles and scripts', () => {
    const html =
      '<html><head><title>T</title><style>a{}</style></head><body><script>x</script><p>a &amp; b</p><blockquote>q</blockquote><a href="https://example.org/x">l</a></body></html>';
    expect(htmlText(html)).toBe('a & b\n\n> q\n\nl [https://example.org/x]');
  });

  it.each([
    ['100,000 nested div', '<div>'.repeat(100_000).concat('x')],
    ['1,000,000 open tags', '<'.repeat(1_000_000)],
    ['unclosed attributes', '<a href="'.repeat(100_000)],
    ['entities', '&amp;'.repeat(200_000)],
  ])('survives a bomb of %s in time', async (_, html) => {
    expect(await cost(() => htmlText(html))).toBeLessThan(3000);
  });
});
