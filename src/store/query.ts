// How the rest of this room asks the database, whichever driver is behind it.
import type { SQL } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** A connection or a transaction: whatever queries go through. */
export type Db = PgDatabase<PgQueryResultHKT>;

/** Runs queries where they belong: on a turn's transaction, or on a connection outside of any. */
export type Run = <T>(queries: (db: Db) => Promise<T>) => Promise<T>;

/** The rows of a query in plain SQL, for either driver. */
export async function rowsOf(db: Db, query: SQL): Promise<Record<string, unknown>[]> {
  const result: unknown = await db.execute(query);
  if (Array.isArray(result)) return [...result];
  return (result as { rows: Record<string, unknown>[] }).rows;
}
