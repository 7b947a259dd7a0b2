// Mails that only our own mail server vouches for: what a story cannot say, because every byte of them is chosen here.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown, type Received, type Town, team } from '#test/town.ts';
import { after } from '#time.ts';

const policy = { proof: 'domain', audiences: { team: { seal: 'may' }, distributors: { seal: 'may' } } };
const ours = 'Authentication-Results: mx.example.org; dmarc=pass header.from=example.org';

let town: Town;
let incident: string;
let report: Received;
beforeAll(async () => {
  town = await openTown({ policy, certificates: [] });
  incident = (await town.writes('reporter', { text: 'The parser loops.' })).incident ?? '';
  const found = (await town.post()).find(({ kind, to }) => kind === 'report' && to === 'lead@example.org');
  if (!found) throw new Error('the lead has no report');
  report = found;
});
afterAll(() => town.close());

let serial = 0;
/** An answer of the lead to the report, as it lies in the inbox: trace fields on top, then what they wrote. */
function answer(text: string, { top = [ours], id = `m-${++serial}@example.org`, fields = [] as string[] } = {}): Buffer {
  const head = [
    ...top,
    'From: lead <lead@example.org>',
    `To: ${report.replyTo}`,
    'Subject: Re: New report',
    `Date: ${town.now().toUTCString()}`,
    `Message-ID: <${id}>`,
    `In-Reply-To: <${report.messageId}>`,
    ...fields,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${text}\r\n`);
}

async function notes(): Promise<string[]> {
  const subject = await town.store.subjects.peek(incident);
  return (subject?.recorded ?? []).flatMap(({ event }) => ('type' in event && event.type === 'noted' ? [event.text] : []));
}

test('a vouched answer of a member is obeyed once, and a second copy by another way changes nothing (S1-01)', async () => {
  const mail = { id: 'once@example.org' };
  expect((await town.arrives(answer('/note once', mail))).kind).toBe('team');
  const ways = [
    answer('/note once', mail),
    answer('/note once', { ...mail, top: [ours, 'Received: from mail.example.org by mx.example.org; Mon, 2 Mar 2026 09:00:00 +0000'] }),
    answer('/note once', { ...mail, top: ['X-Spam: no', ours, 'DKIM-Signature: v=1; d=example.org'] }),
    answer('/note once', { ...mail, fields: ['X-Added: by whoever sent it again'] }),
  ];
  for (const again of ways) expect((await town.arrives(again)).kind).toBe('seen');
  expect(await notes()).toEqual(['once']);
});

test.each([
  ['none', []],
  ['of another server', ['Authentication-Results: mx.example.com; dmarc=pass header.from=example.org']],
  ['below the first foreign hop', ['Received: from a.example.com by b.example.com; Mon, 2 Mar 2026 09:00:00 +0000', ours]],
  ['without an id', ['Authentication-Results: ; dmarc=pass header.from=example.org']],
  ['of a version nobody knows', ['Authentication-Results: mx.example.org 2; dmarc=pass header.from=example.org']],
  [
    'with the domain in quotes and a comment',
    ['Authentication-Results: mx.example.org; dmarc=none (header.from=example.org) "dmarc=pass"'],
  ],
  ['with two domains', ['Authentication-Results: mx.example.org; dmarc=pass header.from=example.com header.from=example.org']],
  ['for a subdomain', ['Authentication-Results: mx.example.org; dmarc=pass header.from=mail.example.org']],
  ['below an unfolded From', ['From : lead@example.org', ours]],
  ['of the archive chain alone', ['ARC-Authentication-Results: i=1; mx.example.org; dmarc=pass header.from=example.org']],
  ['of the old experimental field', ['X-Authentication-Results: mx.example.org; dmarc=pass header.from=example.org']],
] as const)('threat: results %s prove nothing (S1-01)', async (name, top) => {
  const taken = await town.arrives(answer(`/note ${name}`, { top: [...top] }));
  expect(taken.by?.proof).toBe('none');
  expect(await notes()).not.toContain(name);
});

test('the mail server’s own words in any case, folded and with a reason are understood', async () => {
  const top = ['Authentication-Results: MX.Example.ORG 1;\r\n\tdmarc=pass (p=reject dis=none)\r\n\theader.from=example.org'];
  expect((await town.arrives(answer('/note folded', { top }))).by?.proof).toBe('domain');
  expect(await notes()).toContain('folded');
});

test('threat: who keeps a vouched mail back cannot make use of it after days (RFC 6376 §8.6)', async () => {
  const kept = answer('/note kept back');
  await town.pass('73h');
  const { by } = await town.arrives(kept);
  expect(by).toMatchObject({ proof: 'none', doubt: 'the mail is dated more than 72 hours ago' });
  expect(await notes()).not.toContain('kept back');
});

test('a vouched mail of a member to the team itself is fresh or not in the same way', async () => {
  const old = after(town.now(), '-80h').toUTCString();
  const mail = (date: string) =>
    Buffer.from(
      `${ours}\r\nFrom: lead@example.org\r\nTo: ${team}\r\nSubject: x\r\nDate: ${date}\r\nMessage-ID: <list-${++serial}@example.org>\r\n\r\n/list\r\n`,
    );
  expect((await town.arrives(mail(town.now().toUTCString()))).transcript[0]?.outcome).toBe('done');
  expect((await town.arrives(mail(old))).transcript[0]?.outcome).toBe('refused');
});
