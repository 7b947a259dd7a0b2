// A place for a whole daemon: its config folder, a mailbox that can be filled, a relay that keeps what leaves.
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checks } from '#cli/checks.ts';
import { type Config, mistakeLine, readConfig } from '#config/read.ts';
import { type ImapServer, openImapServer } from '#demo/imap.ts';
import { writeConfig } from '#demo/operator.ts';
import { type Key, type Keys, team } from '#demo/people.ts';
import { type Envelope, openSmtpServer, type SmtpServer } from '#demo/smtp.ts';
import { readOwnKey } from '#pgp/keyring.ts';
import { makeKey } from '#pgp/make-key.ts';
import { day } from '#time.ts';

/** A letter as it came to the relay: the outside of it. */
export interface Left {
  readonly to: string;
  readonly messageId: string;
  readonly subject: string;
  readonly bytes: number;
}

export interface Place {
  /** The config folder; the embedded database lies in `data` below it. */
  readonly directory: string;
  readonly keys: Keys;
  readonly imap: ImapServer;
  readonly smtp: SmtpServer;
  /** What the relay took, in the order of its coming. */
  readonly left: readonly Left[];
  /** Puts a mail into the team's inbox. */
  deliver(bytes: Buffer): void;
  /** How many mails lie in a folder of the team's mailbox. */
  count(folder: 'INBOX' | 'Done' | 'Shunted'): number;
  config(env?: Readonly<Record<string, string>>): Promise<Config>;
  close(): Promise<void>;
}

/** What differs from one place to another; without `imapPort` and `smtpPort` the demo's servers are opened. */
export interface Plan {
  readonly distributors?: number;
  /** The present moment of the keys and the rota; now when left out. */
  readonly now?: Date;
  readonly imapPort?: number;
  readonly smtpPort?: number;
  /** Connections to the relay. */
  readonly connections?: number;
}

const members = ['lead', 'second', 'third'] as const;

/** Makes everybody's key, a day old: the team's, the members' and one for each distributor. */
async function makeKeys(now: Date, distributors: readonly string[]): Promise<{ team: Key; of: Record<string, Key> }> {
  const born = new Date(now.getTime() - 86_400_000);
  const one = async (email: string): Promise<Key> => {
    const made = await makeKey({ name: `TEST ${email}`, email, now: born });
    return { made, own: await readOwnKey(made.private) };
  };
  const of: Record<string, Key> = {};
  for (const handle of members) of[handle] = await one(`${handle}@example.org`);
  for (const id of distributors) of[id] = await one(`${id}@list.example.net`);
  return { team: await one(team.address), of };
}

function roster(distributors: readonly string[], now: Date): string {
  const lines = [
    'members:',
    ...members.map(
      (handle) => `  - { handle: ${handle}, name: ${handle} example, addresses: [${handle}@example.org], keys: [keys/${handle}.asc] }`,
    ),
    `oncall: { from: "${day(now)}", every: week, order: [${members.join(', ')}] }`,
    ...(distributors.length > 0 ? ['distributors:'] : []),
    ...distributors.map((id) => `  - { id: ${id}, name: ${id}, addresses: [${id}@list.example.net], keys: [keys/${id}.asc] }`),
  ];
  return `${lines.join('\n')}\n`;
}

/** Opens a place. Everything it started and wrote is gone after `close`. */
export async function openPlace(plan: Plan = {}): Promise<Place> {
  const now = plan.now ?? new Date();
  const directory = await mkdtemp(join(tmpdir(), 'embargod-place-'));
  const left: Left[] = [];
  const imap = await openImapServer({ accounts: { [team.address]: 'secret' } });
  const smtp = await openSmtpServer({
    imap,
    accounts: [team.address],
    domains: ['example.org', 'example.net', 'list.example.net', 'lists.example.org'],
    authserv: 'mx.example.org',
    onMail: (envelope, bytes) => void left.push(...outsides(envelope, bytes)),
  });
  const distributors = Array.from({ length: plan.distributors ?? 0 }, (_, index) => `distributor-${index + 1}`);
  const keys = await makeKeys(now, distributors);
  const around = { imapPort: plan.imapPort ?? imap.port, smtpPort: plan.smtpPort ?? smtp.port, password: 'secret', monday: now };
  await writeConfig(directory, keys, around);
  const security = join(directory, 'teams/security');
  await writeFile(join(security, 'roster.yaml'), roster(distributors, now));
  await appendFile(join(security, 'policy.yaml'), '\nintake: { acknowledgementsPerHour: 100000 }\n');
  return {
    directory,
    keys,
    imap,
    smtp,
    left,
    deliver: (bytes) => imap.deliver(team.address, bytes),
    count: (folder) => imap.mailbox(team.address, folder).length,
    async config(env = {}) {
      const read = await readConfig(directory, env, { check: checks, now });
      if ('mistakes' in read) throw new Error(read.mistakes.map(mistakeLine).join('\n'));
      const { relay } = read.config;
      return { ...read.config, relay: { ...relay, connections: plan.connections ?? relay.connections } };
    },
    async close() {
      await imap.close();
      await smtp.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A config whose mailbox is tried again within a second. */
export function hurried(config: Config): Config {
  const pauses = { reconnect: { first: 10, most: 200 }, again: { first: 50, most: 500 } };
  return { ...config, teams: config.teams.map((one) => ({ ...one, mailbox: { ...one.mailbox, ...pauses } })) };
}

function outsides({ to }: Envelope, bytes: Buffer): Left[] {
  const header = bytes.subarray(0, 20_000).toString('latin1').split('\r\n\r\n', 1)[0] ?? '';
  const messageId = /^Message-ID:\s{0,5}<([^>]{1,300})>/im.exec(header)?.[1] ?? '';
  const subject = /^Subject:[ ]?([^\r\n]{0,300})/im.exec(header)?.[1] ?? '';
  return to.map((address) => ({ to: address, messageId, subject, bytes: bytes.length }));
}

/** A report of about so many bytes from a reporter of its own. */
export function report(number: number, size = 2000): Buffer {
  const line = `Line of report ${number}: the importer writes outside of its folder when a name holds dots.\r\n`;
  return Buffer.from(
    `From: Reporter ${number} <reporter-${number}@example.net>\r\nTo: ${team.address}\r\nSubject: Report ${number}\r\n` +
      `Date: ${new Date().toUTCString()}\r\nMessage-ID: <report-${number}@example.net>\r\nMIME-Version: 1.0\r\n` +
      `Content-Type: text/plain; charset=utf-8\r\n\r\n${line.repeat(Math.ceil(size / line.length))}`,
  );
}
