// Mails that are broken, huge or hostile: nothing is lost, the team hears, and nobody outside is written to for what they did not send.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { take } from '#intake.ts';
import type { Taken } from '#office/taken.ts';
import { openTown, people, type Received, type Town } from '#test/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

let serial = 0;
const mail = (body: string | Buffer, ...fields: string[]) => {
  serial += 1;
  const usual = ['From: reporter@example.net', 'To: security@example.org', 'Subject: a finding', 'Date: Mon, 2 Mar 2026 09:00:00 +0000'];
  const named = new Set(fields.map((line) => line.split(':', 1)[0]?.toLowerCase()));
  const head = [
    ...usual.filter((line) => !named.has(line.split(':', 1)[0]?.toLowerCase())),
    ...fields,
    `Message-ID: <bad-${serial}@example.net>`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body)]);
};
const withoutFrom = (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replace(/^From: .*\r\n/m, ''), 'latin1');

async function arrives(bytes: Buffer): Promise<{ taken: Taken; letters: Received[] }> {
  const taken = await town.arrives(bytes);
  return { taken, letters: await town.post() };
}

const team = [people.lead, people.second, people.third].sort();
const to = (letters: readonly Received[], kind: string) =>
  letters
    .filter((letter) => letter.kind === kind)
    .map((letter) => letter.to)
    .sort();

const nested = (depth: number) => {
  const open = Array.from(
    { length: depth },
    (_, level) => `Content-Type: multipart/mixed; boundary="b${level}"\r\n\r\n--b${level}\r\n`,
  ).join('');
  return `${open}Content-Type: text/plain\r\n\r\nhello\r\n`;
};
const nestedMail = (depth: number) => {
  const [type = '', ...rest] = nested(depth).split('\r\n\r\n');
  return mail(rest.join('\r\n\r\n'), type);
};

test.each([
  ['a header bomb', () => mail('x', ...Array.from({ length: 20_000 }, (_, index) => `X-Bomb-${index}: ${index}`))],
  ['a header line of a megabyte', () => mail('x', `X-Long: ${'a'.repeat(1_000_000)}`)],
  ['ten thousand parts', () => mail('--b\r\n\r\nx\r\n'.repeat(10_000), 'Content-Type: multipart/mixed; boundary="b"')],
  ['a thousand nested parts', () => nestedMail(1000)],
])('%s is put aside with an alarm, and its sender hears nothing', async (_, make) => {
  const bytes = make();
  const before = process.cpuUsage();
  const { taken, letters } = await arrives(bytes);
  expect(process.cpuUsage(before).user).toBeLessThan(5_000_000);
  expect(taken.kind).toBe('unusable');
  expect(to(letters, 'alarm')).toEqual(team);
  expect(letters).toHaveLength(team.length);
  for (const letter of letters) expect(letter.text).not.toContain('a finding');
  const again = await arrives(bytes);
  // Moved back into the inbox it is put aside again, without a second alarm.
  expect([again.taken.kind, again.letters]).toEqual(['unusable', []]);
});

test('a mail too large to fetch is put aside with an alarm, once', async () => {
  const fetched = { place: { mailbox: 'INBOX', uidValidity: '1', uid: 999_999 }, size: 900_000_000, arrived: town.now(), bytes: undefined };
  expect((await take(fetched, town.office, town.world)).kind).toBe('unusable');
  const letters = await town.post();
  expect(to(letters, 'alarm')).toEqual(team);
  expect(letters[0]?.text).toContain('larger than');
  expect((await take(fetched, town.office, town.world)).kind).toBe('unusable');
  expect(await town.post()).toEqual([]);
});

test('a mail encrypted to somebody else is put aside with an alarm; its author is asked again within limits and told nothing', async () => {
  const bytes = () =>
    mail('-----BEGIN PGP MESSAGE-----\r\n\r\nwV4DgarbageAAAA\r\n=AAAA\r\n-----END PGP MESSAGE-----\r\n', 'Subject: REPORTEDWORD');
  const first = await arrives(bytes());
  expect(first.taken.kind).toBe('unusable');
  expect(to(first.letters, 'alarm')).toEqual(team);
  expect(to(first.letters, 'unread')).toEqual([people.reporter]);
  for (const letter of first.letters) expect(`${letter.subject}${letter.text}`).not.toMatch(/REPORTEDWORD|garbage/);
  let asked = 1;
  for (let count = 0; count < 8; count += 1) asked += to((await arrives(bytes())).letters, 'unread').length;
  expect(asked).toBeLessThanOrEqual(town.office.policy.intake.acknowledgementsPerSender);
});

test.each([
  ['NULs in the text', () => mail('be\0fore and af\0ter'), people.reporter],
  [
    'an invalid charset',
    () => mail(Buffer.from([0xff, 0xfe, 0x80, 0x41, 0x0d, 0x0a]), 'Content-Type: text/plain; charset="x-nobody-knows"'),
    people.reporter,
  ],
  [
    'broken UTF-8',
    () => mail(Buffer.from([0xc3, 0x28, 0xf0, 0x28, 0x8c, 0x28]), 'Content-Type: text/plain; charset=utf-8'),
    people.reporter,
  ],
  ['a date of 1970', () => mail('old', 'Date: Thu, 01 Jan 1970 00:00:00 +0000'), people.reporter],
  ['a date that is none', () => mail('odd', 'Date: yesterday'), people.reporter],
  [
    'a body without an end',
    () => mail('--b\r\nContent-Type: text/plain\r\n\r\nopen', 'Content-Type: multipart/mixed; boundary="b"'),
    people.reporter,
  ],
  ['no body', () => mail(''), people.reporter],
  ['base64 that is none', () => mail('%%%%', 'Content-Transfer-Encoding: base64'), people.reporter],
  ['no From', () => withoutFrom(mail('who am I')), undefined],
  ['ten Froms', () => mail('who are we', ...Array.from({ length: 10 }, (_, index) => `From: one${index}@example.net`)), undefined],
  ['two authors in one From', () => mail('we', 'From: one@example.net, two@example.net'), undefined],
  ['a From that is no address', () => mail('x', 'From: undisclosed'), undefined],
])('%s is a report all the same, answered only where one sender is named', async (_, make, answered) => {
  const { taken, letters } = await arrives(make());
  expect(taken.kind).toBe('report');
  expect(to(letters, 'report')).toEqual(team);
  const outside = letters.filter((letter) => !team.includes(letter.to as never)).map((letter) => letter.to);
  // The limits may have been used up by the tests before.
  expect([[], [answered]]).toContainEqual(outside);
  expect(letters.map(({ text }) => text).join('')).not.toContain('\0');
});

test('bytes that are no mail at all are kept and shown to the team', async () => {
  const { taken, letters } = await arrives(Buffer.from([0, 1, 2, 255, 254, 0]));
  expect(['report', 'unusable']).toContain(taken.kind);
  expect([...new Set(letters.map((letter) => letter.to))].sort()).toEqual(team);
});
