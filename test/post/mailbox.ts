// The mailbox under test beside the demo's server: opened, read and closed for each test.
import { expect } from 'vitest';
import { type ImapOptions, type ImapServer, openImapServer } from '#demo/imap.ts';
import { type Fetched, type Mailbox, type MailboxSettings, openMailbox } from '#post/imap.ts';

export const user = 'security@example.test';

/** One test's server and mailbox; `troubles` and `connects` are what the mailbox told. */
export interface Bench {
  server: ImapServer;
  box: Mailbox | undefined;
  readonly stop: AbortController;
  readonly troubles: string[];
  connects: number;
}

/** Opens a server; the mailbox is opened by `open`. */
export async function bench(): Promise<Bench> {
  return { server: await serve({}), box: undefined, stop: new AbortController(), troubles: [], connects: 0 };
}

function serve(options: Partial<ImapOptions>): Promise<ImapServer> {
  return openImapServer({ accounts: { [user]: 'secret' }, ...options });
}

/** Opens another, empty server in the place of the first. */
export async function replace(on: Bench, options: Partial<ImapOptions>): Promise<void> {
  await on.server.close();
  on.server = await serve(options);
}

/** Ends what the test began. */
export async function clear({ stop, box, server }: Bench): Promise<void> {
  stop.abort();
  await box?.close();
  await server.close();
}

/** Settings for the bench's server with short pauses. */
export function settings({ server }: Bench, of: Partial<MailboxSettings> = {}): MailboxSettings {
  const folders = { inbox: 'INBOX', done: 'Work/Done', shunted: 'Work/Shunted' };
  const pauses = { reconnect: { first: 10, most: 100 }, again: { first: 50, most: 1000 }, jitter: () => 1 };
  const limits = { largestMail: 10_000, pollEvery: 60_000, socketTimeout: 5000 };
  return { host: '127.0.0.1', port: server.port, tls: 'none', user, auth: { password: 'secret' }, ...folders, ...limits, ...pauses, ...of };
}

/** Opens the mailbox under test. */
export function open(on: Bench, of: Partial<MailboxSettings> = {}): Mailbox {
  const trouble = (what: string) => void on.troubles.push(what);
  const connected = () => {
    on.connects += 1;
  };
  on.box = openMailbox(settings(on, of), { trouble, connected });
  return on.box;
}

/** Reads so many mails, treating each as told; left alone, each is done. */
export async function read(on: Bench, from: Mailbox, count: number, treat?: (mail: Fetched) => Promise<void>): Promise<Fetched[]> {
  const mails: Fetched[] = [];
  for await (const mail of from.mails(on.stop.signal)) {
    mails.push(mail);
    await (treat ? treat(mail) : from.done(mail.place));
    if (mails.length === count) break;
  }
  return mails;
}

/** Puts a small mail for each subject into the inbox. */
export function deliver({ server }: Bench, ...subjects: string[]): void {
  for (const subject of subjects) server.deliver(user, Buffer.from(`From: a@b.test\r\nSubject: ${subject}\r\n\r\nHello.\r\n`));
}

/** The subject of a mail. */
export function subjectOf({ bytes }: { bytes?: Buffer | undefined }): string | undefined {
  return /Subject: (.*)/.exec(bytes?.toString() ?? '')?.[1];
}

/** The subjects in a folder. */
export function inFolder({ server }: Bench, name: string): (string | undefined)[] {
  return server.mailbox(user, name).map(subjectOf);
}

/** Waits until something holds; fails when it does not in time. */
export async function until(holds: () => boolean, most = 5000): Promise<void> {
  for (const end = Date.now() + most; !holds() && Date.now() < end; ) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(holds()).toBe(true);
}
