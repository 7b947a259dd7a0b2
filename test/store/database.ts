// Databases for tests: embedded ones from a template, or fresh ones on the server that EMBARGOD_TEST_DATABASE_URL names.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { type Database, openDatabase } from '#store/database.ts';
import { migrate, migrationsDigest } from '#store/migrate.ts';
import { openStore, type Store } from '#store/store.ts';
import { openVault, type Vault } from '#store/vault.ts';

/** A database of a test's own. `another` is a second connection where there is a server, the same database where it is embedded. */
export interface Ground {
  readonly database: Database;
  another(): Promise<Database>;
  end(): Promise<void>;
}

/** A ground on the server, with the address of its database. */
export type ServerGround = Ground & { readonly url: string };

export type Grounds = () => Promise<Ground>;

/** Keys for tests, loudly not secret. */
export function testVault(id = 'test-1'): Vault {
  return openVault({ keys: [{ id, key: Buffer.alloc(32, id) }], mac: Buffer.alloc(32, 'not a secret') });
}

/** A store on a fresh database: on the server where one is named, otherwise embedded. */
export async function testStore(vault: Vault = testVault()): Promise<{ store: Store; end(): Promise<void> }> {
  const ground = await (serverUrl() ? onServer() : onEmbedded());
  return { store: await openStore(ground.database, vault), end: ground.end };
}

/** The server for tests; undefined when none is named. */
export function serverUrl(): string | undefined {
  return process.env.EMBARGOD_TEST_DATABASE_URL || undefined;
}

/**
 * An embedded database in memory with nothing but its tables. One that another ground has ended with is used again: making one takes a second
 * of processor time, emptying one a tenth of it.
 */
export async function onEmbedded(): Promise<Ground> {
  const kept = (await emptied()) ?? (await openDatabase({ memory: true, from: await template() }));
  const { database, end } = lent(kept);
  return { database, another: async () => database, end };
}

const idle: Database[] = [];
/** An open one keeps a process alive; the workers of the tests are ended from outside. */
const inTests = process.env.VITEST !== undefined;

/** An idle database as if it were new: whatever a test did to the tables too, they are made again. */
async function emptied(): Promise<Database | undefined> {
  const database = idle.pop();
  if (!database) return undefined;
  try {
    for (const statement of ['drop schema public cascade', 'create schema public', 'discard all'])
      await database.run((db) => db.execute(sql.raw(statement)));
    await migrate(database);
    return database;
  } catch {
    // One that cannot be emptied is given up: another is made.
    await database.close().catch(() => undefined);
    return emptied();
  }
}

/** A database for one ground: what is still under way when the ground ends does not reach the next one. */
function lent(kept: Database): { database: Database; end(): Promise<void> } {
  let ended = false;
  const open = () => {
    if (ended) throw new Error('the ground of this database has ended');
  };
  const finish = async (close: boolean) => {
    if (ended) return;
    ended = true;
    if (close || !inTests) await kept.close();
    else idle.push(kept);
  };
  const database: Database = {
    ...kept,
    run: async (queries) => {
      open();
      return kept.run(queries);
    },
    transaction: async (work) => {
      open();
      return kept.transaction(work);
    },
    close: () => finish(true),
  };
  return { database, end: () => finish(false) };
}

/** A fresh database on the server, dropped at the end. */
export async function onServer(): Promise<ServerGround> {
  const url = serverUrl();
  if (!url) throw new Error('EMBARGOD_TEST_DATABASE_URL names no server');
  const name = `embargod_test_${randomBytes(6).toString('hex')}`;
  await onMaintenance(url, `create database ${name}`);
  const own = Object.assign(new URL(url), { pathname: `/${name}` }).href;
  const opened: Database[] = [];
  const another = async () => {
    const database = await openDatabase({ url: own });
    opened.push(database);
    return database;
  };
  return {
    url: own,
    database: await another(),
    another,
    end: async () => {
      for (const database of opened) await database.close();
      await onMaintenance(url, `drop database ${name} with (force)`);
    },
  };
}

/** The address of a fresh, empty database on the server. */
export async function emptyOnServer(): Promise<{ url: string; end(): Promise<void> }> {
  const url = serverUrl();
  if (!url) throw new Error('EMBARGOD_TEST_DATABASE_URL names no server');
  const name = `embargod_test_${randomBytes(6).toString('hex')}`;
  await onMaintenance(url, `create database ${name}`);
  return {
    url: Object.assign(new URL(url), { pathname: `/${name}` }).href,
    end: () => onMaintenance(url, `drop database ${name} with (force)`),
  };
}

async function onMaintenance(url: string, statement: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  await client.unsafe(statement);
  await client.end();
}

/** An archive of an empty database with its tables: to begin with it takes a quarter of the time of making one. */
export async function template(): Promise<Blob> {
  const path = join(tmpdir(), `embargod-test-template-${migrationsDigest().slice(0, 16)}.tar`);
  if (!existsSync(path)) {
    const database = await openDatabase({ memory: true });
    const archive = Buffer.from(await (await database.dump()).arrayBuffer());
    await database.close();
    // Tests that run beside each other see the whole file or none.
    const unfinished = `${path}.${randomBytes(6).toString('hex')}`;
    writeFileSync(unfinished, archive);
    renameSync(unfinished, path);
  }
  return new Blob([readFileSync(path)]);
}
