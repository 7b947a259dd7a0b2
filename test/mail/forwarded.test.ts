// Whose report it is: forwards of many clients, lists, platforms. Wrong is worse than ambiguous.
import { describe, expect, it } from 'vitest';
import { content } from '#mail/content.ts';
import { noReply, realReporter } from '#mail/forwarded.ts';
import { mail, opened, read } from '#test/mail/foreign.ts';

describe('realReporter', () => {
  it.each([
    ['gmail-forward.eml', 'finder@example.com'],
    ['outlook-forward.eml', 'finder@example.com'],
    ['outlook-de-forward.eml', 'finder@example.com'],
    ['apple-forward.eml', 'finder@example.com'],
    ['apple-forward-fr.eml', 'finder@example.com'],
    ['thunderbird-forward-de.eml', 'finder@example.com'],
    ['mutt-forward.eml', 'finder@example.com'],
    ['forward-of-forward.eml', 'finder@example.com'],
    ['forward-as-attachment.eml', 'finder@example.com'],
    ['web-form-reply-to.eml', 'finder@example.com'],
    ['google-group-rewritten-from.eml', 'reporter@example.net'],
  ])('of %s is %s', async (name, address) => {
    expect(await realReporter(await opened(name))).toMatchObject({ kind: 'forwarded', reporter: { address } });
  });

  it.each(['two-forwards-in-one.eml', 'forward-without-address.eml', 'two-from-fields.eml'])('of %s is ambiguous', async (name) => {
    expect((await realReporter(await opened(name))).kind).toBe('ambiguous');
  });

  it.each(['report-with-http-request.eml', 'gmail-reply-en.eml', 'outlook-unmarked-quote.eml', 'outlook-suppress-header.eml'])(
    'of %s is its sender',
    async (name) => {
      expect(await realReporter(await opened(name))).toEqual({ kind: 'direct' });
    },
  );

  it('of a platform notice is named by handle and address of the report', async () => {
    expect(await realReporter(await opened('github-private-report.eml'))).toEqual({
      kind: 'platform',
      platform: 'github',
      handle: 'finder-handle',
      url: 'https://github.com/example/project/security/advisories/GHSA-aaaa-bbbb-cccc',
      subject: 'Path traversal in the dashboard',
    });
    expect(await realReporter(await opened('hackerone-report.eml'))).toMatchObject({
      platform: 'hackerone',
      handle: 'finder-handle',
      url: 'https://hackerone.com/reports/1234567',
    });
  });

  it('is never a no-reply address, and a look-alike domain is no platform', async () => {
    const look = async (from: string) => {
      const message = await read(mail([`From: ${from}`, 'Subject: [x] report (#12345)'], 'https://hackerone.com/reports/12345\n'));
      return realReporter({ message, subject: message.subject, ...(await content(message.root, false)) });
    };
    expect((await look('no-reply@example.net')).kind).toBe('ambiguous');
    expect((await look('x@nothackerone.com')).kind).toBe('direct');
    expect((await look('x@hackerone.com.evil.example')).kind).toBe('direct');
  });
});

describe('noReply', () => {
  it.each([
    ['no-reply@example.org', true],
    ['noreply+abc@example.org', true],
    ['project-noreply@example.org', true],
    ['do_not_reply@example.org', true],
    ['ne-pas-repondre@example.org', true],
    ['mailer-daemon@example.org', true],
    ['notifications@github.com', true],
    ['reporter@example.net', false],
    ['norman.reply@example.net', false],
    ['notifications@example.net', false],
  ])('%s: %s', (address, silent) => {
    expect(noReply(address)).toBe(silent);
  });
});
