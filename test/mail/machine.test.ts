// Machine mail: never answered, never taken for a person's, and no person's mail taken for it.
import { describe, expect, it } from 'vitest';
import { machine } from '#mail/machine.ts';
import { mail, opened, read } from '#test/mail/foreign.ts';

const ours = { addresses: ['security@example.org'], isOurMessageId: (id: string) => /^letter-\d+@example\.org$/.test(id) };
const about = 'letter-1@example.org';

describe('a bounce', () => {
  it.each<[string, boolean, string | undefined, string | undefined]>([
    ['postfix-dsn.eml', true, '5.1.1', about],
    ['postfix-dsn-original-recipient.eml', true, '5.1.1', about],
    ['postfix-delayed.eml', false, '4.4.1', about],
    ['exchange-ndr.eml', true, '5.1.10', about],
    ['gmail-dsn.eml', true, '5.1.1', about],
    ['qmail-bounce.eml', true, '5.1.1', about],
    ['exim-bounce.eml', true, '5.1.1', about],
    ['exim-delay.eml', false, undefined, undefined],
    ['yahoo-bounce.eml', true, '5.1.1', about],
    ['ses-bounce.eml', true, '5.1.1', undefined],
    ['domino-ndr.eml', true, undefined, undefined],
    ['gmx-bounce.eml', true, '5.1.1', about],
    ['mailru-bounce.eml', true, undefined, undefined],
  ])('%s names its recipient', async (name, permanent, status, letter) => {
    const found = await machine((await opened(name)).message, ours);
    expect(found?.is).toBe('bounce');
    expect(found?.recipients.map((one) => [one.address, one.permanent, one.status])).toEqual([['nobody@example.net', permanent, status]]);
    expect(found?.about).toBe(letter);
  });

  it('of success has no recipients', async () => {
    expect(await machine((await opened('postfix-delivered.eml')).message, ours)).toEqual({ is: 'bounce', recipients: [], about });
  });

  it('is not what a person writes about one', async () => {
    expect(await machine((await opened('person-about-a-bounce.eml')).message, ours)).toBeUndefined();
  });
});

describe('other mail', () => {
  it.each<[string, string | undefined]>([
    ['exchange-oof-de.eml', 'auto-reply'],
    ['exchange-oof-without-auto-submitted.eml', 'auto-reply'],
    ['vacation-sieve.eml', 'auto-reply'],
    ['read-receipt.eml', 'auto-reply'],
    ['mailing-list.eml', 'list'],
    ['auto-submitted-no.eml', undefined],
    ['outlook-suppress-header.eml', undefined],
    ['report-about-automatic-reply.eml', undefined],
    ['spam-list-unsubscribe.eml', undefined],
    ['google-group-rewritten-from.eml', undefined],
    ['github-private-report.eml', undefined],
    ['hackerone-report.eml', undefined],
    ['gmail-reply-en.eml', undefined],
  ])('%s is %s', async (name, is) => {
    expect((await machine((await opened(name)).message, ours))?.is).toBe(is);
  });

  it.each<[string[], string | undefined]>([
    [['Message-ID: <letter-7@example.org>'], 'own'],
    [['X-Embargod: yes'], 'own'],
    [['From: Security <security@example.org>'], 'own'],
    [['From: Security <security+SRC-4F7K2M.t.aa@example.org>'], 'own'],
    [['From: a@example.net', 'Return-Path: <>'], 'auto-reply'],
    [['From: a@example.net', 'X-Autoreply: yes'], 'auto-reply'],
    [['From: a@example.net', 'X-Autoreply: no'], undefined],
    [['From: a@example.net', 'Precedence: auto_reply'], 'auto-reply'],
    [['From: a@example.net', 'Precedence: bulk'], 'list'],
    [['From: a@example.net', 'Auto-Submitted: (comment) auto-generated; x=y'], 'auto-reply'],
    [['From: a@example.net', 'Auto-Submitted: no (really)'], undefined],
    [['From: a@example.net', 'List-Id: <security.example.org>', 'Precedence: list'], undefined],
    [['From: a@example.net', 'List-Id: <security.example.org.evil.example>'], 'list'],
    [['From: a@example.net', 'List-Id: <x.example>', 'List-Post: <mailto:security@example.org>'], undefined],
    [['From: a@example.net', 'List-Id: <x.example>', 'List-Post: <mailto:notsecurity@example.org>'], 'list'],
    [['From: notifications@github.com', 'Subject: [a/b] Build failed', 'Auto-Submitted: auto-generated'], 'auto-reply'],
    [['From: a@example.net', 'Subject: Re: Automatic reply: x', 'In-Reply-To: <letter-1@example.org>'], undefined],
  ])('with %j is %s', async (lines, is) => {
    expect((await machine(await read(mail(lines)), ours))?.is).toBe(is);
  });
});
