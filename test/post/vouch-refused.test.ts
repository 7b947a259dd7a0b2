// Signatures that verify and still prove nothing: weak, limited, unaligned, without a DMARC record, or leaving open what we read (S1-34).
import { describe, expect, it } from 'vitest';
import type { Signing } from '#test/post/signing.ts';
import {
  body,
  good,
  head,
  mail,
  other,
  proves,
  publicOf,
  recordOf,
  rsa,
  rsaOf,
  seconds,
  vouch,
  type Zone,
  zone,
} from '#test/post/vouching.ts';

describe('a signature that verifies and still proves nothing', () => {
  it.each<[string, Partial<Signing>, string]>([
    ['with a length limit, nothing appended (l=)', { length: body.length - 1 }, 'length limit'],
    ['with a length limit of nothing', { length: 0 }, 'length limit'],
    [
      'that does not sign From',
      { signs: ['to', 'subject', 'date', 'message-id', 'content-type', 'content-transfer-encoding'] },
      'From is not signed',
    ],
    [
      'that does not sign Subject',
      { signs: ['from', 'date', 'message-id', 'content-type', 'content-transfer-encoding'] },
      'subject is not signed',
    ],
    [
      'that does not sign Date',
      { signs: ['from', 'subject', 'message-id', 'content-type', 'content-transfer-encoding'] },
      'date is not signed',
    ],
    [
      'that does not sign Message-ID',
      { signs: ['from', 'subject', 'date', 'content-type', 'content-transfer-encoding'] },
      'message-id is not signed',
    ],
    [
      'that does not sign Content-Type',
      { signs: ['from', 'subject', 'date', 'message-id', 'content-transfer-encoding'] },
      'content-type is not signed',
    ],
    [
      'that does not sign Content-Transfer-Encoding',
      { signs: ['from', 'subject', 'date', 'message-id', 'content-type'] },
      'content-transfer-encoding is not signed',
    ],
    ['of SHA-1 (RFC 8301)', { algorithm: 'rsa-sha1' }, 'algorithm'],
    ['that has expired', { more: [`t=${seconds(-8)}`, `x=${seconds(-1)}`] }, 'expired or from the future'],
    ['that ends before it begins', { more: [`t=${seconds(3)}`, `x=${seconds(2)}`] }, 'expired or from the future'],
    ['from the future', { more: [`t=${seconds(1)}`] }, 'expired or from the future'],
    ['of an unaligned domain', { domain: 'example.net' }, 'another domain'],
    ['of a domain that ends like ours', { domain: 'evil-example.org' }, 'another domain'],
    ['for an identity elsewhere', { more: ['i=lead@example.net'] }, 'identity of another domain'],
    ['with a tag twice', { more: ['d=example.net'] }, 'cannot be read'],
    ['with a comment in a tag', { more: ['z=(x)'] }, 'cannot be read'],
    [
      'over other signatures',
      { signs: ['from', 'subject', 'date', 'message-id', 'content-type', 'content-transfer-encoding', 'dkim-signature'] },
      'signs other signatures',
    ],
  ])('%s', async (_, signing, why) => {
    const asked: string[] = [];
    const origin = await vouch(good(signing), zone, asked);
    expect(origin).toMatchObject({ aligned: false, dkim: 'policy', dmarc: 'none' });
    expect(origin.raw).toContain(`reason="${why}"`);
    // Nothing is asked for what cannot prove anything.
    expect(asked).toEqual([]);
  });

  it('threat: text appended below a length limit', async () => {
    expect(await proves(`${good({ length: body.length })}/close\r\n`)).toBe(false);
  });

  it('threat: a limit spelled so that only some read it', async () => {
    for (const more of [['L=10'], ['l =10'], [' l\t=\t10'], ['x-l=1']]) expect(await proves(good({ more }))).toBe(false);
  });

  it.each([512, 768, 1016])('RSA of %i bits (RFC 8301 §3.2)', async (bits) => {
    const weak = rsaOf(bits);
    const origin = await vouch(good({ key: weak.privateKey }), { ...zone, 'test._domainkey.example.org': [recordOf(weak.publicKey)] });
    expect(origin).toMatchObject({ aligned: false, dkim: 'policy', dmarc: 'fail' });
    expect(origin.raw).toContain('weak key');
  });

  it('but RSA of 1024 bits counts, as RFC 8301 wants of verifiers', async () => {
    const old = rsaOf(1024);
    expect(await proves(good({ key: old.privateKey }), { ...zone, 'test._domainkey.example.org': [recordOf(old.publicKey)] })).toBe(true);
  });

  it.each<[string, readonly string[]]>([
    ['none', []],
    ['revoked', ['v=DKIM1; k=rsa; p=']],
    ['another one', [recordOf(other.publicKey)]],
    ['two of them', [recordOf(rsa.publicKey), recordOf(other.publicKey)]],
    ['on trial', [`v=DKIM1; t=y; k=rsa; p=${publicOf(rsa.publicKey)}`]],
    ['not for mail', [`v=DKIM1; s=tlsrpt; k=rsa; p=${publicOf(rsa.publicKey)}`]],
    ['only for SHA-1', [`v=DKIM1; h=sha1; k=rsa; p=${publicOf(rsa.publicKey)}`]],
    ['of another kind', [`v=DKIM1; k=ed25519; p=${publicOf(rsa.publicKey)}`]],
    ['of another version', [`v=DKIM2; k=rsa; p=${publicOf(rsa.publicKey)}`]],
    ['with its version behind', [`k=rsa; v=DKIM1; p=${publicOf(rsa.publicKey)}`]],
    ['not a key', ['v=DKIM1; k=rsa; p=aGVsbG8gaGVsbG8gaGVsbG8gaGVsbG8gaGVsbG8gaGVsbG8gaGVsbG8=']],
    ['rubbish', ['hello']],
  ])('with a key that is %s', async (_, records) => {
    expect(await vouch(good(), { ...zone, 'test._domainkey.example.org': records })).toMatchObject({ aligned: false, dmarc: 'fail' });
  });

  it('with a key that is not for subdomains, for an identity below', async () => {
    const more = ['i=@mail.example.org'];
    expect(await proves(good({ more }))).toBe(true);
    const strict = [`v=DKIM1; t=s; k=rsa; p=${publicOf(rsa.publicKey)}`];
    expect(await proves(good({ more }), { ...zone, 'test._domainkey.example.org': strict })).toBe(false);
    expect(await proves(good(), { ...zone, 'test._domainkey.example.org': strict })).toBe(true);
  });
});

describe('DMARC (RFC 7489)', () => {
  const below = { ...zone, 'test._domainkey.mail.example.org': [recordOf(rsa.publicKey)] };
  const ofHost = mail(['From: lead@host.example.org', ...head.slice(1)]);

  it.each<[string, Zone, boolean]>([
    ['relaxed, as usual, a signature of a subdomain', { ...below, '_dmarc.example.org': ['v=DMARC1; p=reject'] }, true],
    ['relaxed, said aloud', { ...below, '_dmarc.example.org': ['v=DMARC1; p=reject; adkim=r'] }, true],
    ['strict', { ...below, '_dmarc.example.org': ['v=DMARC1; p=reject; adkim=s'] }, false],
    ['a mode nobody knows, which is taken as strict', { ...below, '_dmarc.example.org': ['v=DMARC1; p=reject; adkim=x'] }, false],
  ])('%s', async (_, records, aligned) => {
    expect(await proves(good({ domain: 'mail.example.org' }), records)).toBe(aligned);
  });

  it('strict: a signature of the organisation does not speak for a From below it', async () => {
    const strict = { ...zone, '_dmarc.host.example.org': ['v=DMARC1; p=none; adkim=s'] };
    expect(await proves(good({}, ofHost), strict)).toBe(false);
  });

  it('the record of the organisation counts where the domain has none', async () => {
    expect(await proves(good({}, ofHost))).toBe(true);
  });

  it.each<[string, readonly string[], string]>([
    ['no record', [], 'none'],
    ['two records', ['v=DMARC1; p=none', 'v=DMARC1; p=reject'], 'none'],
    ['a record of another version', ['v=DMARC2; p=none'], 'none'],
    ['a record of something else', ['v=spf1 -all'], 'none'],
    ['a record without a policy', ['v=DMARC1'], 'permerror'],
    ['a record with a policy nobody knows', ['v=DMARC1; p=perhaps'], 'permerror'],
  ])('%s proves nothing, and no key is asked for', async (_, records, dmarc) => {
    const asked: string[] = [];
    expect(await vouch(good(), { ...zone, '_dmarc.example.org': records }, asked)).toMatchObject({ aligned: false, dmarc });
    expect(asked).toEqual(['_dmarc.example.org']);
  });

  it('threat: two customers of one hoster are two organisations', async () => {
    const records = { '_dmarc.a.github.io': ['v=DMARC1; p=none'], 'test._domainkey.b.github.io': [recordOf(rsa.publicKey)] };
    const text = mail(['From: lead@a.github.io', ...head.slice(1)]);
    expect(await proves(good({ domain: 'b.github.io' }, text), records)).toBe(false);
  });

  it('threat: two public suffixes, which belong to no organisation, are not one', async () => {
    const records = { '_dmarc.co.uk': ['v=DMARC1; p=none'], 'test._domainkey.org.uk': [recordOf(rsa.publicKey)] };
    const text = mail(['From: lead@co.uk', ...head.slice(1)]);
    expect(await proves(good({ domain: 'org.uk' }, text), records)).toBe(false);
  });

  it('threat: a public suffix speaks for nobody below it', async () => {
    const records = { '_dmarc.example.co.uk': ['v=DMARC1; p=none'], 'test._domainkey.co.uk': [recordOf(rsa.publicKey)] };
    const text = mail(['From: lead@example.co.uk', ...head.slice(1)]);
    expect(await proves(good({ domain: 'co.uk' }, text), records)).toBe(false);
  });
});

describe('threat: whoever may choose how a body is read makes own words of quoted ones', () => {
  const parts =
    '--one\r\nContent-Type: text/plain\r\n\r\nNo.\r\n--one\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\n--two\r\n\r\n/close\r\n\r\n--two--\r\n--one--\r\n';
  const multipart = [...head.slice(0, 6), 'Content-Type: multipart/mixed; boundary=one'];
  const signs = ['from', 'subject', 'date', 'message-id', 'mime-version'];

  it('a multipart whose one boundary begins and ends it may leave Content-Type unsigned', async () => {
    expect(await proves(good({ signs }, mail(multipart, parts)))).toBe(true);
  });

  it.each([
    ['another boundary', 'Content-Type: multipart/mixed; boundary=two'],
    ['text', 'Content-Type: text/plain'],
    ['nothing', 'X: y'],
  ])('declared as %s it proves nothing', async (_, line) => {
    const text = good({ signs }, mail(multipart, parts)).replace('Content-Type: multipart/mixed; boundary=one', line);
    expect(await proves(text)).toBe(false);
  });

  it('with text before or behind its parts it must be signed', async () => {
    // The second is as long as the delimiter.
    for (const text of [`/close\r\n${parts}`, `/lgtm\r\n${parts}`, `${parts}/close\r\n`]) {
      expect(await proves(good({ signs }, mail(multipart, text)))).toBe(false);
      expect(await proves(good({ signs: [...signs, 'content-type'] }, mail(multipart, text)))).toBe(true);
    }
  });

  it('a text without a word about its encoding may only be one that has none', async () => {
    const plain = head.slice(0, 7);
    const typed = [...signs, 'content-type'];
    expect(await proves(good({ signs: typed }, mail(plain)))).toBe(true);
    expect(await proves(good({ signs: typed }, mail(plain, '> a long quoted line of a stranger =\r\n/close\r\n')))).toBe(false);
    expect(await proves(good({ signs: typed }, mail(plain, 'L2Nsb3NlCg\r\n')))).toBe(false);
    expect(await proves(good({ signs: [...typed, 'content-transfer-encoding'] }, mail(plain, 'L2Nsb3NlCg\r\n')))).toBe(true);
  });

  it('a text with an unsigned encoding added later proves nothing', async () => {
    const text = good({ signs: [...signs, 'content-type'] }, mail(head.slice(0, 7)));
    expect(await proves(`Content-Transfer-Encoding: quoted-printable\r\n${text}`)).toBe(false);
  });
});
