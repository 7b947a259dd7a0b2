// How fast waiting mails become committed incidents, beside a bare fetch of the same mails: npm run bench:intake
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import type { Config } from '#config/read.ts';
import { openOffices } from '#daemon/offices.ts';
import { readMailbox } from '#daemon/reader.ts';
import { team } from '#demo/people.ts';
import { openLog } from '#log.ts';
import type { World } from '#office/world.ts';
import { openMailbox } from '#post/imap.ts';
import { openDatabase } from '#store/database.ts';
import { openStore, type Store } from '#store/store.ts';
import { openVault } from '#store/vault.ts';
import { openPlace, type Place } from '#test/daemon/place.ts';
import { type Dovecot, missing, startDovecot } from '#test/interop/servers.ts';
import { emptyOnServer, serverUrl } from '#test/store/database.ts';
import { mixedMails, openMeasures, say, seconds, tell, wished } from './measure.ts';

const mails = wished('BENCH_MAILS', 300);
const rounds = wished('BENCH_ROUNDS', 5);
const account = { user: team.address, pass: 'secret' };
const bare = 'bare fetch';
const kept = 'fetch, file, fsync, \\Seen';

async function login(port: number): Promise<ImapFlow> {
  const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, auth: account, logger: false });
  client.on('error', () => {});
  await client.connect();
  await client.mailboxOpen('INBOX');
  return client;
}

async function fetchAll(client: ImapFlow): Promise<{ uid: number; source: Buffer }[]> {
  const rows = await client.fetchAll('1:*', { uid: true, source: true });
  return rows.map(({ uid, source }) => {
    if (!source) throw new Error('a mail came without its source');
    return { uid, source };
  });
}

/** What the least careful program that loses nothing would do. */
async function fetchAndKeep(client: ImapFlow, directory: string): Promise<void> {
  for (const { uid, source } of await fetchAll(client)) {
    const file = openSync(join(directory, `${uid}.eml`), 'w');
    writeSync(file, source);
    fsyncSync(file);
    closeSync(file);
    await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
  }
}

/** The daemon's reader from a connected mailbox to the last commit. */
async function takeAll(config: Config, store: Store, count: number): Promise<number> {
  const [settings] = config.teams;
  const vault = openVault({ keys: config.vaultKeys, mac: config.macKey });
  const office = (await openOffices(config, vault)).get('security');
  if (!settings || !office) throw new Error('the place has no team');
  const world: World = {
    store,
    clock: () => new Date(),
    random: (bytes) => randomBytes(bytes),
    limits: config.limits,
    log: openLog({ level: 'silent' }),
  };
  const stop = new AbortController();
  let began = 0;
  let ended = 0;
  let taken = 0;
  const mailbox = openMailbox(settings.mailbox, {
    trouble: (what) => say(`trouble: ${what}`),
    connected: () => {
      began = performance.now();
    },
  });
  const news = {
    taken: (kind: string) => {
      if (kind !== 'report') throw new Error(`a report was taken as ${kind}`);
      taken += 1;
      if (taken === count) ended = performance.now();
      if (taken === count) stop.abort();
    },
    shunted: () => say('a mail was shunted'),
  };
  await readMailbox(mailbox, office, world, news, stop.signal);
  await mailbox.close();
  return (ended - began) / 1000;
}

async function fill(port: number, bytes: readonly Buffer[]): Promise<void> {
  const client = await login(port);
  await client.messageDelete('1:*').catch(() => undefined);
  for (const mail of bytes) await client.append('INBOX', mail);
  await client.logout();
}

interface Bed {
  readonly name: string;
  readonly store: Store;
  end(): Promise<void>;
}

async function beds(config: Config): Promise<Bed[]> {
  const vault = openVault({ keys: config.vaultKeys, mac: config.macKey });
  const embedded = await openStore(await openDatabase({ directory: config.data }), vault);
  const made: Bed[] = [{ name: 'embedded', store: embedded, end: () => embedded.close() }];
  if (!serverUrl()) return made;
  const { url, end } = await emptyOnServer();
  const store = await openStore(await openDatabase({ url }), vault);
  return [...made, { name: 'PostgreSQL', store, end: () => store.close().then(end) }];
}

async function round(number: number, place: Place, port: number, config: Config, all: readonly Bed[]): Promise<void> {
  const hand = { to: team.address, key: place.keys.team.own, certificate: place.keys.team.own.certificate };
  for (const { name, store } of all) {
    say(`round ${number} of ${rounds}: ${name}`);
    await fill(port, await mixedMails(mails, `${name}-${number}`.toLowerCase(), hand));
    const client = await login(port);
    measures.add(bare, await seconds(() => fetchAll(client)));
    const directory = mkdtempSync(join(tmpdir(), 'embargod-bench-'));
    measures.add(kept, await seconds(() => fetchAndKeep(client, directory)));
    rmSync(directory, { recursive: true });
    await client.logout();
    measures.add(name, await takeAll(config, store, mails));
  }
}

const measures = openMeasures();
const dovecot: Dovecot | undefined = missing().length === 0 ? await startDovecot({ [team.address]: account.pass }) : undefined;
const place = await openPlace(dovecot ? { imapPort: dovecot.imap } : {});
const config = await place.config();
const all = await beds(config);
try {
  tell(`${mails} mails, ${rounds} rounds, ${dovecot ? 'Dovecot' : "the demo's IMAP server"}; medians`);
  for (let number = 0; number <= rounds; number += 1) {
    await round(number, place, dovecot?.imap ?? place.imap.port, config, all);
    // The first round is for the compiler.
    if (number === 0) measures.forget();
  }
  for (const name of [bare, kept, ...all.map((bed) => bed.name)]) {
    const took = measures.of(name);
    const ratios = `${(took / measures.of(bare)).toFixed(1)} x bare, ${(took / measures.of(kept)).toFixed(2)} x kept`;
    tell(`${name.padEnd(26)} ${took.toFixed(2)} s (${measures.spread(name)})  ${Math.round(mails / took)} mails/s  ${ratios}`);
  }
} finally {
  for (const bed of all) await bed.end();
  await place.close();
  await dovecot?.stop();
}
