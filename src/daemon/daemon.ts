// The daemon: opens the parts, starts a reader for each mailbox, the outbox and the watch over deadlines, and stops them cleanly.
import PQueue from 'p-queue';
import type { Config } from '#config/config.ts';
import { type Health, openHttp } from '#daemon/http.ts';
import { keepLease } from '#daemon/lease.ts';
import { openMetrics } from '#daemon/metrics.ts';
import { openOffices } from '#daemon/offices.ts';
import { readMailbox } from '#daemon/reader.ts';
import { tick } from '#daemon/tick.ts';
import { dispatch } from '#dispatch.ts';
import { Unavailable } from '#fault.ts';
import type { Log } from '#log.ts';
import type { Office } from '#office/office.ts';
import { draw, type World } from '#office/world.ts';
import { type Mailbox, openMailbox } from '#post/imap.ts';
import { openRelay } from '#post/smtp.ts';
import { openDatabase } from '#store/database.ts';
import { openStore, type Store } from '#store/store.ts';
import { openVault, type Vault } from '#store/vault.ts';
import { after, type Clock } from '#time.ts';
import { ring } from '#watch.ts';

export interface Daemon {
  readonly store: Store;
  readonly offices: ReadonlyMap<string, Office>;
  /** The port of /healthz and /metrics, where they are served. */
  readonly httpPort: number | undefined;
  /** Looks at the clock, the outbox and the deadlines at once: after a settable clock was moved. */
  poke(): void;
  health(): Promise<Health>;
  /** Finishes what is under way, gives the leases back and closes everything. */
  stop(): Promise<void>;
}

export interface Hands {
  readonly clock: Clock;
  readonly random: (bytes: number) => Uint8Array;
  readonly log: Log;
}

const leaseFor = 60_000;
const letterLease = 300_000;
const idle = 1000;
const atOnce = 4;

/** Opens the store of a config, waiting as long as the database is away and the signal is quiet. */
export async function openWorldStore(config: Config, vault: Vault, log: Log, signal?: AbortSignal): Promise<Store> {
  for (let tries = 1; ; tries++) {
    try {
      const database = await openDatabase(config.databaseUrl === undefined ? { directory: config.data } : { url: config.databaseUrl });
      return await openStore(database, vault);
    } catch (error) {
      if (!(error instanceof Unavailable) || signal?.aborted) throw error;
      log.warn('the database is away; waiting for it', { attempts: tries, fault: error });
      await new Promise((resolve) => setTimeout(resolve, Math.min(30_000, 500 * 2 ** Math.min(tries, 6))));
    }
  }
}

/** Starts the daemon. Throws before anything runs when keys, templates or the vault do not fit; waits for a database that is away. */
export async function startDaemon(config: Config, { clock, random, log }: Hands, signal?: AbortSignal): Promise<Daemon> {
  const vault = openVault({ keys: config.vaultKeys, mac: config.macKey });
  const offices = await openOffices(config, vault);
  const store = await openWorldStore(config, vault, log, signal);
  const limits = store.limits();
  if (limits) log.warn('the database is embedded: one process, and no fsync, so it survives a killed process but not a power cut');
  const world: World = { store, clock, random, limits: config.limits, log };
  const holder = draw(world, 12);
  const metrics = openMetrics();
  const stopping = new AbortController();
  const relay = openRelay(config.relay);
  const queue = new PQueue({ concurrency: config.relay.connections });

  const outbox = tick('outbox', idle, stopping.signal, log, async () => {
    await queue.onSizeLessThan(config.relay.connections * 2);
    if (stopping.signal.aborted) return false;
    const now = clock();
    const leased = await store.outbox.lease({ now, holder, most: config.relay.connections * 2, until: after(now, letterLease) });
    for (const letter of leased) {
      queue.add(async () => {
        const office = offices.get(letter.team);
        // A letter of a team that is no longer configured waits for its return.
        if (!office) return;
        try {
          const outcome = await dispatch(letter, office, relay, world);
          metrics.letters.inc({ outcome });
          if (outcome === 'failed' || outcome === 'dropped') outbox.poke();
        } catch (error) {
          log.error('a letter could not be sent and waits', { letter: letter.id, kind: letter.letter.kind, fault: error });
        }
      });
    }
    return leased.length > 0;
  });

  const watch = tick('watch', idle, stopping.signal, log, async () => {
    const now = clock();
    const due = await store.deadlines.due({ now, most: atOnce, until: after(now, leaseFor) });
    for (const one of due) {
      const subject = await store.subjects.peek(one.subject);
      const office = subject && offices.get(subject.team);
      if (office) metrics.rung.inc({ outcome: await ring(one, office, world) });
    }
    if (due.length > 0) outbox.poke();
    return due.length === atOnce;
  });

  const mailboxes = new Map<string, Mailbox>();
  const readers = config.teams.map((team) => {
    const office = offices.get(team.name);
    if (!office) throw new Error(`${team.name} has no office`);
    return keepLease(`mailbox:${team.name}`, { store, clock, holder, length: leaseFor, log, signal: stopping.signal }, async (held) => {
      const mailbox = openMailbox(team.mailbox, {
        trouble: (_, error) => log.warn('mailbox trouble', { team: team.name, fault: error }),
        connected: () => log.info('mailbox connected', { team: team.name }),
      });
      mailboxes.set(team.name, mailbox);
      const news = {
        taken: (kind: string) => {
          metrics.mails.inc({ team: team.name, kind });
          outbox.poke();
        },
        shunted: () => metrics.shunted.inc({ team: team.name }),
      };
      try {
        await readMailbox(mailbox, office, world, news, held);
      } finally {
        mailboxes.delete(team.name);
        await mailbox.close();
      }
    });
  });

  const health = async (): Promise<Health> => {
    const troubles = [...mailboxes].flatMap(([team, { state }]) =>
      state.connected ? [] : [`${team}: ${state.trouble ?? 'not connected yet'}`],
    );
    await store.ping().catch(() => troubles.push('the database does not answer'));
    return { healthy: troubles.length === 0, troubles };
  };
  const text = async () => {
    const waiting = await store.outbox.waiting(clock());
    metrics.waiting.set(waiting.count);
    metrics.oldest.set(waiting.oldest ? (clock().getTime() - waiting.oldest.getTime()) / 1000 : 0);
    for (const team of config.teams) metrics.connected.set({ team: team.name }, mailboxes.get(team.name)?.state.connected ? 1 : 0);
    return metrics.text();
  };
  const { host, port } = config.http;
  const http = port === undefined ? undefined : await openHttp({ host, port }, health, text);
  log.info('embargod runs', { count: config.teams.length });

  return {
    store,
    offices,
    httpPort: http?.port,
    poke() {
      outbox.poke();
      watch.poke();
    },
    health,
    async stop() {
      stopping.abort();
      await Promise.all([outbox.ended, watch.ended, ...readers]);
      await queue.onIdle();
      await relay.close();
      await http?.close();
      await store.close();
      log.info('embargod stopped');
    },
  };
}
