// The store as the rest of the program sees it: turns that write, and readers, all over one database and one vault.
import { sql } from 'drizzle-orm';
import type { Database } from '#store/database.ts';
import { type Deadlines, openDeadlines } from '#store/deadlines.ts';
import { type Journal, openJournal } from '#store/journal.ts';
import { type Leases, openLeases } from '#store/leases.ts';
import { type Messages, openMessages } from '#store/messages.ts';
import { type Outbox, openOutbox } from '#store/outbox.ts';
import { checkKeys } from '#store/probe.ts';
import { type Run, rowsOf } from '#store/query.ts';
import { openSubjects, type Subjects } from '#store/subjects.ts';
import { endLeases } from '#store/take-over.ts';
import { told, triesFor } from '#store/trouble.ts';
import { openTurn, type Turn } from '#store/turn.ts';
import type { Vault } from '#store/vault.ts';

export interface Store {
  /**
   * One transaction around a decision: what `decide` commits through the turn is there as a whole, or not at all when it throws (its error
   * comes out unchanged). `keep: false` rolls back after `decide` has answered: a rehearsal. When another turn was in the way the decision
   * is made again, so `decide` has no effects of its own. Throws `Unavailable` when the database is away or stays in the way; after a
   * connection lost at the very end the commit may have happened: asked again, the turn has seen its mail.
   */
  turn<T>(decide: (turn: Turn) => Promise<T>, options?: { keep: boolean }): Promise<T>;
  readonly messages: Messages;
  readonly subjects: Subjects;
  readonly outbox: Outbox;
  readonly deadlines: Deadlines;
  readonly leases: Leases;
  readonly journal: Journal;
  /** Whether the database answers, with the time it has; throws `Unavailable` otherwise. */
  ping(): Promise<Date>;
  /** Said once by a daemon that starts: where the database is for one process at a time, the leases of a killed one end now. */
  takeOver(now: Date): Promise<void>;
  /** What the database does not promise, in one sentence; undefined for a server. */
  limits(): string | undefined;
  close(): Promise<void>;
}

/**
 * Opens the store on a database whose tables are there.
 * Throws a sentence saying what to do when the vault's keys are not those that the database was sealed with.
 */
export async function openStore(database: Database, vault: Vault): Promise<Store> {
  const { run } = database;
  await checkKeys(run, vault);
  return {
    turn: (decide, options = { keep: true }) => takeTurn(database, vault, decide, options.keep),
    messages: openMessages(run, vault),
    subjects: openSubjects(run, vault),
    outbox: openOutbox(run, vault),
    deadlines: openDeadlines(run),
    leases: openLeases(run),
    journal: openJournal(run, vault),
    ping: async () => {
      const [row] = await run((db) => rowsOf(db, sql`select extract(epoch from clock_timestamp())::float8 as seconds`));
      return new Date(Number(row?.seconds) * 1000);
    },
    takeOver: async (now) => {
      if (database.kind === 'embedded') await endLeases(run, now);
    },
    limits: () => database.limits(),
    close: () => database.close(),
  };
}

async function takeTurn<T>(database: Database, vault: Vault, decide: (turn: Turn) => Promise<T>, keep: boolean): Promise<T> {
  if (database.inTurn.getStore()?.open) throw new Error('a turn was begun inside a turn');
  for (let tries = 1; ; tries += 1) {
    const outcome = await tryTurn(database, vault, decide, keep);
    if ('value' in outcome) return outcome.value;
    if (outcome.of === 'decision') throw outcome.error;
    if (tries >= triesFor(outcome.error)) throw told(outcome.error, database.where);
    // Two turns in each other's way come back at different times.
    await new Promise((resume) => setTimeout(resume, Math.random() * 10 * 2 ** tries));
  }
}

type Outcome<T> = { value: T } | { error: unknown; of: 'decision' | 'database' };

async function tryTurn<T>(database: Database, vault: Vault, decide: (turn: Turn) => Promise<T>, keep: boolean): Promise<Outcome<T>> {
  const turn = { open: true };
  let outcome: Outcome<T> | undefined;
  try {
    database.stillOurs();
    await database.transaction(async (ask) => {
      const inside = insideTurn(ask, turn);
      outcome = await database.inTurn.run(turn, () => decided(decide, openTurn(inside.run, vault)));
      turn.open = false;
      // A failed query has ended the transaction, even where the decision went on: a commit would quietly be a rollback.
      if (inside.failed()) outcome = { error: inside.failed(), of: 'database' };
      database.stillOurs();
      if (!keep || !('value' in outcome)) throw rolledBack;
    });
  } catch (error) {
    if (error !== rolledBack || !outcome) return { error, of: 'database' };
  } finally {
    turn.open = false;
  }
  return outcome ?? { error: new Error('the turn ended without a decision'), of: 'decision' };
}

const rolledBack = new Error('rolled back');

async function decided<T>(decide: (turn: Turn) => Promise<T>, turn: Turn): Promise<Outcome<T>> {
  try {
    return { value: await decide(turn) };
  } catch (error) {
    return { error, of: 'decision' };
  }
}

function insideTurn(ask: Run, turn: { open: boolean }): { run: Run; failed: () => unknown } {
  let failure: unknown;
  const run: Run = async (queries) => {
    if (!turn.open) throw new Error('this turn is over');
    try {
      return await ask(queries);
    } catch (error) {
      failure ??= error;
      throw error;
    }
  };
  return { run, failed: () => failure };
}
