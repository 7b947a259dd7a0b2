// embargod rehearse: many mails in one call, the documented JSON, one bad mail among good ones, and nothing kept.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { splitMbox } from '#cli/mails.ts';
import type { Rehearsed } from '#cli/rehearsed.ts';
import { run } from '#cli.ts';
import { goodFolder, quietTerminal, temporary } from '#test/config/folder.ts';

let config: string;
let mails: string;
beforeAll(async () => {
  config = await goodFolder();
  mails = temporary();
});
afterAll(() => {
  for (const folder of [config, mails]) rmSync(folder, { recursive: true, force: true });
});

const report = (n: number) =>
  `From: Reporter <reporter@example.net>\r\nTo: security@example.org\r\nSubject: finding ${n}\r\nDate: Mon, 02 Mar 2026 10:0${n}:00 +0000\r\nMessage-ID: <r${n}@example.net>\r\n\r\nThe parser loops.\r\n\r\n> /accept\r\n`;

async function rehearse(...words: string[]): Promise<{ code: number; seen: Rehearsed[]; errors: string[]; lines: string[] }> {
  const terminal = quietTerminal();
  const code = await run(['rehearse', '--config', config, ...words], terminal);
  const seen = words.includes('--json') ? terminal.lines.map((line) => JSON.parse(line) as Rehearsed) : [];
  return { code, seen, errors: terminal.errors, lines: terminal.lines };
}

test('says of each mail of a folder and of an mbox what would happen, and a broken one stops nothing', async () => {
  mkdirSync(join(mails, 'box'));
  writeFileSync(join(mails, '1-report.eml'), report(1));
  writeFileSync(
    join(mails, '2-broken.eml'),
    Buffer.concat([Buffer.from('Content-Type: multipart/mixed; boundary=a\r\n\r\n'), Buffer.from('--a\r\n'.repeat(20_000))]),
  );
  writeFileSync(
    join(mails, '3-bounce.eml'),
    'From: MAILER-DAEMON@example.net\r\nTo: security@example.org\r\nAuto-Submitted: auto-replied\r\nSubject: gone\r\n\r\nNobody here.\r\n',
  );
  writeFileSync(
    join(mails, 'box', 'many.mbox'),
    `From x Mon Mar  2 10:00:00 2026\n${report(4).replace(/\r/g, '')}\nFrom y Mon Mar  2 10:00:00 2026\n${report(5).replace(/\r/g, '')}\n`,
  );
  const again = join(mails, '1-report.eml');
  const { code, seen: all, errors } = await rehearse('--json', '--at', 'date', mails, join(mails, 'nothing.eml'), again);
  expect(code).toBe(0);
  expect(errors.join('\n')).toContain('nothing.eml cannot be read');
  // The same mail again is new again: nothing was kept.
  expect(all.at(-1)).toMatchObject({ file: again, kind: 'report' });
  expect(existsSync(join(config, 'data', 'postgres'))).toBe(false);
  const seen = all.slice(0, -1);
  expect(seen.map(({ file, kind }) => [file.slice(mails.length + 1), kind])).toEqual([
    ['1-report.eml', 'report'],
    ['2-broken.eml', 'unusable'],
    ['3-bounce.eml', 'machine'],
    ['box/many.mbox#1', 'report'],
    ['box/many.mbox#2', 'report'],
  ]);
  expect(seen[0]).toMatchObject({
    machine: null,
    from: 'reporter@example.net',
    sender: { name: 'Reporter', roles: [], proof: 'none' },
    decrypted: false,
    signature: { status: 'none', by: null, covers: 'none' },
    subject: 'finding 1',
    ownWords: 'The parser loops.',
    commands: [{ line: '/accept', outcome: 'ignored' }],
  });
  expect(seen[0]?.incident).toMatch(/^SRC-[0-9A-Z]{6}$/);
  expect(seen[0]?.letters.find(({ audience }) => audience === 'reporter')).toMatchObject({ to: 'reporter@example.net', seal: 'may' });
  expect(seen[0]?.letters.filter(({ audience }) => audience === 'team').every(({ seal }) => seal === 'must')).toBe(true);
  expect(seen[1]?.why).toMatch(/parts/);
  expect(seen[2]?.machine).toEqual({ is: expect.stringMatching(/bounce|auto-reply/), recipients: [] });
});

test('takes mails at the moment that is asked for, and says so when it is none', async () => {
  const { lines } = await rehearse('--at', '2026-03-02T10:00Z', join(mails, '1-report.eml'));
  expect(lines.join('\n')).toContain('letter acknowledgement to reporter@example.net');
  expect(await rehearse('--at', '30 February', mails)).toMatchObject({ code: 2, errors: [expect.stringContaining('is no moment')] });
});

test('an mbox is split at its From lines only: not at those inside a text, and quoted ones lose their mark', () => {
  const box =
    'From a\nSubject: 1\n\nFrom here it loops\n\n>From there too\n>>From deeper\n\nFrom b Mon Mar  2 10:00:00 2026\nSubject: 2\n\nx\n';
  expect(splitMbox(Buffer.from(box)).map(String)).toEqual([
    'Subject: 1\n\nFrom here it loops\n\nFrom there too\n>From deeper\n\n',
    'Subject: 2\n\nx\n',
  ]);
  expect(splitMbox(Buffer.from('no mbox at all'))).toEqual([]);
});
