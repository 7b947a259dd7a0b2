// One database behind two drivers: a PostgreSQL server, or the same schema embedded in the data directory.
import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PGlite, types } from '@electric-sql/pglite';
import { drizzle as onEmbedded } from 'drizzle-orm/pglite';
import { Unavailable } from '#fault.ts';
import { openLines } from '#store/line.ts';
import { lockDirectory } from '#store/lock-file.ts';
import { migrate } from '#store/migrate.ts';
import type { Db, Run } from '#store/query.ts';
import { told } from '#store/trouble.ts';

export interface Database {
  readonly kind: 'postgres' | 'embedded';
  /** For people and the log: host, port and name, or the directory; never a password. */
  readonly where: string;
  /** Outside of any turn; errors come out as `trouble.ts` tells them. */
  readonly run: Run;
  /** Runs work between `begin` and `commit`, rolls back when it throws. Errors come out as they are: `told` is for the caller. */
  transaction<T>(work: (ask: Run) => Promise<T>): Promise<T>;
  /** Queries inside `turn` see the turn's transaction only; whoever goes past it is stopped by `run`. */
  readonly inTurn: AsyncLocalStorage<{ open: boolean }>;
  /** Throws `Unavailable` when another process has taken the data directory over: nothing may be written any more. */
  stillOurs(): void;
  /** What this database does not promise, in one sentence; undefined for a server. */
  limits(): string | undefined;
  /** Everything as one archive, embedded only: a server has pg_dump. */
  dump(): Promise<Blob>;
  close(): Promise<void>;
}

export interface DatabaseChoice {
  /** postgres://user@host:port/name */
  readonly url?: string;
  /** Where the embedded database lies; made when it is not there. */
  readonly directory?: string;
  /** Embedded and gone with the process: for tests and rehearsals. */
  readonly memory?: true;
  /** An archive that `dump` wrote, to begin a database in memory with. */
  readonly from?: Blob;
  /** How many connections to a server at most. */
  readonly connections?: number;
}

/**
 * Opens the database and brings its tables up to date.
 * Throws `Unavailable` naming the host when the server is away (the caller waits and tries again), a sentence when the directory is in
 * use by another process, the choice is not exactly one, or the tables are newer than this program.
 */
export async function openDatabase(choice: DatabaseChoice): Promise<Database> {
  const ways = [choice.url, choice.directory, choice.memory].filter((way) => way !== undefined);
  if (ways.length !== 1) throw new Error('a database is either a url, or a directory, or in memory');
  const database = choice.url === undefined ? await embedded(choice) : server(choice.url, choice.connections ?? 5);
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close().catch(() => undefined);
    throw error;
  }
}

function server(url: string, connections: number): Database {
  const where = shownUrl(url);
  const lines = openLines(url, connections);
  return {
    ...guarded(where, lines.ask, () => true),
    kind: 'postgres',
    transaction: lines.transaction,
    limits: () => undefined,
    dump: async () => {
      throw new Error('a server is saved with pg_dump');
    },
    close: lines.close,
  };
}

/** The type of bytea: handed over as bytes and read by Node; PGlite's own way by text goes byte by byte and took half of the time of a turn. */
const bytea = 17;

async function embedded(choice: DatabaseChoice): Promise<Database> {
  const directory = choice.directory === undefined ? undefined : resolve(choice.directory);
  if (directory !== undefined) mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lock = directory === undefined ? undefined : await lockDirectory(directory);
  try {
    const client = await PGlite.create({
      ...(directory !== undefined && { dataDir: join(directory, 'postgres') }),
      ...(choice.from && { loadDataDir: choice.from }),
      serializers: { [bytea]: (value) => value },
    });
    // Copied several times for each question: without the three hundred for arrays, which no column of ours holds, a small one takes half the time.
    client.parsers = { ...types.parsers, [bytea]: (text: string) => Buffer.from(text.slice(2), 'hex') };
    const db: Db = onEmbedded(client);
    return {
      ...guarded(
        directory ?? 'in memory',
        (queries) => queries(db),
        () => lock?.held() ?? true,
      ),
      kind: 'embedded',
      transaction: (work) => db.transaction((tx) => work((queries) => queries(tx))),
      limits: () =>
        directory === undefined
          ? 'The database lies in memory: it ends with this process.'
          : 'The database is embedded: one process at a time, no fsync; it survives a killed process, not a power cut.',
      dump: () => client.dumpDataDir('none'),
      close: async () => {
        await client.close();
        lock?.release();
      },
    };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

/** What both kinds share: queries that go past an open turn would wait for ever (embedded) or see another state (server). */
function guarded(where: string, ask: Run, ours: () => boolean): Pick<Database, 'where' | 'run' | 'inTurn' | 'stillOurs'> {
  const inTurn = new AsyncLocalStorage<{ open: boolean }>();
  const stillOurs = () => {
    if (!ours()) throw new Unavailable(`database ${where}: another process has taken the directory over, stop this one`);
  };
  const run: Run = async (queries) => {
    if (inTurn.getStore()?.open) throw new Error('the store was asked past the turn that is under way: ask the turn');
    stillOurs();
    try {
      return await ask(queries);
    } catch (error) {
      throw told(error, where);
    }
  };
  return { where, run, inTurn, stillOurs };
}

/** Host, port and name of a database's address. Throws a sentence without the address when it cannot be read: it may hold a password. */
function shownUrl(url: string): string {
  try {
    const { protocol, hostname, port, pathname } = new URL(url);
    if (protocol === 'postgres:' || protocol === 'postgresql:') return `${hostname || 'localhost'}:${port || '5432'}${pathname}`;
  } catch {
    // Said below, without what was given.
  }
  throw new Error('the address of the database must look like postgres://user@host:5432/name');
}
