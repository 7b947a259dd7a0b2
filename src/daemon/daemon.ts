// The daemon: opens the parts, starts a reader for each mailbox, the outbox and the watch over deadlines, and stops them cleanly.
import type { Config } from '#config/config.ts';
import { openDatabaseOf } from '#config/database.ts';
import { type Health, openHttp } from '#daemon/http.ts';
import { openMailboxes } from '#daemon/mailboxes.ts';
import { type Metrics, openMetrics } from '#daemon/metrics.ts';
import { openOffices } from '#daemon/offices.ts';
import { sendLetters } from '#daemon/outbox.ts';
import { openVouchers } from '#daemon/vouchers.ts';
import { mindDeadlines } from '#daemon/watching.ts';
import { Unavailable } from '#fault.ts';
import type { Log } from '#log.ts';
import { expectDeadlines } from '#office/daily.ts';
import { lookThrough } from '#office/minding.ts';
import type { Office } from '#office/office.ts';
import { draw, type World } from '#office/world.ts';
import { rest } from '#post/pause.ts';
import { openRelay } from '#post/smtp.ts';
import { openWkd } from '#post/wkd.ts';
import { openStore, type Store } from '#store/store.ts';
import { openVault, type Vault } from '#store/vault.ts';
import type { Clock } from '#time.ts';

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
  /** Milliseconds for which others leave a mailbox, a deadline or a letter to a daemon that fell silent; for tests of taking over. */
  readonly leases?: { readonly work: number; readonly letter: number };
}

const usualLeases = { work: 60_000, letter: 300_000 };

/** Opens the store of a config, waiting as long as the database is away and the signal is quiet. */
async function openWorldStore(config: Config, vault: Vault, log: Log, signal?: AbortSignal): Promise<Store> {
  for (let tries = 1; ; tries++) {
    try {
      const database = await openDatabaseOf(config);
      return await openStore(database, vault);
    } catch (error) {
      if (!(error instanceof Unavailable) || signal?.aborted) throw error;
      log.warn('the database is away; waiting for it', { attempts: tries, fault: error });
      await rest(Math.min(30_000, 500 * 2 ** Math.min(tries, 6)), signal);
    }
  }
}

/**
 * Starts the daemon. Throws before anything runs when keys, templates, the vault or the port of /healthz cannot be had; waits for a
 * database that is away.
 */
export async function startDaemon(
  config: Config,
  { clock, random, log, leases = usualLeases }: Hands,
  signal?: AbortSignal,
): Promise<Daemon> {
  const vault = openVault({ keys: config.vaultKeys, mac: config.macKey });
  const offices = await openOffices(config, vault);
  const store = await openWorldStore(config, vault, log, signal);
  const world: World = { store, clock, random, limits: config.limits, log, wkd: openWkd(), vouchers: openVouchers(config) };
  const metrics = openMetrics();
  const stopping = new AbortController();
  const terms: Terms = { world, offices, metrics, holder: draw(world, 12), leases, signal: stopping.signal };
  const mailboxes = openMailboxes(config.teams);
  const health = () => healthOf(store, mailboxes.troubles());
  const { host, port } = config.http;
  const http =
    port === undefined
      ? undefined
      : await openHttp({ host, port }, health, () => metrics.text(store, clock(), mailboxes.connected())).catch(closing(store));

  await store.takeOver(clock());
  for (const office of offices.values()) {
    await lookThrough(office, world);
    await expectDeadlines(office, world);
  }
  if (store.limits()) log.warn('the database is embedded: one process, and no fsync, so it survives a killed process but not a power cut');
  const relay = openRelay(config.relay);
  const outbox = sendLetters(terms, relay, config.relay.connections);
  const watch = mindDeadlines(terms, outbox.poke);
  const reading = mailboxes.read(terms, outbox.poke);
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
      await Promise.all([outbox.ended, watch.ended, reading]);
      await relay.close();
      await http?.close();
      await store.close();
      log.info('embargod stopped');
    },
  };
}

/** What the daemon's loops share. */
export interface Terms {
  readonly world: World;
  readonly offices: ReadonlyMap<string, Office>;
  readonly metrics: Metrics;
  /** Who holds this daemon's leases. */
  readonly holder: string;
  readonly leases: { readonly work: number; readonly letter: number };
  readonly signal: AbortSignal;
}

async function healthOf(store: Store, troubles: readonly string[]): Promise<Health> {
  const away = await store.ping().then(
    () => [],
    () => ['the database does not answer'],
  );
  const all = [...troubles, ...away];
  return { healthy: all.length === 0, troubles: all };
}

// A start that fails leaves nothing open: the embedded database would keep its folder locked.
function closing(store: Store) {
  return async (error: unknown): Promise<never> => {
    await store.close();
    throw error;
  };
}
