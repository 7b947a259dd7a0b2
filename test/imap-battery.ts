// Nineteen checks that any IMAP server we work with must pass, asked with imapflow; run against the demo's server and real ones.
import { type FetchMessageObject, type FetchQueryObject, ImapFlow, type ImapFlowOptions } from 'imapflow';
import { expect, test } from 'vitest';

/** A running server with one account whose inbox is empty. */
export interface Target {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Ends all of the user's sessions without a word. */
  drop(): void;
  /** Gives the inbox another UIDVALIDITY. */
  renumber(): void;
}

const mail = (subject: string, body = 'Hello.') =>
  Buffer.from(
    [
      'From: Ann <ann@example.net>',
      'To: security@example.test',
      `Subject: ${subject}`,
      'Date: Sat, 21 Nov 2026 10:00:00 +0000',
      `Message-ID: <${subject}@example.net>`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="b 1"',
      '',
      '--b 1',
      'Content-Type: text/plain; charset=utf-8',
      '',
      body,
      '--b 1',
      'Content-Type: application/octet-stream; name="a.bin"',
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment; filename="a.bin"',
      '',
      'AAEC',
      '--b 1--',
      '',
    ].join('\r\n'),
  );

async function newest(inbox: ImapFlow, query: FetchQueryObject): Promise<FetchMessageObject> {
  const found = await inbox.fetchOne('*', query);
  if (!found) throw new Error('the mail is not there');
  return found;
}

async function until(holds: () => boolean, most = 5000): Promise<void> {
  for (const end = Date.now() + most; !holds() && Date.now() < end; ) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(holds()).toBe(true);
}

/** Registers the checks as tests of the file that calls it; `target` is asked when the first of them runs. */
export function battery(target: () => Target): void {
  const open: ImapFlow[] = [];

  async function client(options: ImapFlowOptions = {}): Promise<ImapFlow> {
    const { port, user, password } = target();
    const auth = { user, pass: password };
    const made = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, auth, logger: false, ...options });
    made.on('error', () => {});
    open.push(made);
    await made.connect();
    return made;
  }

  /** Runs with the inbox open and emptied; every client of the check is closed afterwards. */
  function check(name: string, run: (inbox: ImapFlow) => Promise<void>): void {
    test(name, async () => {
      try {
        const inbox = await client();
        const { exists } = await inbox.mailboxOpen('INBOX');
        if (exists > 0) await inbox.messageDelete('1:*', { uid: true });
        await run(inbox);
      } finally {
        for (const made of open.splice(0)) made.close();
      }
    });
  }

  check('connects and names its capabilities', async (inbox) => {
    expect(inbox.capabilities.has('IMAP4rev1')).toBe(true);
    for (const name of ['IDLE', 'MOVE', 'UIDPLUS', 'CONDSTORE', 'SPECIAL-USE']) expect(inbox.capabilities.has(name)).toBe(true);
  });

  check('takes an appended mail and says where it lies', async (inbox) => {
    const at = new Date('2026-11-20T08:00:00Z');
    const added = await inbox.append('INBOX', mail('one'), ['\\Seen'], at);
    expect(added).toMatchObject({ uid: expect.any(Number), uidValidity: expect.any(BigInt) });
    const found = await newest(inbox, { internalDate: true, flags: true, source: true });
    expect(new Date(found.internalDate ?? 0)).toEqual(at);
    expect(found.flags?.has('\\Seen')).toBe(true);
    expect(found.source?.equals(mail('one'))).toBe(true);
  });

  check('gives back a megabyte byte for byte', async (inbox) => {
    const large = mail('large', `${'x'.repeat(76)}\r\n`.repeat(13_500));
    await inbox.append('INBOX', large);
    const found = await newest(inbox, { source: true, size: true });
    expect(found.size).toBe(large.length);
    expect(found.source?.equals(large)).toBe(true);
  });

  check('gives part of a mail only', async (inbox) => {
    await inbox.append('INBOX', mail('one'));
    const found = await newest(inbox, { source: { start: 5, maxLength: 10 } });
    expect(found.source?.toString()).toBe(mail('one').subarray(5, 15).toString());
  });

  check('tells envelope and structure', async (inbox) => {
    await inbox.append('INBOX', mail('one'));
    const found = await newest(inbox, { envelope: true, bodyStructure: true });
    expect(found.envelope).toMatchObject({
      subject: 'one',
      messageId: '<one@example.net>',
      from: [{ name: 'Ann', address: 'ann@example.net' }],
      to: [{ address: 'security@example.test' }],
    });
    expect(found.bodyStructure?.childNodes?.map(({ type }) => type)).toEqual(['text/plain', 'application/octet-stream']);
    expect(found.bodyStructure?.childNodes?.[1]?.dispositionParameters).toEqual({ filename: 'a.bin' });
  });

  check('gives single parts and chosen header fields', async (inbox) => {
    await inbox.append('INBOX', mail('one'));
    const found = await newest(inbox, { bodyParts: ['1', '2.MIME'], headers: ['subject', 'message-id'] });
    expect(found.bodyParts?.get('1')?.toString()).toBe('Hello.');
    expect(found.bodyParts?.get('2.mime')?.toString()).toContain('a.bin');
    expect(found.headers?.toString().trim().split('\r\n').sort()).toEqual(['Message-ID: <one@example.net>', 'Subject: one']);
  });

  check('searches', async (inbox) => {
    for (const subject of ['alpha', 'beta', 'gamma']) await inbox.append('INBOX', mail(subject), subject === 'beta' ? ['\\Seen'] : []);
    expect(await inbox.search({ subject: 'beta' })).toEqual([2]);
    expect(await inbox.search({ seen: false })).toEqual([1, 3]);
    expect(await inbox.search({ header: { 'message-id': '<gamma@example.net>' } })).toEqual([3]);
    expect(await inbox.search({ or: [{ subject: 'alpha' }, { subject: 'gamma' }], not: { deleted: true } })).toEqual([1, 3]);
    expect(await inbox.search({ from: 'nobody' })).toEqual([]);
  });

  check('keeps keywords', async (inbox) => {
    await inbox.append('INBOX', mail('one'));
    await inbox.messageFlagsAdd('1', ['$Filed']);
    expect(await inbox.search({ keyword: '$Filed' })).toEqual([1]);
    await inbox.messageFlagsRemove('1', ['$Filed']);
    expect(await inbox.search({ keyword: '$Filed' })).toEqual([]);
  });

  check('tells what changed since a mod-sequence', async (inbox) => {
    for (const subject of ['one', 'two']) await inbox.append('INBOX', mail(subject));
    const before = await inbox.status('INBOX', { highestModseq: true });
    await inbox.messageFlagsAdd('2', ['\\Flagged']);
    if (before === false || before.highestModseq === undefined) throw new Error('no mod-sequence');
    const changed = await inbox.fetchAll('1:*', { uid: true, flags: true }, { changedSince: before.highestModseq });
    expect(new Set(changed.map(({ seq }) => seq))).toEqual(new Set([2]));
  });

  check('pushes a new mail to who idles', async (inbox) => {
    const other = await client();
    let count = 0;
    inbox.on('exists', (news) => {
      count = news.count;
    });
    const idling = inbox.idle();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await other.append('INBOX', mail('pushed'));
    await until(() => count === 1);
    await inbox.noop();
    await idling;
  });

  check('is idled at by itself after a lull', async () => {
    const quiet = await client({ autoIdleDelay: 50 });
    await quiet.mailboxOpen('INBOX');
    await until(() => quiet.idling);
    const other = await client();
    let told = false;
    quiet.on('exists', () => {
      told = true;
    });
    await other.append('INBOX', mail('pushed'));
    await until(() => told);
  });

  check('tells other sessions of flags', async (inbox) => {
    await inbox.append('INBOX', mail('one'));
    const other = await client();
    await other.mailboxOpen('INBOX');
    let flags: ReadonlySet<string> = new Set();
    other.on('flags', (news) => {
      flags = news.flags;
    });
    await inbox.messageFlagsAdd('1', ['\\Answered']);
    await other.noop();
    await until(() => flags.has('\\Answered'));
  });

  check('moves mails and says where they went', async (inbox) => {
    await inbox.mailboxCreate('Moved').catch(() => {});
    for (const subject of ['one', 'two', 'three']) await inbox.append('INBOX', mail(subject));
    const uids = await inbox.search({ all: true }, { uid: true });
    if (!Array.isArray(uids)) throw new Error('no answer');
    const moved = await inbox.messageMove([uids[0] ?? 0, uids[2] ?? 0], 'Moved', { uid: true });
    expect(moved && [...(moved.uidMap?.keys() ?? [])]).toEqual([uids[0], uids[2]]);
    expect(await inbox.search({ all: true }, { uid: true })).toEqual([uids[1]]);
  });

  check('copies and expunges single mails by UID', async (inbox) => {
    await inbox.mailboxCreate('Copied').catch(() => {});
    for (const subject of ['one', 'two']) await inbox.append('INBOX', mail(subject));
    const [first = 0, second = 0] = (await inbox.search({ all: true }, { uid: true })) || [];
    await inbox.messageFlagsAdd([first, second], ['\\Deleted'], { uid: true });
    expect(await inbox.messageCopy([first], 'Copied', { uid: true })).toMatchObject({ destination: 'Copied' });
    await inbox.messageDelete([first], { uid: true });
    expect(await inbox.search({ deleted: true }, { uid: true })).toEqual([second]);
  });

  check('tells other sessions of expunged mails', async (inbox) => {
    await inbox.append('INBOX', mail('one'));
    const other = await client();
    await other.mailboxOpen('INBOX');
    let gone = 0;
    other.on('expunge', ({ seq }) => {
      gone = seq ?? 0;
    });
    await inbox.messageDelete('1');
    await other.noop();
    await until(() => gone === 1);
  });

  check('lists folders with their special use, counts them and makes new ones', async (inbox) => {
    await inbox.mailboxCreate('Work/Deep').catch(() => {});
    const folders = await inbox.list();
    expect(folders.find(({ specialUse }) => specialUse === '\\Archive')?.path).toBe('Archive');
    expect(folders.map(({ path }) => path)).toContain('Work/Deep');
    await inbox.append('INBOX', mail('one'));
    const status = await inbox.status('INBOX', { messages: true, unseen: true, uidNext: true, uidValidity: true });
    expect(status).toMatchObject({ messages: 1, unseen: 1, uidNext: expect.any(Number), uidValidity: expect.any(BigInt) });
  });

  check('refuses a wrong password', async () => {
    const { user } = target();
    await expect(client({ auth: { user, pass: 'wrong' } })).rejects.toMatchObject({ authenticationFailed: true });
  });

  check('gives a mailbox another UIDVALIDITY', async (inbox) => {
    await inbox.append('INBOX', mail('one'));
    const before = await inbox.status('INBOX', { uidValidity: true });
    await inbox.logout();
    target().renumber();
    const again = await client();
    const { uidValidity, exists } = await again.mailboxOpen('INBOX');
    expect(before).toMatchObject({ uidValidity: expect.any(BigInt) });
    expect(before).not.toMatchObject({ uidValidity });
    expect(exists).toBe(1);
  });

  check('loses its sessions and takes new ones', async (inbox) => {
    let closed = false;
    inbox.once('close', () => {
      closed = true;
    });
    target().drop();
    await until(() => closed);
    expect(inbox.usable).toBe(false);
    expect((await client()).usable).toBe(true);
  });
}
