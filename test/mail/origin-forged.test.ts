// Forged Authentication-Results: whatever an author writes, he does not vouch for himself (RFC 8601 §7.1, S1-34).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field } from '#mail/message.ts';
import { origin } from '#mail/origin.ts';
import { cost } from '#test/cost.ts';
import { mail, read } from '#test/mail/foreign.ts';

const ids = ['mx.kite.example'];
const from = 'From: The Lead <lead@example.net>';
const ours = 'Received: from out.example.net by mx.kite.example with ESMTPS; Tue, 3 Mar 2026 10:00:00 +0000';
const foreign = 'Received: from x by relay.example.net with ESMTP; Tue, 3 Mar 2026 10:00:00 +0000';
const results = (text: string) => `Authentication-Results: ${text}`;
const pass = results('mx.kite.example; dmarc=pass header.from=example.net');
const of = async (...lines: string[]) => origin(await read(mail(lines)), ids);

describe('a field that is not plainly ours says nothing', () => {
  it.each([
    ['of a longer name', 'mx.kite.example.evil.example'],
    ['of a name that ends like ours', 'evil-mx.kite.example'],
    ['of a host below', 'a.mx.kite.example'],
    ['of the domain above', 'kite.example'],
    ['with a dot at the end', 'mx.kite.example.'],
    ['with the Kelvin sign, which is a small k to some', 'mx.\u212aite.example'],
    ['with a Cyrillic letter', 'mx.kit\u0435.example'],
    ['in full-width letters', '\uff4d\uff58.kite.example'],
    ['with a soft hyphen', 'mx.ki\u00adte.example'],
    ['with a zero width space', '\u200bmx.kite.example'],
    ['in quotes', '"mx.kite.example"'],
    ['partly in quotes', 'mx."kite".example'],
    ['with an escape', '"mx.\\kite.example"'],
    ['behind a comment', '(ours) mx.kite.example'],
    ['with a comment inside', 'mx.(ours)kite.example'],
    ['with blanks inside', 'mx . kite . example'],
    ['as an encoded word', '=?utf-8?q?mx.kite.example?='],
    ['behind an equals sign', 'id=mx.kite.example'],
    ['with a port', 'mx.kite.example:25'],
    ['in brackets', '<mx.kite.example>'],
    ['behind a semicolon', '; mx.kite.example'],
    ['without an id', 'dmarc=pass header.from=example.net'],
  ])('%s', async (_, id) => {
    expect(await of(results(`${id}; dmarc=pass header.from=example.net`), ours, from)).toBeUndefined();
  });

  const says = 'dmarc=pass header.from=example.net';
  it.each([
    ['with a blank before its colon', `Authentication-Results : mx.kite.example; ${says}`],
    ['with blanks and a tab before its colon', `Authentication-Results \t : mx.kite.example; ${says}`],
    ['with a blank before its colon, in capitals', `AUTHENTICATION-RESULTS : mx.kite.example; ${says}`],
    ['with a NUL before the id', results(`\0mx.kite.example; ${says}`)],
    ['with a NUL behind the id', results(`mx.kite.example\0; ${says}`)],
    ['with a NUL far behind', results(`mx.kite.example; ${says} (\0)`)],
    ['with a byte order mark', results(`\ufeffmx.kite.example; ${says}`)],
    ['with a byte order mark at the colon', `Authentication-Results:\ufeffmx.kite.example; ${says}`],
    ['with a no-break space before the id', results(`\u00a0mx.kite.example; ${says}`)],
    ['with a no-break space behind the id', results(`mx.kite.example\u00a0; ${says}`)],
    ['with an ideographic space behind the id', results(`mx.kite.example\u3000; ${says}`)],
    ['with a line separator behind the id', results(`mx.kite.example\u2028; ${says}`)],
    ['with a vertical tab before the id', results(`\vmx.kite.example; ${says}`)],
    ['with a form feed behind the id', results(`mx.kite.example\f; ${says}`)],
    ['with a bare carriage return behind the id', results(`mx.kite.example\r; ${says}`)],
    ['with a comment at the id', results(`mx.kite.example(ours); ${says}`)],
    ['with the id in RFC 2231 form', results(`mx*=utf-8''mx.kite.example; ${says}`)],
    ['with its name folded away from the colon', `Authentication-Results\r\n : mx.kite.example; ${says}`],
  ])('threat: %s, above and below our own Received', async (_, line) => {
    expect(await of(line, ours, from)).toBeUndefined();
    expect(await of(ours, line, from)).toBeUndefined();
  });

  it('threat: nothing below a field in such a spelling counts, since the author wrote it', async () => {
    expect(await of(ours, `Authentication-Results : x.example; ${says}`, pass, from)).toBeUndefined();
    expect((await of(pass, `Authentication-Results : mx.kite.example; ${says}`, ours, from))?.aligned).toBe(true);
  });

  it.each([
    ['another name of the field', pass.replace('Authentication-Results', 'X-Authentication-Results')],
    ['ARC', pass.replace('Authentication-Results', 'ARC-Authentication-Results')],
    ['an original one', pass.replace('Authentication-Results', 'Original-Authentication-Results')],
    ['a folded line of another field', `X-Note: a\r\n ${pass}`],
    ['a carriage return that is no line end', `X-Note: a\r${pass}`],
  ])('%s', async (_, line) => {
    expect(await of(line, ours, from)).toBeUndefined();
  });

  it.each([
    ['the first foreign Received', [ours, foreign, pass, from]],
    ['a foreign Received without ours', [foreign, pass, from]],
    ['From', [ours, from, pass]],
    ['Subject', [ours, 'Subject: x', pass, from]],
    ['DKIM-Signature', [ours, 'DKIM-Signature: v=1', pass, from]],
    ['a field nobody knows', [ours, 'Nonsense: x', pass, from]],
  ])('below %s', async (_, lines) => {
    expect(await of(...lines)).toBeUndefined();
  });
});

describe('a field of ours says only what it says', () => {
  const fails = 'mx.kite.example; dmarc=fail header.from=example.net';
  it.each([
    ['pass in a reason', `${fails} reason="dmarc=pass header.from=example.net"`],
    ['pass behind a semicolon in a reason', `mx.kite.example; spf=pass reason="; dmarc=pass header.from=example.net; " smtp.mailfrom=x`],
    ['pass in a comment', 'mx.kite.example; spf=none (; dmarc=pass header.from=example.net)'],
    ['pass in nested comments with quotes', 'mx.kite.example; spf=none (a ("; dmarc=pass header.from=example.net;") b)'],
    ['pass behind an escaped quote', 'mx.kite.example; spf=none smtp.mailfrom="a\\"; dmarc=pass header.from=example.net; \\""@x.example'],
    ['pass as a property of another method', 'mx.kite.example; spf=pass dmarc=pass header.from=example.net'],
    ['pass of another method', 'mx.kite.example; x-dmarc=pass header.from=example.net; dkim=pass header.from=example.net'],
    ['pass of a method that ends like it', 'mx.kite.example; notdmarc=pass header.from=example.net'],
    ['pass of another version of the method', 'mx.kite.example; dmarc/2=pass header.from=example.net'],
    ['another version of the field', 'mx.kite.example 2; dmarc=pass header.from=example.net'],
    ['two versions', 'mx.kite.example 1 1; dmarc=pass header.from=example.net'],
    ['another word at the id', 'mx.kite.example x; dmarc=pass header.from=example.net'],
    ['a result nobody knows', 'mx.kite.example; dmarc=passed header.from=example.net'],
    ['a result with more behind it', 'mx.kite.example; dmarc=pass,fail header.from=example.net'],
    ['a result in full-width letters', 'mx.kite.example; dmarc=\uff50ass header.from=example.net'],
    ['no result', 'mx.kite.example; dmarc= ; dmarc=pass header.from=example.net'],
    ['bestguesspass', 'mx.kite.example; dmarc=bestguesspass header.from=example.net'],
    ['temperror', 'mx.kite.example; dmarc=temperror header.from=example.net'],
    ['no domain', 'mx.kite.example; dmarc=pass'],
    ['an empty domain', 'mx.kite.example; dmarc=pass header.from='],
    ['an empty quoted domain', 'mx.kite.example; dmarc=pass header.from=""'],
    ['another domain', 'mx.kite.example; dmarc=pass header.from=example.org'],
    ['a domain below', 'mx.kite.example; dmarc=pass header.from=a.example.net'],
    ['a domain above', 'mx.kite.example; dmarc=pass header.from=net'],
    ['a domain with a dot', 'mx.kite.example; dmarc=pass header.from=example.net.'],
    ['an address', 'mx.kite.example; dmarc=pass header.from=lead@example.net'],
    ['two domains', 'mx.kite.example; dmarc=pass header.from=example.net header.from=evil.example'],
    ['one domain twice', 'mx.kite.example; dmarc=pass header.from=example.net header.from=example.net'],
    ['domains in a list', 'mx.kite.example; dmarc=pass header.from=example.net,evil.example'],
    [
      'the domain of another property',
      'mx.kite.example; dmarc=pass smtp.from=example.net header.d=example.net policy.header.from=example.net',
    ],
    ['the domain in a comment', 'mx.kite.example; dmarc=pass (header.from=example.net)'],
    ['an encoded word as the domain', 'mx.kite.example; dmarc=pass header.from==?utf-8?q?example.net?='],
    ['two results', 'mx.kite.example; dmarc=pass header.from=example.net; dmarc=fail header.from=example.net'],
    ['two results for two domains', 'mx.kite.example; dmarc=pass header.from=example.net; dmarc=pass header.from=evil.example'],
    ['an unclosed comment', 'mx.kite.example; dmarc=pass header.from=example.net ('],
    ['an unclosed quote', 'mx.kite.example; dmarc=pass header.from="example.net'],
    ['20 000 characters and more', `mx.kite.example; dmarc=pass header.from=example.net; spf=pass smtp.mailfrom=${'a'.repeat(20_000)}`],
  ])('%s', async (_, text) => {
    expect((await of(results(text), ours, from))?.aligned).toBe(false);
  });

  it.each([
    ['in any case', 'MX.KITE.example; DMARC=Pass HEADER.FROM=Example.Net'],
    ['folded', 'mx.kite.example;\r\n\tdmarc=pass\r\n header.from=example.net'],
    ['folded before the id', '\r\n mx.kite.example; dmarc=pass header.from=example.net'],
    ['folded by lines of blanks (RFC 5322 §4.2)', '\r\n \t\r\n mx.kite.example\r\n \r\n\t; dmarc=pass\r\n  \r\n header.from=example.net'],
    ['folded at every sign', 'mx.kite.example\r\n ;\r\n dmarc\r\n =\r\n pass\r\n header.from\r\n =\r\n example.net'],
    ['folded inside a comment', 'mx.kite.example; dmarc=pass (p=none\r\n\tdis=none) header.from=example.net'],
    ['with tabs for blanks', 'mx.kite.example\t;\tdmarc=pass\theader.from=example.net'],
    ['without any blank that may be left out', 'mx.kite.example;dmarc=pass header.from=example.net'],
    ['with a comment between method, version and result', 'mx.kite.example; dmarc/1 (c) = pass (c) header.from=example.net'],
    ['with its version', 'mx.kite.example 1; dmarc=pass header.from=example.net'],
    ['with comments', 'mx.kite.example; (a) dmarc (b) = (c) pass (p=none; dmarc=fail) header.from (d) = (e) example.net (f)'],
    [
      'with all that servers write',
      'mx.kite.example;\r\n dkim=pass header.d=example.net header.s=a header.b="a;b";\r\n spf=pass (x: domain of lead@example.net designates 192.0.2.1 as permitted sender) smtp.mailfrom="a;b"@example.net;\r\n dmarc=pass (p=REJECT sp=NONE) header.from=example.net',
    ],
  ])('and is read %s', async (_, text) => {
    expect((await of(results(text), ours, from))?.aligned).toBe(true);
  });

  it.each([
    ['a failure', fails],
    ['one that cannot be read', 'mx.kite.example; dmarc=fail header.from=example.net ('],
    ['one that is too long', `mx.kite.example; x=${'a'.repeat(20_001)}`],
  ])('threat: below %s a forged pass does not count', async (_, text) => {
    for (const lines of [
      [results(text), pass, ours, from],
      [pass, results(text), ours, from],
      [ours, results(text), pass, from],
      [results(text), ours, pass, from],
    ])
      expect((await of(...lines))?.aligned).toBe(false);
  });

  it('threat: two From fields, several authors or a group are nobody', async () => {
    expect((await of(pass, ours, from, 'From: x@evil.example'))?.aligned).toBe(false);
    expect((await of(pass, ours, 'From: lead@example.net, x@evil.example'))?.aligned).toBe(false);
    expect((await of(pass, ours, 'From: Team: lead@example.net;'))?.aligned).toBe(false);
    expect((await of(pass, ours, 'From: "lead@example.net" <x@evil.example>'))?.aligned).toBe(false);
    expect((await of(pass, ours, 'Sender: lead@example.net', 'From: x@evil.example'))?.aligned).toBe(false);
  });
});

describe('by property', () => {
  const bits = [
    'mx.kite.example',
    ';',
    ' ',
    '\t',
    '"',
    '(',
    ')',
    '\\',
    '=',
    'dmarc=pass',
    'dmarc',
    'pass',
    'header.from=example.net',
    'reason=',
    '1',
    '\u212a',
    ',',
  ];
  const noise = fc
    .array(fc.oneof(fc.constantFrom(...bits), fc.string({ maxLength: 3, unit: 'binary' })), { maxLength: 25 })
    .map((all) => all.join('').replace(/[\r\n]/g, ' '));
  const field = (name: string, value: string): Field => ({ name, value: value.trim() });
  const names = fc.constantFrom(
    'authentication-results',
    'received',
    'x-spam',
    'arc-seal',
    'from',
    'subject',
    'dkim-signature',
    'nonsense',
  );
  const author = { address: 'lead@example.net', name: '' };
  const failed = field('authentication-results', 'mx.kite.example; dmarc=fail header.from=example.net');
  const fromField = field('from', 'lead@example.net');
  const top = field('received', 'from a by mx.kite.example; x');

  it('threat: nothing that stands below our own "fail" makes it a pass', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(names, noise), { maxLength: 12 }), fc.boolean(), (lines, above) => {
        const forged = lines.map(([name, value]) => field(name, value));
        const fields = [...(above ? [failed, top] : [top, failed]), ...forged, fromField];
        expect(origin({ fields, from: author }, ids)?.aligned).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  it('threat: nothing that a sender chooses and our server quotes makes its "fail" a pass', () => {
    const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
    const commented = (text: string) => `(${text.replace(/[()\\]/g, '\\$&')})`;
    fc.assert(
      fc.property(noise, noise, noise, (sender, reason, comment) => {
        const value = `mx.kite.example; spf=fail ${commented(comment)} reason=${quoted(reason)} smtp.mailfrom=${quoted(sender)}; dmarc=fail ${commented(comment)} header.from=example.net`;
        const found = origin({ fields: [field('authentication-results', value), top, fromField], from: author }, ids);
        expect(found).toMatchObject({ aligned: false, spf: 'fail', dmarc: 'fail', domain: 'example.net' });
      }),
      { numRuns: 3000 },
    );
  });

  it('threat: no noise behind the id becomes a pass unless it says so in a statement of its own', () => {
    fc.assert(
      fc.property(noise, (text) => {
        const value = `mx.kite.example; spf=none smtp.mailfrom=(${text.replace(/[()\\]/g, '')})`;
        expect(origin({ fields: [field('authentication-results', value), top, fromField], from: author }, ids)?.aligned).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('threat: costs', () => {
  it.each<[string, string[]]>([
    ['a thousand fields of ours', Array.from({ length: 990 }, () => results(`mx.kite.example; ${'a=b; '.repeat(40)}`))],
    ['a thousand foreign ones', Array.from({ length: 990 }, () => results(`mx.evil.example; ${'a=b; '.repeat(40)}`))],
    ['a deep comment', [results(`mx.kite.example; ${'('.repeat(200_000)}`)]],
    ['quotes', [results(`mx.kite.example; ${'"'.repeat(200_000)}`)]],
    ['equals signs', [results(`mx.kite.example; ${'= '.repeat(100_000)}`)]],
    ['an id without end', [results('a'.repeat(200_000))]],
    ['a Received without end', [`Received: ${'by '.repeat(60_000)}`]],
  ])('%s are read in linear time', async (_, lines) => {
    const message = await read(mail([...lines, from]));
    expect(await cost(() => expect(origin(message, ids)?.aligned ?? false).toBe(false))).toBeLessThan(2000);
  });
});
