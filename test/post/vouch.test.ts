// Our own DKIM: really signed mails, keys made here, a DNS made of a table. What was changed on its way proves nothing (S1-34).
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { createTransport } from 'nodemailer';
import { describe, expect, it } from 'vitest';
import { openVouch } from '#post/vouch.ts';
import { read } from '#test/mail/foreign.ts';
import { signed } from '#test/post/signing.ts';
import { ed25519, good, head, mail, now, other, proves, recordOf, rsa, seconds, vouch, zone } from '#test/post/vouching.ts';

describe('a mail proves its From domain (S1-34)', () => {
  it.each(['relaxed/relaxed', 'simple/simple', 'relaxed/simple', 'simple/relaxed'] as const)(
    'signed %s with RSA',
    async (canonicalization) => {
      expect(await vouch(good({ canonicalization }))).toEqual({
        dkim: 'pass',
        spf: 'none',
        dmarc: 'pass',
        domain: 'example.org',
        aligned: true,
        raw: 'verified by ourselves; dkim=pass header.d=example.org header.s=test; dmarc=pass header.from=example.org',
      });
    },
  );

  it('signed with Ed25519 (RFC 8463)', async () => {
    expect(await proves(good({ key: ed25519.privateKey, selector: 'curve' }))).toBe(true);
  });

  it('signed by mailauth, with both algorithms', async () => {
    const signatureData = [
      { signingDomain: 'example.org', selector: 'test', privateKey: String(rsa.privateKey.export({ type: 'pkcs8', format: 'pem' })) },
      { signingDomain: 'example.org', selector: 'curve', privateKey: String(ed25519.privateKey.export({ type: 'pkcs8', format: 'pem' })) },
    ];
    const options = { signingDomain: '', selector: '', privateKey: '', signatureData, signTime: now };
    expect(await proves(`${(await dkimSign(mail(), options)).signatures}${mail()}`)).toBe(true);
  });

  it('signed by nodemailer, as our own letters could be', async () => {
    const privateKey = String(rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const transport = createTransport({
      streamTransport: true,
      buffer: true,
      newline: 'windows',
      dkim: { domainName: 'example.org', keySelector: 'test', privateKey },
    });
    const { message } = await transport.sendMail({
      from: 'Lead <lead@example.org>',
      to: 'security@example.org',
      subject: 'ä',
      text: 'grüße\n',
      date: now,
    });
    expect(await proves(String(message))).toBe(true);
  });

  it('with trace fields, folding and white space that came on the way', async () => {
    const folded = good().replace('Subject: Re: [SRC', 'subject:  Re:\r\n\t[SRC').replace('it  is.', 'it is. ');
    expect(await proves(`Received: from a by b; x\r\nX-Spam: no\r\n${folded}\r\n\r\n`)).toBe(true);
  });

  it('with bare line feeds, as some stores hand it over', async () => {
    expect(await proves(good().replaceAll('\r\n', '\n'))).toBe(true);
  });

  it('with an oversigned From and tags nobody knows', async () => {
    const signs = ['from', 'from', 'to', 'subject', 'date', 'message-id', 'content-type', 'content-transfer-encoding', 'reply-to'];
    expect(await proves(good({ signs, more: ['darn=example.net', `t=${seconds(-1)}`, `x=${seconds(6)}`] }))).toBe(true);
  });

  it('by the second signature, when the first is of another domain or does not verify', async () => {
    const strange = signed(good(), { key: other.privateKey, domain: 'example.net' });
    expect(await proves(strange)).toBe(true);
    expect(await proves(signed(good(), { key: other.privateKey }))).toBe(true);
  });

  it('whose name is anything', async () => {
    const from = 'From: "ceo@victim.example, <x@y>" <lead@example.org>';
    expect(await vouch(good({}, mail([from, ...head.slice(1)])))).toMatchObject({ aligned: true, domain: 'example.org' });
  });

  it('of a domain in another script', async () => {
    const records = {
      '_dmarc.xn--bcher-kva.example': ['v=DMARC1; p=reject'],
      'test._domainkey.xn--bcher-kva.example': [recordOf(rsa.publicKey)],
    };
    const text = Buffer.from(mail(['From: <lead@bücher.example>', ...head.slice(1)]), 'utf8').toString('latin1');
    expect(await vouch(good({ domain: 'xn--bcher-kva.example' }, text), records)).toMatchObject({
      aligned: true,
      domain: 'xn--bcher-kva.example',
    });
  });
});

describe('a mail changed on its way proves nothing', () => {
  it.each<[string, (text: string) => string]>([
    ['a word of the body', (text) => text.replace('low', 'high')],
    ['text below the body', (text) => `${text}/close\r\n`],
    ['text above the body', (text) => text.replace('\r\n\r\n/sev', '\r\n\r\n/close\r\n/sev')],
    ['the subject', (text) => text.replace('SRC-4F7K2M', 'SRC-AAAAAA')],
    ['the date', (text) => text.replace('09:00', '09:30')],
    ['the Message-ID', (text) => text.replace('<1@', '<2@')],
    ['the author', (text) => text.replace('lead@example.org', 'second@example.org')],
    ['the display name', (text) => text.replace('The Lead', 'The Second')],
    ['a second From above', (text) => `From: second@example.org\r\n${text}`],
    ['a second From below', (text) => text.replace('\r\n\r\n', '\r\nFrom: second@example.org\r\n\r\n')],
    ['a second Subject', (text) => `Subject: other\r\n${text}`],
    ['a second Date', (text) => `Date: Tue, 3 Mar 2026 09:59:00 +0000\r\n${text}`],
    ['a second Message-ID', (text) => `Message-ID: <2@example.org>\r\n${text}`],
    ['a second Content-Type', (text) => `Content-Type: text/html\r\n${text}`],
    ['a second Content-Transfer-Encoding', (text) => `Content-Transfer-Encoding: quoted-printable\r\n${text}`],
    ['the signature', (text) => text.replace(/ b=(.)/, (_, first) => ` b=${first === 'A' ? 'B' : 'A'}`)],
    ['the domain of the signature', (text) => text.replace('d=example.org', 'd=mail.example.org')],
    ['the list of signed fields', (text) => text.replace(':subject:', ':')],
    ['From hidden behind a folded rubbish line', (text) => text.replace('From: The', 'From : x\r\n \r\nFrom: The')],
  ])('%s', async (_, change) => {
    const text = good();
    const changed = change(text);
    expect(changed).not.toBe(text);
    expect(await proves(text)).toBe(true);
    expect(await proves(changed)).toBe(false);
  });

  it('an oversigned field that was added', async () => {
    const signs = ['from', 'from', 'subject', 'date', 'message-id', 'content-type', 'content-transfer-encoding', 'in-reply-to'];
    expect(await proves(good({ signs }))).toBe(true);
    expect(await proves(`In-Reply-To: <x@example.org>\r\n${good({ signs })}`)).toBe(false);
  });
});

describe('a header that is not plain', () => {
  it.each(['\x00', '\x0b', '\x0c', '\r', '\x7f'])(
    'threat: with %j in a signed field proves nothing: others may see a line end there',
    async (char) => {
      const text = mail(head.map((line) => line.replace('a flaw', `a${char}flaw`)));
      const origin = await vouch(good({ canonicalization: 'simple/simple' }, text));
      expect(origin).toMatchObject({ aligned: false, dkim: 'permerror' });
    },
  );
});

describe('who the author is', () => {
  it.each([
    'From: lead@example.org, second@example.org',
    'From: lead@example.org, x@evil.example',
    'From: Team: lead@example.org;',
    'From: undisclosed:;',
    'From: ceo@victim.example <lead@example.org>',
    'From: lead@example.org <x@evil.example> ',
    'From: lead@[192.0.2.1]',
    'From: lead',
    'X-From: lead@example.org',
  ])('%s has no single one that is proved', async (from) => {
    expect(await proves(good({}, mail([from, ...head.slice(1)])))).toBe(false);
  });

  it('threat: somebody else signs his own From with our address as the name', async () => {
    const records = { ...zone, '_dmarc.evil.example': ['v=DMARC1; p=none'], 'test._domainkey.evil.example': [recordOf(other.publicKey)] };
    const text = mail(['From: "lead@example.org" <x@evil.example>', ...head.slice(1)]);
    const origin = await vouch(signed(text, { key: other.privateKey, domain: 'evil.example' }), records);
    // He proves himself and nobody else.
    expect(origin).toMatchObject({ aligned: true, domain: 'evil.example' });
  });
});

describe('a DNS in trouble', () => {
  const failing = (code: string) => Object.assign(new Error('dns'), { code });
  it.each(['ETIMEOUT', 'ESERVFAIL', 'EREFUSED', 'ECONNREFUSED'])('threat: %s never counts as a pass', async (code) => {
    expect(await vouch(good(), { ...zone, '_dmarc.example.org': failing(code) })).toMatchObject({ aligned: false, dmarc: 'temperror' });
    expect(await vouch(good(), { ...zone, 'test._domainkey.example.org': failing(code) })).toMatchObject({
      aligned: false,
      dkim: 'temperror',
      dmarc: 'temperror',
    });
  });

  it('a name server that says nothing is left after the time', async () => {
    const silent = openVouch({ resolveTxt: () => new Promise(() => {}), timeout: 100 });
    expect(await silent(await read(good()), now)).toMatchObject({ aligned: false, dmarc: 'temperror' });
  });

  it('one key that cannot be had does not spoil another signature', async () => {
    const two = signed(good(), { key: ed25519.privateKey, selector: 'away' });
    expect(await proves(two, { ...zone, 'away._domainkey.example.org': failing('ETIMEOUT') })).toBe(true);
  });
});
