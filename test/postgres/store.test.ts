// The store on a real PostgreSQL: the same suites as on the embedded database, and what only a server can show.
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '#store/database.ts';
import { migrations } from '#store/migrate.ts';
import { rowsOf } from '#store/query.ts';
import { openStore } from '#store/store.ts';
import type { Turn } from '#store/turn.ts';
import { emptyOnServer, onEmbedded, onServer, serverUrl, testVault } from '#test/store/database.ts';
import { anIncident, gate, later, noted, now, queued } from '#test/store/suite/fixture.ts';
import { journalSuite } from '#test/store/suite/journal.ts';
import { lettersSuite } from '#test/store/suite/letters.ts';
import { outboxSuite } from '#test/store/suite/outbox.ts';
import { sharedSuite } from '#test/store/suite/shared.ts';
import { startSuite } from '#test/store/suite/start.ts';
import { turnSuite } from '#test/store/suite/turn.ts';

describe.skipIf(!serverUrl())('on PostgreSQL (skipped unless EMBARGOD_TEST_DATABASE_URL names a server)', () => {
  describe('a turn', () => turnSuite(onServer));
  describe('the outbox', () => outboxSuite(onServer));
  describe('letters', () => lettersSuite(onServer));
  describe('deadlines and leases', () => sharedSuite(onServer));
  describe('the journal', () => journalSuite(onServer));
  describe('the store at start and at rest', () => startSuite(onServer));

  test('ten daemons that start at once on an empty database make its tables once, and all come up', async () => {
    const empty = await emptyOnServer();
    const started = await Promise.all(Array.from({ length: 10 }, () => openDatabase({ url: empty.url, connections: 2 })));
    const stores = await Promise.all(started.map((database) => openStore(database, testVault())));
    const [rows] = await Promise.all(
      started.slice(0, 1).map((database) => database.run((db) => rowsOf(db, sql`select name from migration`))),
    );
    expect(rows).toHaveLength(migrations().length);
    await Promise.all(stores.map((store) => store.close()));
    await empty.end();
  });

  test('the embedded database has the same catalog', async () => {
    const [server, embedded] = await Promise.all([onServer(), onEmbedded()]);
    expect(await catalog(server.database)).toEqual(await catalog(embedded.database));
    await Promise.all([server.end(), embedded.end()]);
  });

  test('a database that is away at start is waited for: the message names the host and no password, and it is found when it is back', async () => {
    const empty = await emptyOnServer();
    const way = await proxy(new URL(empty.url));
    const url = Object.assign(new URL(empty.url), { hostname: '127.0.0.1', port: String(way.port), password: 'not-for-logs' }).href;
    await way.shut();
    const away = openDatabase({ url }).catch((error: unknown) => error);
    expect(await away).toMatchObject({ name: 'Unavailable', message: expect.stringContaining(`database 127.0.0.1:${way.port}/`) });
    expect(String(await away)).not.toContain('not-for-logs');
    await way.open();
    const store = await openStore(await openDatabase({ url }), testVault());
    const id = await anIncident(store);
    await way.shut();
    await expect(store.subjects.peek(id)).rejects.toMatchObject({ name: 'Unavailable' });
    await expect(anIncident(store)).rejects.toMatchObject({ name: 'Unavailable' });
    await way.open();
    await expect.poll(() => store.subjects.peek(id).catch(() => undefined), { timeout: 10_000 }).toMatchObject({ id });
    await store.close();
    await way.shut();
    await empty.end();
  });

  const kill = sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`;

  test.each([
    ['between two queries', (turn: Turn) => turn.peek('nobody')],
    ['while a query waits', (turn: Turn) => turn.subject('SRC-LOCKED')],
  ])('a connection lost in a turn, %s: nothing of it is written, not by what the decision does afterwards either', async (_, ask) => {
    const ground = await onServer();
    const { url } = ground;
    const store = await openStore(await openDatabase({ url, connections: 1 }), testVault());
    const killer = await ground.another();
    const id = await anIncident(store);
    const locker = await openStore(await ground.another(), testVault());
    await anIncident(locker, { id: 'SRC-LOCKED' });
    const held = gate();
    const asked = gate();
    const locking = locker.turn(async (turn) => {
      await turn.subject('SRC-LOCKED');
      asked.open();
      await held.opened;
    });
    await asked.opened;
    const broken = store.turn(async (turn) => {
      await turn.subject(id);
      const change = { subject: { id, stage: 'accepted' }, events: [noted('lost')], now };
      await turn.commit({ ...change, letters: [queued()] });
      const waits = ask(turn).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 50));
      await killer.run((db) => db.execute(kill));
      await waits;
      for (let tries = 0; tries < 3; tries += 1) await turn.commit({ ...change, letters: [queued()] }).catch(() => undefined);
    });
    // With one connection this one gets whatever takes the place of the lost one.
    const next = anIncident(store);
    await expect(broken).rejects.toMatchObject({ name: 'Unavailable' });
    held.open();
    await locking.catch(() => undefined);
    expect(await store.subjects.peek(await next)).toMatchObject({ stage: 'reported', recorded: [{ number: 1 }] });
    expect(await store.turn((turn) => turn.subject(id))).toMatchObject({ stage: 'reported', recorded: [{ number: 1 }] });
    expect(await store.outbox.waiting(later(99))).toMatchObject({ count: 0 });
    await store.close();
    await ground.end();
  });

  test('a subject out of the lock order is only tried: the turn is decided again instead of waiting in a circle', async () => {
    const ground = await onServer();
    const [one, two] = [await openStore(ground.database, testVault()), await openStore(await ground.another(), testVault())];
    const [a, b] = [await anIncident(one), await anIncident(one)];
    let decided = 0;
    const [first, second] = [a, b].sort();
    const holder = two.turn(async (turn) => {
      await turn.subject(first ?? '');
      await new Promise((resolve) => setTimeout(resolve, 150));
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await one.turn(async (turn) => {
      decided += 1;
      await turn.subject(second ?? '');
      await turn.subject(first ?? '');
    });
    await holder;
    expect(decided).toBeGreaterThan(1);
    await ground.end();
  });
});

async function catalog(database: Database): Promise<unknown> {
  const ask = (query: ReturnType<typeof sql>) => database.run((db) => rowsOf(db, query));
  return {
    columns: await ask(sql`select table_name, column_name, data_type, is_nullable, column_default, datetime_precision, is_identity
      from information_schema.columns where table_schema = 'public' order by 1, 2`),
    indexes: await ask(sql`select tablename, indexname, indexdef from pg_indexes where schemaname = 'public' order by 1, 2`),
    // Newer servers list what is not null here as well.
    constraints: await ask(sql`select conrelid::regclass::text as of, conname, pg_get_constraintdef(oid) as definition
      from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n' order by 1, 2`),
    triggers: await ask(sql`select tgname, pg_get_triggerdef(oid) as definition from pg_trigger where not tgisinternal order by 1`),
    functions: await ask(sql`select proname, prosrc from pg_proc where pronamespace = 'public'::regnamespace order by 1`),
  };
}

/** A way to the server that can be shut and opened: nobody listens while it is shut, and what was open breaks. */
async function proxy(to: URL): Promise<{ port: number; open(): Promise<void>; shut(): Promise<void> }> {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;
  const open = async () => {
    const opened = createServer((near) => {
      const far = dial(Number(to.port || 5432), to.hostname);
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => opened.listen(port, '127.0.0.1', resolve));
    const address = opened.address();
    if (address && typeof address === 'object') port = address.port;
    server = opened;
  };
  const shut = async () => {
    const closing = server;
    server = undefined;
    for (const socket of sockets) socket.destroy();
    if (closing) await new Promise<void>((resolve) => closing.close(() => resolve()));
  };
  await open();
  return { port, open, shut };
}
