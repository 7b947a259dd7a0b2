// Looks whether what the service stands on is there: database, mailboxes, relay, room on the disk.
import { access, constants, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Finding, findings, sentenceOf } from '#cli/finding.ts';
import { openDatabaseOf } from '#config/database.ts';
import type { Config, Team } from '#config/read.ts';
import { tryMailbox } from '#post/imap.ts';
import { tryRelay } from '#post/smtp.ts';
import type { Database } from '#store/database.ts';
import { openStore } from '#store/store.ts';
import { openVault } from '#store/vault.ts';

/** The database: reachable, with the tables of this version (they are brought up to date as at any start), and opened by our keys. Its clock too. */
export async function examineDatabase(config: Config, now: () => Date): Promise<Finding[]> {
  const { ok, warning, wrong } = findings('database');
  let database: Database;
  try {
    database = await openDatabaseOf(config);
  } catch (error) {
    const sentence = sentenceOf(error);
    return [
      sentence.includes('is in use by')
        ? warning(`${sentence}; it is looked at once the service stops.`)
        : wrong(`cannot be opened: ${sentence}.`),
    ];
  }
  try {
    const store = await openStore(database, openVault({ keys: config.vaultKeys, mac: config.macKey }));
    const there = await store.ping();
    const limits = store.limits();
    const reached = ok(
      `${database.kind === 'postgres' ? 'PostgreSQL' : 'embedded'} at ${database.where}; the tables are up to date and our keys open it.`,
    );
    return [reached, ...(limits ? [warning(limits)] : []), clockOf(database, there, now())];
  } catch (error) {
    return [wrong(`${sentenceOf(error)}.`)];
  } finally {
    await database.close().catch(() => undefined);
  }
}

/** Signatures, deadlines and leases are judged by this machine's clock; another machine tells whether it is right. */
function clockOf(database: Database, there: Date, here: Date): Finding {
  const { ok } = findings('clock');
  if (database.kind === 'embedded') return ok('nothing here tells another time; --probe compares it with the mail server.');
  return compareClocks(there, here, 'the database server');
}

/** Says how far this machine's clock is from another's. A minute is what signatures and leases bear. */
export function compareClocks(there: Date, here: Date, whose: string): Finding {
  const { ok, warning, wrong } = findings('clock');
  const apart = Math.round(Math.abs(there.getTime() - here.getTime()) / 1000);
  if (Number.isNaN(apart)) return warning(`${whose} did not say its time.`);
  const sentence = `this machine and ${whose} are ${apart} s apart`;
  if (apart <= 5) return ok(`${sentence}.`);
  return apart <= 60
    ? warning(`${sentence}; let both keep time by NTP.`)
    : wrong(`${sentence}; signatures and deadlines go wrong: let both keep time by NTP.`);
}

// What tryMailbox says of a server that serves us all the same.
const bearable = /would be created|which works|does not push|may stay in the inbox/;

/** A team's mailbox: login, folders, what the server can do. Changes nothing. */
export async function examineMailbox({ name, mailbox }: Team): Promise<Finding[]> {
  const { ok, warning, wrong } = findings(`mailbox ${name}`);
  const said = await tryMailbox(mailbox);
  const troubles = said.map((sentence) => (bearable.test(sentence) ? warning(`${sentence}.`) : wrong(`${sentence}.`)));
  return troubles.some(({ state }) => state === 'wrong')
    ? troubles
    : [ok(`${mailbox.user} reads ${mailbox.inbox} at ${mailbox.host}:${mailbox.port}.`), ...troubles];
}

/** The relay, up to the login. Sends nothing. */
export async function examineRelay({ relay }: Config): Promise<Finding[]> {
  const { ok, wrong } = findings('relay');
  const said = await tryRelay(relay);
  return said.length > 0 ? said.map((sentence) => wrong(`${sentence}.`)) : [ok(`${relay.host}:${relay.port} takes mail from us.`)];
}

const megabyte = 1_048_576;

/** Whether the data folder can be written and has room. A mailbox of large reports fills gigabytes. */
export async function examineDisk({ data }: Config): Promise<Finding[]> {
  const { ok, warning, wrong } = findings('disk');
  const folder = await nearestFolder(data);
  const writable = await access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!writable) return [wrong(`${folder} may not be written by this user.`)];
  const { bavail, bsize } = await statfs(folder);
  const free = Math.floor((bavail * bsize) / megabyte);
  if (free < 200) return [wrong(`${data} has room for ${free} MB; the database stops when it is full.`)];
  return [
    free < 2048
      ? warning(`${data} has room for ${free} MB; make room before it is full.`)
      : ok(`${data} has room for ${Math.floor(free / 1024)} GB.`),
  ];
}

async function nearestFolder(path: string): Promise<string> {
  for (let folder = path; ; folder = dirname(folder)) {
    const there = await access(folder).then(
      () => true,
      () => false,
    );
    if (there || folder === dirname(folder)) return folder;
  }
}
