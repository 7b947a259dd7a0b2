// The outbox: letters are leased, handed over, and marked. A holder whose lease was taken over changes nothing any more.
import { and, asc, count, desc, eq, gt, inArray, lt, lte, min, or, sql } from 'drizzle-orm';
import type { Letter } from '#letter/letter.ts';
import type { Run } from '#store/query.ts';
import { letter } from '#store/schema.ts';
import { at, macs } from '#store/sealed.ts';
import type { Vault } from '#store/vault.ts';

/** `keyless`: it waits until there is a certificate of its recipient to encrypt it to. */
export type LetterState = 'waiting' | 'leased' | 'sent' | 'failed' | 'dropped' | 'keyless';

/** A letter with its row; `subject` is empty for letters that belong to none. */
export interface Posted {
  readonly id: string;
  readonly team: string;
  readonly subject?: string;
  /** The decision that it follows from, and which letter of it. */
  readonly cause: string;
  readonly number: number;
  /** Ours, fixed at commit, without angle brackets. */
  readonly messageId: string;
  readonly state: LetterState;
  readonly letter: Letter;
  /** How often it was leased, this time included. */
  readonly attempts: number;
  readonly createdAt: Date;
  /** When it was sent, failed or was dropped. */
  readonly doneAt?: Date;
  /** What the server said last, where it said something. */
  readonly response?: string;
}

/** A letter that this holder may hand over now; `fence` proves it when it marks the letter. */
export interface Leased extends Posted {
  readonly fence: number;
}

/** Marks of a leased letter. All answer false, and change nothing, when the fence is stale: somebody else has the letter, or it is done. */
export interface Marks {
  sent(letter: string, fence: number, now: Date, response?: string): Promise<boolean>;
  /** Back to waiting until `nextAt`. */
  later(letter: string, fence: number, nextAt: Date, response?: string): Promise<boolean>;
  failed(letter: string, fence: number, now: Date, response?: string): Promise<boolean>;
  dropped(letter: string, fence: number, now: Date, response?: string): Promise<boolean>;
  /** Kept until `Turn.rouse`: there is nothing to encrypt it to. */
  keyless(letter: string, fence: number, now: Date, response?: string): Promise<boolean>;
}

export interface Outbox extends Marks {
  /** Up to `most` letters whose moment has come, or whose holder's lease has ended, oldest decision first; nobody else gets them before `until`. */
  lease(wanted: { now: Date; holder: string; most: number; until: Date }): Promise<Leased[]>;
  /** Keeps a lease alive during a slow hand-over. */
  extend(letter: string, fence: number, until: Date): Promise<boolean>;
  /** Letters that should have left by now, and since when the oldest should; `held` counts those whose moment is yet to come. */
  waiting(now: Date): Promise<{ count: number; oldest?: Date; held: number }>;
  /** The moment of the next letter to leave, for whoever sleeps until then; may lie in the past. */
  next(): Promise<Date | undefined>;
  letterById(id: string): Promise<Posted | undefined>;
  /** Whether a letter of this kind to the same reader about the same subject, decided before, is yet to leave. */
  isBehind(letter: Posted, kind: string): Promise<boolean>;
  /**
   * A team's letters that wait for a certificate, the oldest first. Of more than a thousand the latest: whoever never sends a key must not keep
   * those of others from being seen.
   */
  keylessLetters(team: string): Promise<Posted[]>;
  /** By our Message-ID, without angle brackets: where bounces and replies point to. */
  letterByMessageId(messageId: string): Promise<Posted | undefined>;
}

type Row = typeof letter.$inferSelect;

const undone = inArray(letter.state, ['waiting', 'leased']);
/** Inside the index on undone letters: a waiting letter's moment, or the end of a lease. */
const ready = sql<string>`case when ${letter.state} = 'leased' then ${letter.leaseUntil} else ${letter.nextAt} end`;

export function openOutbox(run: Run, vault: Vault): Outbox {
  const one = async (where: ReturnType<typeof eq>): Promise<Posted | undefined> => {
    const [row] = await run((db) => db.select().from(letter).where(where));
    return row && posted(row, vault);
  };

  return {
    ...openMarks(run, vault),

    async lease({ now, holder, most, until }) {
      const due = or(
        and(eq(letter.state, 'waiting'), lte(letter.nextAt, now)),
        and(eq(letter.state, 'leased'), lte(letter.leaseUntil, now)),
      );
      const rows = await run((db) => {
        // A locking query in a `with` runs once, so that the limit holds whatever the planner does with the update.
        const picked = db
          .$with('picked')
          .as(
            db
              .select({ id: letter.id })
              .from(letter)
              .where(and(undone, due))
              .orderBy(asc(letter.sequence))
              .limit(most)
              .for('update', { skipLocked: true }),
          );
        return db
          .with(picked)
          .update(letter)
          .set({ state: 'leased', holder, leaseUntil: until, fence: sql`${letter.fence} + 1`, attempts: sql`${letter.attempts} + 1` })
          .where(inArray(letter.id, db.select({ id: picked.id }).from(picked)))
          .returning();
      });
      return rows.sort((first, second) => first.sequence - second.sequence).map((row) => ({ ...posted(row, vault), fence: row.fence }));
    },

    async extend(id, fence, until) {
      const rows = await run((db) => db.update(letter).set({ leaseUntil: until }).where(held(id, fence)).returning({ id: letter.id }));
      return rows.length === 1;
    },

    async waiting(now) {
      const [due] = await run((db) =>
        db
          .select({ count: count(), oldest: min(letter.nextAt) })
          .from(letter)
          .where(and(undone, lte(letter.nextAt, now))),
      );
      const [later] = await run((db) =>
        db
          .select({ count: count() })
          .from(letter)
          .where(and(undone, gt(letter.nextAt, now))),
      );
      return { count: due?.count ?? 0, ...(due?.oldest && { oldest: due.oldest }), held: later?.count ?? 0 };
    },

    async next() {
      const [row] = await run((db) =>
        db
          .select({ at: sql<string | null>`min(${ready})` })
          .from(letter)
          .where(undone),
      );
      return row?.at ? new Date(row.at) : undefined;
    },

    async keylessLetters(team) {
      const rows = await run((db) =>
        db
          .select()
          .from(letter)
          .where(and(eq(letter.team, team), eq(letter.state, 'keyless')))
          .orderBy(desc(letter.sequence))
          .limit(1000),
      );
      return rows.toReversed().map((row) => posted(row, vault));
    },

    async isBehind({ subject, createdAt, letter: { to } }, kind) {
      if (subject === undefined) return false;
      const alike = and(eq(letter.subject, subject), eq(letter.kind, kind), eq(letter.recipientMac, macs(vault).address(to.address)));
      const where = and(undone, alike, lt(letter.createdAt, createdAt));
      const rows = await run((db) => db.select({ id: letter.id }).from(letter).where(where).limit(1));
      return rows.length > 0;
    },

    letterById: (id) => one(eq(letter.id, id)),
    letterByMessageId: (messageId) => one(eq(letter.messageId, messageId)),
  };
}

/** The marks alone: a turn has them too, so that a letter's end and its event are one commit. */
export function openMarks(run: Run, vault: Vault): Marks {
  const mark = async (
    id: string,
    fence: number,
    to: Partial<typeof letter.$inferInsert>,
    response: string | undefined,
  ): Promise<boolean> => {
    const said = response === undefined ? {} : { response: vault.seal(Buffer.from(response), at.response(id)) };
    const rows = await run((db) =>
      db
        .update(letter)
        .set({ ...to, ...said, leaseUntil: null, holder: null })
        .where(held(id, fence))
        .returning({ id: letter.id }),
    );
    return rows.length === 1;
  };
  return {
    sent: (id, fence, now, response) => mark(id, fence, { state: 'sent', doneAt: now }, response),
    later: (id, fence, nextAt, response) => mark(id, fence, { state: 'waiting', nextAt }, response),
    failed: (id, fence, now, response) => mark(id, fence, { state: 'failed', doneAt: now }, response),
    dropped: (id, fence, now, response) => mark(id, fence, { state: 'dropped', doneAt: now }, response),
    keyless: (id, fence, _now, response) => mark(id, fence, { state: 'keyless' }, response),
  };
}

/** A lease that has run out is still good as long as nobody took the letter over: the fence tells. */
const held = (id: string, fence: number) => and(eq(letter.id, id), eq(letter.fence, fence), eq(letter.state, 'leased'));

/** A row with its letter opened. */
export function posted(row: Row, vault: Vault): Posted {
  return {
    id: row.id,
    team: row.team,
    ...(row.subject !== null && { subject: row.subject }),
    cause: row.cause,
    number: row.number,
    messageId: row.messageId,
    state: row.state,
    letter: vault.openJson<Letter>(row.body, at.letter(row.id)),
    attempts: row.attempts,
    createdAt: row.createdAt,
    ...(row.doneAt && { doneAt: row.doneAt }),
    ...(row.response && { response: vault.open(row.response, at.response(row.id)).toString('utf8') }),
  };
}
