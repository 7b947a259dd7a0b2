// Brings the tables up to date at start; safe when ten daemons start at once.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { type Db, type Run, rowsOf } from '#store/query.ts';
import { alreadyThere, told } from '#store/trouble.ts';

/** One step: the file's name and its statements, in the order of their names. */
export interface Migration {
  readonly name: string;
  readonly text: string;
}

/** What applying takes of a database. */
interface Ground {
  readonly where: string;
  readonly run: Run;
  transaction<T>(work: (ask: Run) => Promise<T>): Promise<T>;
}

// A neighbour of this file in the source and in the built package alike.
const folder = new URL('./migrations/', import.meta.url);

/** The steps that this program knows, oldest first. */
export function migrations(): Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}_[a-z0-9_-]+\.sql$/.test(name))
    .sort()
    .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));
}

/** SHA-256 in hex over all steps: the same tables have the same digest. */
export function migrationsDigest(steps: readonly Migration[] = migrations()): string {
  const hash = createHash('sha256');
  for (const { name, text } of steps) hash.update(`${name}\0${text}\0`);
  return hash.digest('hex');
}

/**
 * Applies the steps that are missing, all in one transaction behind a lock of the table that counts them.
 * Throws a sentence when the database knows steps that this program does not: a newer one has been here.
 */
export async function migrate(database: Ground, steps: readonly Migration[] = migrations()): Promise<void> {
  if (await database.run((db) => upToDate(db, steps))) return;
  await countingTable(database);
  try {
    await database.transaction((ask) => ask((db) => apply(db, steps)));
  } catch (error) {
    throw told(error, database.where);
  }
}

async function apply(db: Db, steps: readonly Migration[]): Promise<void> {
  await db.execute(sql`lock table "migration" in access exclusive mode`);
  const applied = new Set((await rowsOf(db, sql`select name from migration`)).map((row) => String(row.name)));
  refuseNewer(applied, steps);
  for (const { name, text } of steps) {
    if (applied.has(name)) continue;
    for (const statement of text.split('--> statement-breakpoint')) await db.execute(sql.raw(statement));
    await db.execute(sql`insert into migration (name, applied_at) values (${name}, now())`);
  }
}

/** Asks without a lock, so that a daemon that starts does not stop the others. */
async function upToDate(db: Db, steps: readonly Migration[]): Promise<boolean> {
  const [there] = await rowsOf(db, sql`select to_regclass('migration') is not null as there`);
  if (there?.there !== true) return false;
  const applied = new Set((await rowsOf(db, sql`select name from migration`)).map((row) => String(row.name)));
  refuseNewer(applied, steps);
  return steps.every(({ name }) => applied.has(name));
}

function refuseNewer(applied: ReadonlySet<string>, steps: readonly Migration[]): void {
  const known = new Set(steps.map(({ name }) => name));
  const newer = [...applied].find((name) => !known.has(name));
  if (newer) throw new Error(`the database holds tables of a newer version (step ${newer}): start that version, or restore a backup`);
}

/** `create table if not exists` is not safe against itself: two at once collide in the catalog, and the loser asks again. */
async function countingTable({ transaction, where }: Ground): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await transaction((ask) =>
        ask((db) => db.execute(sql`create table if not exists migration (name text primary key, applied_at timestamptz(3) not null)`)),
      );
      return;
    } catch (error) {
      if (!alreadyThere(error) || tries === 20) throw told(error, where);
    }
  }
}
