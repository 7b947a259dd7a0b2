// Our mailbox and relay against real servers: Dovecot in its shapes, Postfix between them.
import { ImapFlow } from 'imapflow';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openSmtpServer, type SmtpServer } from '#demo/smtp.ts';
import { type Fetched, type Mailbox, type MailboxSettings, openMailbox, tryMailbox } from '#post/imap.ts';
import { openRelay, tryRelay } from '#post/smtp.ts';
import { type Dovecot, missing, type Postfix, startDovecot, startPostfix } from '#test/interop/servers.ts';

const user = 'security@example.test';
const lacking = missing();
const skip = lacking.length > 0;
const but = skip ? `, skipped for want of ${lacking.join(', ')}` : '';
const basics = 'IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE LITERAL+ NAMESPACE IDLE';

const shapes = [
  ['as it comes', {}, []],
  ['without MOVE', { capability: `${basics} UIDPLUS` }, [/no MOVE/]],
  [
    'without MOVE, UIDPLUS and IDLE, all folders below INBOX',
    { capability: 'IMAP4rev1 NAMESPACE', prefix: 'INBOX.', separator: '.' },
    [/no MOVE/, /no UIDPLUS/, /no IDLE/],
  ],
] as const;

async function client(port: number): Promise<ImapFlow> {
  const made = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, auth: { user, pass: 'secret' }, logger: false });
  made.on('error', () => {});
  await made.connect();
  return made;
}

async function fill(port: number, count: number, size: number): Promise<void> {
  const other = await client(port);
  const body = `${'x'.repeat(78)}\r\n`.repeat(size / 80);
  for (let at = 0; at < count; at += 1)
    await other.append('INBOX', `From: a@b.test\r\nSubject: ${at}\r\nMessage-ID: <${at}@b.test>\r\n\r\n${body}`);
  await other.logout();
}

async function counted(port: number, folders: readonly string[]): Promise<(number | undefined)[]> {
  const other = await client(port);
  const counts: (number | undefined)[] = [];
  for (const folder of folders) {
    const status = await other.status(folder, { messages: true });
    counts.push(status ? status.messages : undefined);
  }
  await other.logout();
  return counts;
}

describe.skipIf(skip).each(shapes)(`our mailbox on Dovecot %s${but}`, (_, shape, said) => {
  let server: Dovecot;
  let box: Mailbox;
  let stop: AbortController;
  let troubles: string[];
  const settings = (): MailboxSettings => ({
    host: '127.0.0.1',
    port: server.imap,
    tls: 'starttls',
    ca: server.ca,
    user,
    auth: { password: 'secret' },
    inbox: 'INBOX',
    done: 'Work/Done',
    shunted: 'Work/Shunted',
    largestMail: 100_000,
    pollEvery: 500,
    reconnect: { first: 50, most: 500 },
    again: { first: 300, most: 1000 },
  });
  const [inbox, done, shunted] = ['INBOX', 'Work/Done', 'Work/Shunted'].map((name) => {
    const path = 'separator' in shape ? name.replace('/', shape.separator) : name;
    return name === 'INBOX' || !('prefix' in shape) ? path : shape.prefix + path;
  }) as [string, string, string];

  beforeEach(async () => {
    server = await startDovecot({ [user]: 'secret' }, shape);
    stop = new AbortController();
    troubles = [];
    box = openMailbox(settings(), { trouble: (what) => void troubles.push(what), connected() {} });
  });
  afterEach(async () => {
    stop.abort();
    await box.close();
    await server.stop();
  });

  async function read(count: number, treat: (mail: Fetched) => Promise<unknown>): Promise<Fetched[]> {
    const mails: Fetched[] = [];
    for await (const mail of box.mails(stop.signal)) {
      mails.push(mail);
      await treat(mail);
      if (mails.length === count) break;
    }
    return mails;
  }

  test('drains 500 mails of 10 KB, each once', async () => {
    await fill(server.imap, 500, 10_000);
    const filing: Promise<void>[] = [];
    const began = performance.now();
    const mails = await read(500, async ({ place }) => void filing.push(box.done(place)));
    await Promise.all(filing);
    const spent = performance.now() - began;
    console.log(`drained 500 mails of 10 KB in ${Math.round(spent)} ms`);
    expect(new Set(mails.map(({ place }) => place.uid)).size).toBe(500);
    expect(await counted(server.imap, [inbox, done])).toEqual([0, 500]);
    expect(troubles).toEqual([]);
  });

  test('loses and doubles nothing while its sessions are kicked', async () => {
    await fill(server.imap, 60, 2000);
    const subjects = new Set<string>();
    let handed = 0;
    for await (const { place, bytes } of box.mails(stop.signal)) {
      subjects.add(/Subject: (\d+)/.exec(bytes?.toString() ?? '')?.[1] ?? '');
      handed += 1;
      if (handed % 13 === 0) server.kick(user);
      await box.done(place).catch(() => {});
      if (subjects.size === 60 && (await counted(server.imap, [inbox]))[0] === 0) break;
    }
    expect(subjects.size).toBe(60);
    expect(troubles.length).toBeGreaterThan(0);
    const [left, filed = 0] = await counted(server.imap, [inbox, done]);
    expect(left).toBe(0);
    // Without MOVE a copy whose answer was lost is made again; with it each mail is filed once.
    if (said.length === 0) expect(filed).toBe(60);
    else expect(filed).toBeGreaterThanOrEqual(60);
  });

  test('hands everything out afresh under a new UIDVALIDITY and refuses the old places', async () => {
    await fill(server.imap, 3, 1000);
    const [first] = await read(1, async () => {});
    if (!first) throw new Error('no mail');
    server.renumber(user, 777);
    const refusals: unknown[] = [];
    const mails = await read(3, async ({ place }) => {
      await box.done(first.place).catch((error: Error) => refusals.push(error.message));
      await box.shunt(place);
    });
    expect(mails.map(({ place }) => place.uidValidity)).toEqual(['777', '777', '777']);
    expect(refusals).toEqual(Array(3).fill(expect.stringContaining('UIDVALIDITY')));
    expect(await counted(server.imap, [inbox, shunted])).toEqual([0, 3]);
  });

  test('is told of a new mail', async () => {
    const reading = read(1, ({ place }) => box.done(place));
    await new Promise((resolve) => setTimeout(resolve, 700));
    const began = performance.now();
    await fill(server.imap, 1, 100);
    await reading;
    expect(performance.now() - began).toBeLessThan(2000);
  });

  test('says what this server lacks and what would be made', async () => {
    const missingFolders = [expect.stringContaining(done), expect.stringContaining(shunted)];
    expect(await tryMailbox(settings())).toEqual([...missingFolders, ...said.map((what) => expect.stringMatching(what))]);
    expect(await tryMailbox({ ...settings(), auth: { password: 'wrong' } })).toEqual([expect.stringMatching(/refuses the login/)]);
  });
});

describe.skipIf(skip)(`our relay and mailbox around Postfix${but}`, () => {
  let dovecot: Dovecot;
  let postfix: Postfix;
  let sink: SmtpServer;
  const outside: { to: readonly string[]; bytes: Buffer }[] = [];
  const nobody = { deliver() {} };
  beforeAll(async () => {
    dovecot = await startDovecot({ [user]: 'secret' });
    const onMail = (envelope: { to: readonly string[] }, bytes: Buffer) => void outside.push({ to: envelope.to, bytes });
    sink = await openSmtpServer({ imap: nobody, accounts: [], domains: ['vendor.test'], authserv: 'mx.vendor.test', onMail });
    postfix = await startPostfix({ lmtp: dovecot.lmtp, recipients: [user], sink: sink.port });
  });
  afterAll(async () => {
    await postfix.stop();
    await sink.close();
    await dovecot.stop();
  });

  test('a letter to ourselves comes in, one to a vendor goes out, one to nobody comes back', async () => {
    const relaySettings = { host: '127.0.0.1', port: postfix.smtp, tls: 'none', connections: 2, timeout: 10_000 } as const;
    expect(await tryRelay(relaySettings)).toEqual([]);
    const relay = openRelay(relaySettings);
    const folders = { inbox: 'INBOX', done: 'Done', shunted: 'Shunted', largestMail: 1_000_000, pollEvery: 60_000 };
    const box = openMailbox(
      { host: '127.0.0.1', port: dovecot.imap, tls: 'none', user, auth: { password: 'secret' }, ...folders },
      { trouble() {}, connected() {} },
    );
    const stop = new AbortController();
    const mail = (to: string) => Buffer.from(`From: ${user}\r\nTo: ${to}\r\nSubject: round\r\nMessage-ID: <${to}.1>\r\n\r\nHello.\r\n`);
    for (const to of ['security+SRC-4F7K2M@example.test', 'psirt@vendor.test', 'nobody@example.test'])
      expect(await relay.hand({ from: 'security+bounce-abc@example.test', to, bytes: mail(to) })).toMatchObject({ outcome: 'accepted' });
    const came: string[] = [];
    for await (const { place, bytes } of box.mails(stop.signal)) {
      came.push(bytes?.toString() ?? '');
      await box.done(place);
      if (came.length === 2) break;
    }
    expect(
      came.find((text) => text.includes('Delivered-To: security+SRC-4F7K2M@example.test') || text.includes('security+SRC-4F7K2M')),
    ).toBeDefined();
    expect(came.find((text) => text.includes('multipart/report'))).toMatch(/Status: 5\.1\.1/);
    for (const end = Date.now() + 10_000; outside.length === 0 && Date.now() < end; )
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(outside[0]?.to).toEqual(['psirt@vendor.test']);
    await box.close();
    await relay.close();
  });
});
