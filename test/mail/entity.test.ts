// The slicer: structure as slices of the bytes, in linear time, whatever the bytes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultLimits, type Entity, split } from '#mail/entity.ts';
import { cost, growth, linear } from '#test/cost.ts';

function tree(bytes: Buffer | string): Entity {
  const entity = split(Buffer.from(bytes));
  if ('unreadable' in entity) throw new Error(entity.unreadable);
  return entity;
}

const outline = (entity: Entity): unknown =>
  entity.children.length === 0 ? entity.body.toString() : [entity.contentType, ...entity.children.map(outline)];
const multi = (boundary: string, ...lines: string[]) => [`Content-Type: multipart/mixed; boundary="${boundary}"`, '', ...lines].join('\n');

describe('split', () => {
  it.each([
    ['a plain mail', 'Subject: x\n\nhello\n', 'hello\n'],
    ['a mail without a body', 'Subject: x\n', ''],
    [
      'two parts with preamble and epilogue',
      multi('a', 'pre', '--a', '', 'one', '--a', '', 'two', '--a--', 'epi'),
      ['multipart/mixed', 'one', 'two'],
    ],
    ['a missing closing boundary', multi('a', '--a', '', 'one', '--a', '', 'two'), ['multipart/mixed', 'one', 'two']],
    [
      'an inner multipart whose end is missing',
      multi('o', '--o', multi('i', '--i', '', 'one'), '--o', '', 'two', '--o--'),
      ['multipart/mixed', ['multipart/mixed', 'one'], 'two'],
    ],
    [
      'a boundary that is the beginning of another',
      multi('a', '--a', multi('ab', '--ab', '', 'one', '--ab--'), '--a', '', 'two', '--a--'),
      ['multipart/mixed', ['multipart/mixed', 'one'], 'two'],
    ],
    [
      'a boundary that ends like a closing one',
      multi('a', '--a', multi('a--', '--a--', '', 'one', '--a----'), '--a', '', 'two', '--a--'),
      ['multipart/mixed', ['multipart/mixed', 'one'], 'two'],
    ],
    [
      'the same boundary inside itself',
      multi('a', '--a', multi('a', '--a', '', 'one', '--a--'), '--a', '', 'two', '--a--'),
      ['multipart/mixed', ['multipart/mixed', 'one'], 'two'],
    ],
    ['white space behind a delimiter', multi('a', '--a  ', '', 'one', '--a-- \t'), ['multipart/mixed', 'one']],
    ['a delimiter that goes on is text', multi('a', '--a', '', '--abc', '--a--'), ['multipart/mixed', '--abc']],
    ['a part of header only', multi('a', '--a', 'X: y', '--a', '', 'two', '--a--'), ['multipart/mixed', '', 'two']],
    ['no parts at all', multi('a', 'just text'), 'just text'],
    ['a multipart without a boundary', 'Content-Type: multipart/mixed\n\n--a\n\ntext', '--a\n\ntext'],
    ['the first of two types', 'Content-Type: text/plain\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\nx', '--a\n\nx'],
    [
      'an attached mail as a leaf',
      multi('a', '--a', 'Content-Type: message/rfc822', '', multi('b', '--b', '', 'x', '--b--'), '--a--'),
      ['multipart/mixed', multi('b', '--b', '', 'x', '--b--')],
    ],
  ])('reads %s', (_, mail, expected) => {
    expect(outline(tree(mail))).toEqual(expected);
    expect(outline(tree(mail.replaceAll('\n', '\r\n')))).toEqual(JSON.parse(JSON.stringify(expected).replaceAll('\\n', '\\r\\n')));
  });

  it('slices the signed part without the line break before the boundary (RFC 3156 §5, RFC 1847 §2.1)', () => {
    const part = 'Content-Type: text/plain\r\n\r\nsigned \r\ntext\r\n';
    const entity = tree(
      `Content-Type: multipart/signed; boundary="=_x"\r\n\r\npreamble\r\n--=_x\r\n${part}\r\n--=_x\r\nContent-Type: application/pgp-signature\r\n\r\nsig\r\n--=_x--\r\n`,
    );
    expect(entity.children[0]?.bytes.toString()).toBe(part);
  });

  it('takes parts of a digest as mails', () => {
    expect(tree('Content-Type: multipart/digest; boundary=d\n\n--d\n\nSubject: x\n\ny\n--d--').children[0]?.contentType).toBe(
      'message/rfc822',
    );
  });

  it.each([
    ['Content-Type: multipart/mixed; boundary=simple', 'simple'],
    ['Content-Type: multipart/mixed; charset=x; BOUNDARY="with ; and \\" in"', 'with ; and " in'],
    ['Content-Type: multipart/mixed; boundary*0="in "; boundary*1=pieces', 'in pieces'],
    ["Content-Type: multipart/mixed; boundary*=us-ascii'en'a%20b", 'a b'],
    ['Content-Type: multipart/mixed (a comment; boundary=no); boundary=yes', 'yes'],
    ['Content-Type: multipart/mixed;\r\n\tboundary="folded"', 'folded'],
  ])('finds the boundary of %s', (field, boundary) => {
    expect(tree(`${field}\r\n\r\n--${boundary}\r\n\r\nx\r\n--${boundary}--`).children).toHaveLength(1);
  });

  it('keeps only one value of a repeated field name in order, without mbox lines', () => {
    expect(
      tree('From lead@example.org Tue Mar  3 10:00:00 2026\nReceived: a\n b\nnot a field\n continued\nSubject : y\n\n').fields,
    ).toEqual([
      { name: 'received', value: 'a b' },
      { name: 'subject', value: 'y', odd: true },
    ]);
  });
});

describe('a MIME bomb is refused quickly with the limit named', () => {
  const head = 'Content-Type: multipart/mixed; boundary="x"\n\n';
  const nested = Array.from({ length: 1000 }, (_, level) => `Content-Type: multipart/mixed; boundary="b${level}"\n\n--b${level}\n`).join(
    '',
  );
  it.each([
    ['10,000 parts', head + '--x\n\na\n'.repeat(10_000), /more than 1000 parts/],
    ['1,000 nested multiparts', nested, /deeper than 50 levels/],
    ['a header of 5 MB in one line', `A: ${'x'.repeat(5e6)}\n\nb`, /longer than 256000 bytes/],
    ['a header of 5 MB in folded lines', `A: x\n${' x\n'.repeat(2e6)}\n\nb`, /longer than 256000 bytes/],
    ['2,000 fields', `${'A: x\n'.repeat(2000)}\nb`, /more than 1000 fields/],
    ['31 MB', Buffer.alloc(31_000_000, 'a'), /larger than 30000000 bytes/],
  ])('%s', async (_, mail, sentence) => {
    const bytes = Buffer.from(mail);
    expect(await cost(() => expect(split(bytes)).toEqual({ unreadable: expect.stringMatching(sentence) }))).toBeLessThan(1000);
  });

  it.each([
    ['2 MB of dashes', 700_000, head, '--\n'],
    ['2 MB of dashes in 49 nested multiparts', 700_000, `${nested.split('Content-Type').slice(0, 50).join('Content-Type')}\n`, '--\n'],
    ['300,000 closing boundaries', 300_000, head, '--x--\n'],
  ])('%s is read in linear time', async (_, most, before, line) => {
    const read = (count: number) => expect(split(Buffer.from(before + line.repeat(count)))).not.toHaveProperty('unreadable');
    expect(await growth(most / 4, read)).toBeLessThan(linear);
  });
});

describe('for any bytes', () => {
  const piece = fc.constantFrom(
    '--a',
    '--b',
    '--a--',
    '--b--',
    '',
    'Content-Type: multipart/mixed; boundary=a',
    'Content-Type: multipart/alternative; boundary="b"',
    'text',
    '\r',
    '--',
    ' folded',
    'Content-Type: message/rfc822',
    ':',
  );
  const mails = fc.oneof(
    fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
    fc.tuple(fc.array(piece, { maxLength: 60 }), fc.constantFrom('\n', '\r\n')).map(([lines, end]) => Buffer.from(lines.join(end))),
  );

  it('never throws, and every slice lies in order inside its parent', () => {
    const check = (entity: Entity, depth: number): void => {
      expect(depth).toBeLessThanOrEqual(defaultLimits.depth + 1);
      const begin = entity.bytes.byteOffset;
      let last = begin;
      expect(entity.body.byteOffset + entity.body.length).toBe(begin + entity.bytes.length);
      for (const child of entity.children) {
        expect(child.bytes.byteOffset).toBeGreaterThanOrEqual(last);
        last = child.bytes.byteOffset + child.bytes.length;
        expect(last).toBeLessThanOrEqual(begin + entity.bytes.length);
        check(child, depth + 1);
      }
    };
    fc.assert(
      fc.property(mails, (bytes) => {
        const entity = split(bytes);
        if (!('unreadable' in entity)) {
          expect(entity.bytes.equals(bytes)).toBe(true);
          check(entity, 0);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('gives back the parts that were put together', () => {
    const body = fc.string({ maxLength: 80 }).filter((text) => !/--|[\r\n]/.test(text));
    fc.assert(
      fc.property(fc.array(body, { minLength: 1, maxLength: 20 }), (bodies) => {
        const mail = `Content-Type: multipart/mixed; boundary=q\r\n\r\n${bodies.map((text) => `--q\r\n\r\n${text}\r\n`).join('')}--q--\r\n`;
        expect(tree(mail).children.map((child) => child.body.toString())).toEqual(bodies);
      }),
    );
  });
});
