// Claims of a mail: who, to whom, when, what it answers. In doubt there is no sender.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mailboxes } from '#mail/address.ts';
import { mailDate } from '#mail/date.ts';
import { parse } from '#mail/parse.ts';
import { cost } from '#test/cost.ts';
import { bytesOf, mail, read } from '#test/mail/foreign.ts';

const from = async (...lines: string[]) => (await read(mail(lines))).from?.address;

describe('the sender', () => {
  it.each([
    ['From: Lead <lead@example.org>', 'lead@example.org'],
    ['From: LEAD@Example.ORG', 'lead@example.org'],
    ['From: lead@example.org (the lead (of us))', 'lead@example.org'],
    ['From: "Last, First" <lead@example.org>', 'lead@example.org'],
    ['From: John Q. Public <lead@example.org>', 'lead@example.org'],
    ['From: =?utf-8?B?SsO2cmc=?= <lead@example.org>', 'lead@example.org'],
    ['From: Jörg <lead@example.org>', 'lead@example.org'],
    ['From: lead@example.org <lead@example.org>', 'lead@example.org'],
    ['From: "ceo@victim.example" <lead@example.org>', 'lead@example.org'],
    ['From: =?utf-8?q?ceo=40victim.example?= <lead@example.org>', 'lead@example.org'],
    ['From: "a \\" <ceo@victim.example>" <lead@example.org>', 'lead@example.org'],
    ['From: 用户@例え.jp', '用户@例え.jp'],
    ['From : lead@example.org', 'lead@example.org'],
    ['From:\r\n Lead\r\n <lead@example.org>', 'lead@example.org'],
  ])('of %s is %s', async (line, address) => {
    expect(await from(line)).toBe(address);
  });

  it.each([
    ['no From at all', ['Sender: lead@example.org']],
    ['two From fields', ['From: lead@example.org', 'From: lead@example.org']],
    ['two From fields, one with a space before the colon', ['From: lead@example.org', 'FROM : evil@example.net']],
    ['two authors', ['From: lead@example.org, evil@example.net']],
    ['two authors by semicolon', ['From: lead@example.org; evil@example.net']],
    ['a domain that goes on behind white space (CFWS spoof)', ['From: ceo@victim.example .other.example']],
    ['a comment inside the address', ['From: ceo(x)@victim.example']],
    ['a comment inside the domain', ['From: ceo@victim.example(x).other.example']],
    ['a bare address as the name of another', ['From: ceo@victim.example <evil@example.net>']],
    ['words behind the address', ['From: <ceo@victim.example> evil@example.net']],
    ['two addresses in angle brackets', ['From: <ceo@victim.example> <evil@example.net>']],
    ['a group', ['From: Team: lead@example.org;']],
    ['an empty group', ['From: undisclosed-recipients:;']],
    ['the null address', ['From: <>']],
    ['an unclosed quote', ['From: "Lead <lead@example.org>']],
    ['an unclosed comment', ['From: lead@example.org (']],
    ['an unclosed angle bracket', ['From: <lead@example.org']],
    ['a route', ['From: <@ceo.example,@b.example:evil@example.net>']],
    ['two at signs', ['From: ceo@victim.example@example.net']],
    ['a quoted local part with an at sign', ['From: "ceo@victim.example"@example.net']],
    ['an encoded word as address', ['From: =?utf-8?q?ceo=40victim.example?=@example.net']],
    ['a Kelvin sign that lower-cases to k', ['From: \u212aernel@example.org']],
    ['a full-width dot', ['From: lead@example\uff0eorg']],
    ['an ideographic full stop', ['From: lead@example\u3002org']],
    ['a soft hyphen', ['From: lead@exam\u00adple.org']],
    ['a zero-width space', ['From: le\u200bad@example.org']],
    ['a carriage return inside', ['From: ceo@victim.example\r <evil@example.net>']],
    ['a NUL inside', ['From: ceo@victim.example\u0000 <evil@example.net>']],
    ['dots in a row', ['From: a..b@example.net']],
    ['no domain', ['From: lead']],
  ])('is nobody with %s', async (_, lines) => {
    expect(await from(...lines)).toBeUndefined();
  });

  it('never is another address than the one in the last angle brackets, however names and comments try', () => {
    const noise = fc.array(
      fc.constantFrom(
        'ceo@victim.example',
        '"',
        '(',
        ')',
        '\\',
        ' ',
        ',',
        ':',
        ';',
        '<',
        '>',
        'x',
        '.',
        '=?utf-8?q?=3Cceo=40victim.example=3E?=',
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(noise, noise, (before, after) => {
        const { addresses, doubt, group } = mailboxes(`${before.join('')} <evil@example.net>${after.join('')}`);
        if (doubt || group || addresses.length !== 1) return;
        expect(addresses[0]?.address).not.toContain('<');
        if (!before.includes('<') && !before.includes(',') && !after.includes('<') && !after.includes(',')) {
          // A comment or quote may swallow the real one; then only what is plainly outside may count.
          expect([
            'evil@example.net',
            ...(before.includes('(') || before.includes('"') || after.includes('(') ? ['ceo@victim.example'] : []),
          ]).toContain(addresses[0]?.address);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is found in linear time in hostile fields', async () => {
    for (const value of [
      '('.repeat(90_000),
      '<'.repeat(90_000),
      '"'.repeat(90_001),
      'a.'.repeat(45_000),
      'a@b.example,'.repeat(8000),
      ':;'.repeat(40_000),
    ]) {
      expect(await cost(() => mailboxes(value))).toBeLessThan(500);
    }
  });
});

describe('a message', () => {
  it('decodes the subject, also when words are cut inside a character', async () => {
    const subject = async (value: string) => (await read(mail([`Subject: ${value}`]))).subject;
    expect(await subject('=?utf-8?q?h=C3?= =?utf-8?q?=A9llo?=')).toBe('héllo');
    expect(await subject('=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=')).toBe('日本');
    expect(await subject('raw ü')).toBe('raw ü');
    expect(await subject('a\u0000b\tc')).toBe('a b c');
    expect(await subject('=?x-none?q?a?= =?utf-8?q?broken')).toBe('a =?utf-8?q?broken');
  });

  it('takes 8-bit rubbish in a header as Windows-1252', async () => {
    expect((await read(Buffer.from('Subject: gr\xfc\xdfe\r\n\r\n', 'latin1'))).subject).toBe('grüße');
  });

  it('collects every address it may have come by', async () => {
    const message = await read(
      mail([
        'To: A <security@example.org>, b@example.net',
        'Cc: c@example.net',
        'Delivered-To: security+SRC-4F7K2M.t.aa@example.org',
        'X-Original-To: x@example.org',
        'Envelope-To: e@example.org',
      ]),
    );
    expect(message.recipients).toEqual([
      'security@example.org',
      'b@example.net',
      'c@example.net',
      'security+src-4f7k2m.t.aa@example.org',
      'x@example.org',
      'e@example.org',
    ]);
  });

  it('holds no NUL in any field: no database keeps one, and a report must not be lost by that', async () => {
    const message = await read(
      mail(['From: a\0b@example.net', 'References: <a\0b@example.org>', 'Message-ID: <c\0d@example.org>', 'Subject: x\0y']),
    );
    expect(JSON.stringify([message.fields, message.cites, message.messageId, message.subject])).not.toContain('\\u0000');
    expect(message.cites).toHaveLength(1);
    expect(message.from).toBeUndefined();
  });

  it('cites the nearest first, each once, at most 50', async () => {
    const many = Array.from({ length: 80 }, (_, index) => `<r${index}@example.org>`).join(' ');
    const { cites } = await read(mail(['In-Reply-To: <near@example.org> (x)', `References: ${many} <near@example.org>`]));
    expect(cites.slice(0, 3)).toEqual(['near@example.org', 'r79@example.org', 'r78@example.org']);
    expect(cites).toHaveLength(50);
  });

  it('reads ids that were folded inside, and ids without brackets', async () => {
    expect((await read(mail(['References: <a@\r\n example.org>', 'Message-ID: bare@example.org']))).cites).toEqual(['a@example.org']);
    expect((await read(mail(['Message-ID: bare@example.org']))).messageId).toBe('bare@example.org');
  });

  it('has no date when the field is none, never the present', async () => {
    expect((await read(bytesOf('two-from-fields.eml'))).date).toBeUndefined();
  });

  it('says which limit a mail broke', async () => {
    expect(await parse(Buffer.from(`${'A: b\n'.repeat(2000)}\n`))).toEqual({
      unreadable: 'A header of the mail has more than 1000 fields.',
    });
  });
});

describe('mailDate', () => {
  it.each([
    ['Thu, 01 Jan 1970 00:00:00 +0000', '1970-01-01T00:00:00.000Z'],
    ['Tue, 3 Mar 2026 16:00:00 -0800 (PST)', '2026-03-04T00:00:00.000Z'],
    ['3 Mar 26 16:00 EST', '2026-03-03T21:00:00.000Z'],
    ['Tue,  3 Mar 2026 16:00:00 +0530', '2026-03-03T10:30:00.000Z'],
    ['Sun, 29 Feb 2026 10:00:00 +0000', undefined],
    ['Mon, 30 Feb 2026 10:00:00 +0000', undefined],
    ['3 Foo 2026 16:00:00 +0000', undefined],
    ['3 Mar 2026 25:00:00 +0000', undefined],
    ['yesterday', undefined],
    ['', undefined],
  ])('reads %s as %s', (value, moment) => {
    expect(mailDate(value)?.toISOString()).toBe(moment);
  });
});
