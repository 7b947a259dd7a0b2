// embargod doctor against servers on loopback: what works, what does not, and what it says to do.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareClocks } from '#cli/examine-peers.ts';
import type { Terminal } from '#cli/terminal.ts';
import { run } from '#cli.ts';
import { type ImapServer, openImapServer } from '#demo/imap.ts';
import { openSmtpServer, type SmtpServer } from '#demo/smtp.ts';
import { goodFolder, quietTerminal } from '#test/config/folder.ts';

const address = 'security@example.org';
let directory = '';
let imap: ImapServer;
let smtp: SmtpServer;

beforeAll(async () => {
  directory = await goodFolder();
  imap = await openImapServer({ accounts: { [address]: 'only-for-this-test' } });
  smtp = await openSmtpServer({ imap, accounts: [address], domains: [], authserv: 'mx.example.org' });
  change('service.yaml', 'host: localhost\n  port: 25', `host: 127.0.0.1\n  port: ${smtp.port}`);
  change('teams/security/team.yaml', /host: imap.*\n.*\n.*tls: implicit/, `host: 127.0.0.1\n  port: ${imap.port}\n  tls: none`);
  writeFileSync(join(directory, 'secrets/security.mailbox'), 'only-for-this-test', { mode: 0o600 });
});

afterAll(async () => {
  await smtp.close();
  await imap.close();
  rmSync(directory, { recursive: true });
});

function change(file: string, from: string | RegExp, to: string): void {
  const path = join(directory, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toMatch(from);
  writeFileSync(path, text.replace(from, to));
}

/** The doctor judges by the real clock: keys of the folder are made in the past. */
function terminal(): Terminal & { readonly lines: string[] } {
  return { ...quietTerminal(), now: () => new Date() };
}

test('with everything in place nothing is wrong, and nothing is sent', async () => {
  const at = terminal();
  expect(await run(['doctor', '-c', directory], at), at.lines.join('\n')).toBe(0);
  const text = at.lines.join('\n');
  for (const area of ['config', 'disk', 'database', 'clock', 'mailbox security', 'relay', 'keys security', 'addresses security'])
    expect(text).toMatch(new RegExp(`^ok {7}${area}: `, 'm'));
  expect(text).toContain('warning  keys security: sealed letters reach 0 of 2 members; ask lead, second for a certificate.');
  expect(text).not.toContain('only-for-this-test');
  expect(imap.mailbox(address, 'INBOX')).toEqual([]);
});

test('--probe sees that sub-addresses arrive, files the probe, and compares clocks', async () => {
  const at = terminal();
  expect(await run(['doctor', '--probe', '-c', directory], at), at.lines.join('\n')).toBe(0);
  const text = at.lines.join('\n');
  expect(text).toMatch(/^ok {7}addresses security: a mail to security\+probe-[0-9a-f]{12}@example.org arrives.$/m);
  expect(text).toMatch(/^ok {7}clock: this machine and the mail server are \d s apart.$/m);
  expect(imap.mailbox(address, 'INBOX')).toEqual([]);
});

test('a refused login, a relay that is gone and a refused probe are each wrong, and the others are still tried', async () => {
  writeFileSync(join(directory, 'secrets/security.mailbox'), 'NEVER-TO-BE-SHOWN', { mode: 0o600 });
  change('service.yaml', `port: ${smtp.port}`, 'port: 1');
  const at = terminal();
  expect(await run(['doctor', '--probe', '-c', directory], at)).toBe(1);
  const wrong = at.lines.filter((line) => line.startsWith('wrong'));
  expect(wrong).toHaveLength(3);
  expect(wrong[0]).toContain('refuses the login of security@example.org');
  expect(wrong[1]).toContain('relay: nothing listens at 127.0.0.1:1');
  expect(wrong[2]).toMatch(/addresses security: the probe to .* was not taken: /);
  expect(at.lines.join('\n')).not.toContain('NEVER');
  expect(at.lines.at(-1)).toMatch(/^3 wrong, \d+ to look at.$/);
});

test('keys at rest that are not those of the database are found', async () => {
  writeFileSync(join(directory, 'secrets/mac.key'), Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString('base64'), {
    mode: 0o600,
  });
  const at = terminal();
  expect(await run(['doctor', '-c', directory], at)).toBe(1);
  expect(at.lines.join('\n')).toMatch(/^wrong {4}database: the key for look-ups \(mac\) is missing or is not the one/m);
});

test('a config with mistakes is where the doctor stops', async () => {
  rmSync(join(directory, 'secrets/mac.key'));
  const at = terminal();
  expect(await run(['doctor', '-c', directory], at)).toBe(1);
  expect(at.lines[0]).toMatch(/^wrong {4}config: service\.yaml:\d+: secrets\.mac: the secret file secrets\/mac\.key does not exist\.$/);
  expect(at.lines.slice(1)).toEqual(['1 wrong, 0 to look at.']);
});

test('clocks: seconds are fine, a minute is a warning, more is wrong', () => {
  const here = new Date('2026-03-02T12:00:00Z');
  const apart = (seconds: number) => compareClocks(new Date(here.getTime() + seconds * 1000), here, 'the database server').state;
  expect([0, 5, -6, 60, -61].map(apart)).toEqual(['ok', 'ok', 'warning', 'warning', 'wrong']);
  expect(apart(Number.NaN)).toBe('warning');
});
