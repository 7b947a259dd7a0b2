// Connections to a PostgreSQL server: each serves one transaction at a time, one query at a time, and none after it broke.
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import type { Db, Run } from '#store/query.ts';

/*
 * The pool and the `begin` of postgres.js 3.4.9 are not used: when a connection closes inside `begin` the library writes to a socket that
 * is gone, which ends the process (porsager/postgres#1133, #1208), or the rest of the dead transaction runs on a connection that somebody
 * else has by then (#1216). Here each connection is a client of its own that is thrown away at the first sign of trouble.
 */

export interface Lines {
  /** Runs queries on a connection of their own, without a transaction. */
  readonly ask: Run;
  /** Runs work between `begin` and `commit`; rolls back when it throws, and throws what it threw. */
  transaction<T>(work: (ask: Run) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

interface Line {
  /** Waits for the query before, fails when the connection is lost, and never waits longer than `patience`. */
  readonly ask: Run;
  broken(): boolean;
  end(): Promise<void>;
}

/** How long an answer may take, in milliseconds: longer than the server's own limits, so that it only strikes when the network is dead. */
const patience = 90_000;

/** How long closing waits for turns under way, in milliseconds. */
const grace = 5_000;

const coded = (code: string): Error => Object.assign(new Error(`the connection ended: ${code}`), { code });

/** Up to `most` connections to a server; more work than that waits its turn. Nothing is dialled before the first query. */
export function openLines(url: string, most: number): Lines {
  const idle: Line[] = [];
  const busy = new Set<Line>();
  const waiting: ((line: Line) => void)[] = [];
  let open = 0;
  let closed = false;

  const take = async (): Promise<Line> => {
    if (closed) throw coded('CONNECTION_ENDED');
    for (let line = idle.pop(); line; line = idle.pop()) {
      if (!line.broken()) return line;
      open -= 1;
    }
    if (open >= most) return new Promise((resolve) => waiting.push(resolve));
    open += 1;
    return openLine(url);
  };

  const giveBack = (line: Line): void => {
    busy.delete(line);
    const next = closed ? undefined : waiting.shift();
    if (closed) stop(line);
    else if (next) next(line.broken() ? openLine(url) : line);
    else if (line.broken()) open -= 1;
    else idle.push(line);
  };

  /** Whoever still waits gets a connection that has ended, and is told so by it. */
  const stop = (line: Line): void => {
    void line.end();
    for (const next of waiting.splice(0)) next(line);
  };

  const on = async <T>(work: (line: Line) => Promise<T>): Promise<T> => {
    const line = await take();
    busy.add(line);
    try {
      return await work(line);
    } finally {
      giveBack(line);
    }
  };

  return {
    ask: (queries) => on((line) => line.ask(queries)),
    transaction: (work) => on((line) => between(line, work)),
    close: async () => {
      closed = true;
      for (let waited = 0; busy.size > 0 && waited < grace; waited += 20) await pause(20);
      await Promise.all([...idle.splice(0), ...busy].map((line) => line.end()));
    },
  };
}

async function between<T>(line: Line, work: (ask: Run) => Promise<T>): Promise<T> {
  // A daemon that froze in the middle of a turn must not keep its locks from the others for ever. Three statements are one way there and back.
  await line.ask((db) =>
    db.execute(sql`begin; set local idle_in_transaction_session_timeout = '60s'; set local statement_timeout = '60s'`),
  );
  try {
    const value = await work(line.ask);
    await line.ask((db) => db.execute(sql`commit`));
    return value;
  } catch (error) {
    // What cannot be rolled back is thrown away: the server rolls back what has lost its connection.
    await line.ask((db) => db.execute(sql`rollback`)).catch(() => line.end());
    throw error;
  }
}

function openLine(url: string): Line {
  let trouble: Error | undefined;
  let fail: (error: Error) => void = () => undefined;
  const lost = new Promise<never>((_, reject) => {
    fail = reject;
  });
  lost.catch(() => undefined);

  const client = postgres(url, {
    max: 1,
    connect_timeout: 10,
    max_lifetime: null,
    fetch_types: false,
    onnotice: () => undefined,
    onclose: () => breakWith(coded('CONNECTION_CLOSED')),
    connection: { application_name: 'embargod' },
  });
  const end = () => {
    trouble ??= coded('CONNECTION_ENDED');
    return client.end({ timeout: 0 }).catch(() => undefined);
  };
  const breakWith = (error: Error): void => {
    trouble ??= error;
    // The query under way tells better what happened, so it is heard first.
    setImmediate(() => {
      fail(error);
      void end();
    });
  };
  // Checked before each query: this client would dial again, and go on outside the transaction.
  const unsafe = client.unsafe.bind(client);
  client.unsafe = ((...query: Parameters<typeof unsafe>) => {
    if (trouble) throw trouble;
    return unsafe(...query);
  }) as typeof client.unsafe;
  const db: Db = drizzle(client);

  let before: Promise<unknown> = Promise.resolve();
  const ask: Run = (queries) => {
    const asked = before.then(() => inTime(Promise.race([queries(db), lost]), () => breakWith(coded('CONNECT_TIMEOUT'))));
    before = asked.catch(() => undefined);
    return asked;
  };
  return { ask, broken: () => trouble !== undefined, end };
}

async function inTime<T>(answer: Promise<T>, late: () => void): Promise<T> {
  const timer = setTimeout(late, patience);
  try {
    return await answer;
  } finally {
    clearTimeout(timer);
  }
}
