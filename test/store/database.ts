// Databases for tests: embedded ones from a template, or fresh ones on the server that EMBARGOD_TEST_DATABASE_URL names.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { type Database, openDatabase } from '#store/database.ts';
import { migrationsDigest } from '#store/migrate.ts';
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

/** A fresh embedded database in memory, begun from a template that is made once for each state of the migrations. */
export async function onEmbedded(): Promise<Ground> {
  const database = await openDatabase({ memory: true, from: await template() });
  return { database, another: async () => database, end: () => database.close() };
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

async function template(): Promise<Blob> {
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
