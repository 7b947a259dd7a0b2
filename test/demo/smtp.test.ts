// The demo's mail exchanger: what it adds to a mail, what it takes away, and whom it refuses.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ImapServer, openImapServer } from '#demo/imap.ts';
import { openSmtpServer, type SmtpServer } from '#demo/smtp.ts';
import { openRelay, type Relay } from '#post/smtp.ts';

const user = 'security@example.test';
let imap: ImapServer;
let smtp: SmtpServer;
let relay: Relay;
const outside: { to: readonly string[]; bytes: Buffer }[] = [];

beforeEach(async () => {
  outside.length = 0;
  imap = await openImapServer({ accounts: { [user]: 'secret' } });
  smtp = await openSmtpServer({
    imap,
    accounts: [user],
    domains: ['vendor.test'],
    authserv: 'mx.example.test',
    verdict: ({ from }) => `dmarc=${from.endsWith('@vendor.test') ? 'pass' : 'fail'} header.from=vendor.test`,
    onMail: ({ to }, bytes) => void outside.push({ to, bytes }),
    clock: () => new Date('2026-11-21T10:00:00Z'),
  });
  relay = openRelay({ host: '127.0.0.1', port: smtp.port, tls: 'none', connections: 1, timeout: 5000, name: 'client.vendor.test' });
});
afterEach(async () => {
  await relay.close();
  await smtp.close();
  await imap.close();
});

const mail = 'From: a@vendor.test\r\nSubject: hello\r\n\r\nHello.\r\n';
const hand = (to: string, text = mail, from = 'a@vendor.test') => relay.hand({ from, to, bytes: Buffer.from(text) });

test('delivers to an inbox what a real one would show', async () => {
  await hand('Security+SRC-4F7K2M@example.test');
  const [delivered] = imap.mailbox(user, 'INBOX');
  const text = delivered?.bytes.toString() ?? '';
  expect(text).toMatch(
    /^Return-Path: <a@vendor\.test>\r\nDelivered-To: Security\+SRC-4F7K2M@example\.test\r\nReceived: from .*client\.vendor\.test \(\[127\.0\.0\.1\]\) by mx\.example\.test with ESMTP id \w+\r\n for <Security\+SRC-4F7K2M@example\.test>; Sat, 21 Nov 2026 10:00:00 \+0000\r\nAuthentication-Results: mx\.example\.test; dmarc=pass header\.from=vendor\.test\r\n/,
  );
  expect(text.endsWith(mail)).toBe(true);
});

test('takes away what claims to be its own verdict and nothing else', async () => {
  const forged = 'Authentication-Results: MX.example.test;\r\n dmarc=pass header.from=bank.test\r\n';
  const others = 'Authentication-Results: mx.example.test.evil.test; dmarc=pass\r\nauthentication-results: other.test; dmarc=none\r\n';
  await hand(user, `${forged}${others}${mail}${forged}`, 'x@evil.test');
  const text = imap.mailbox(user, 'INBOX')[0]?.bytes.toString() ?? '';
  expect(text.endsWith(`dmarc=fail header.from=vendor.test\r\n${others}${mail}${forged}`)).toBe(true);
});

test('keeps what goes outside and refuses what has no home', async () => {
  expect((await hand('psirt@vendor.test')).outcome).toBe('accepted');
  expect(await hand('nobody@example.test')).toMatchObject({ outcome: 'permanent', status: '5.1.1' });
  expect(outside).toEqual([{ to: ['psirt@vendor.test'], bytes: Buffer.from(mail) }]);
});
