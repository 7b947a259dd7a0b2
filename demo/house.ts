// The place of the play: a mail server of its own on loopback, and the real daemon on its embedded database, with a clock that can be set.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pino from 'pino';
import { checks } from '#cli/checks.ts';
import { mistakeLine, readConfig } from '#config/read.ts';
import { type Daemon, startDaemon } from '#daemon/daemon.ts';
import type { PlayClock } from '#demo/clock.ts';
import { type ImapServer, openImapServer } from '#demo/imap.ts';
import { writeConfig } from '#demo/operator.ts';
import { cast, type Keys, type Role, roles, team } from '#demo/people.ts';
import { openPerson, type Person } from '#demo/person.ts';
import { type Envelope, openSmtpServer, type SmtpServer } from '#demo/smtp.ts';
import { openLog } from '#log.ts';

/** A mail as it went into a mailbox, in the order of arrival. */
export interface Delivery {
  readonly box: string;
  readonly at: Date;
  readonly bytes: Buffer;
}

export interface House {
  readonly imapPort: number;
  readonly smtpPort: number;
  readonly passwords: Readonly<Record<string, string>>;
  readonly daemon: Daemon;
  readonly warnings: readonly string[];
  readonly deliveries: readonly Delivery[];
  readonly people: Readonly<Record<Role, Person>>;
  /** Resolves once the daemon has nothing left to do at this moment: no mail to take, no letter to send, no deadline to mind. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/** Opens everything; `directory` gets `config/` and the daemon's log. Throws when something of the config is wrong. */
export async function openHouse(directory: string, monday: Date, keys: Keys, clock: PlayClock): Promise<House> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one();
  };
  try {
    return await build(directory, monday, keys, clock, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(
  directory: string,
  monday: Date,
  keys: Keys,
  clock: PlayClock,
  closers: (() => Promise<unknown>)[],
  close: () => Promise<void>,
): Promise<House> {
  const deliveries: Delivery[] = [];
  const passwords = Object.fromEntries([team.address, ...roles.map((role) => cast[role].address)].map((address) => [address, password()]));
  const imap = await openImapServer({ accounts: passwords, clock: clock.now });
  closers.push(() => imap.close());
  const smtp = await openMx(imap, Object.keys(passwords), deliveries, clock);
  closers.push(() => smtp.close());

  const folder = join(directory, 'config');
  await writeConfig(folder, keys, { imapPort: imap.port, smtpPort: smtp.port, password: passwords[team.address] ?? '', monday });
  const read = await readConfig(folder, {}, { check: checks, now: clock.now() });
  if ('mistakes' in read) throw new Error(read.mistakes.map(mistakeLine).join('\n'));
  const log = openLog({ level: read.config.logLevel, destination: pino.destination({ dest: join(directory, 'daemon.log'), sync: true }) });
  const daemon = await startDaemon(read.config, { clock: clock.now, random: (bytes) => randomBytes(bytes), log });
  closers.push(() => daemon.stop());

  const ports = { imap: imap.port, smtp: smtp.port };
  const people: Partial<Record<Role, Person>> = {};
  for (const role of roles) {
    const { name, address } = cast[role];
    const key = keys.of[role]?.own;
    const person = await openPerson(
      { name, address, password: passwords[address] ?? '', ...(key && { key }) },
      ports,
      keys.team.own.certificate,
      clock.now,
    );
    closers.push(() => person.close());
    people[role] = person;
  }
  return {
    imapPort: imap.port,
    smtpPort: smtp.port,
    passwords,
    daemon,
    warnings: read.warnings,
    deliveries,
    people: people as Record<Role, Person>,
    quiet: () => quiet(daemon, imap, clock),
    close,
  };
}

/** The mail exchanger: whoever sends with an envelope of their own domain is vouched for, nobody else is (SPF, aligned as DMARC wants it). */
function openMx(imap: ImapServer, accounts: readonly string[], deliveries: Delivery[], clock: PlayClock): Promise<SmtpServer> {
  return openSmtpServer({
    imap: {
      deliver(user, bytes, at) {
        deliveries.push({ box: user, at: clock.now(), bytes });
        imap.deliver(user, bytes, at);
      },
    },
    accounts,
    domains: [],
    authserv: 'mx.example.org',
    verdict,
    clock: clock.now,
  });
}

function verdict({ from }: Envelope, bytes: Buffer): string {
  const header =
    bytes
      .subarray(0, 20_000)
      .toString('latin1')
      .split(/\r?\n\r?\n/, 1)[0] ?? '';
  const domain = /^From:[^\r\n]{0,300}@([\w.-]{1,100})/im.exec(header)?.[1]?.toLowerCase();
  if (!domain) return 'dmarc=none';
  return `dmarc=${from.toLowerCase().endsWith(`@${domain}`) ? 'pass' : 'fail'} header.from=${domain}`;
}

const patience = 30_000;

async function quiet({ store, poke }: Daemon, imap: ImapServer, clock: PlayClock): Promise<void> {
  poke();
  for (const end = Date.now() + patience; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 15))) {
    if (imap.mailbox(team.address, 'INBOX').length > 0) continue;
    const due = await store.deadlines.nextDue();
    if (due && due <= clock.now()) continue;
    if ((await store.outbox.waiting(clock.now())).count === 0) return;
  }
  throw new Error(`the daemon is still busy after ${patience / 1000} seconds; its log is in daemon.log`);
}

function password(): string {
  return randomBytes(6).toString('hex');
}
