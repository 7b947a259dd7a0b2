// Deadlines that have come, shared out among the daemons. They are derived: a turn writes them anew, nothing here changes one.
import { and, asc, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import type { Run } from '#store/query.ts';
import { deadline } from '#store/schema.ts';

export interface Due {
  readonly subject: string;
  readonly key: string;
  readonly dueAt: Date;
}

export interface Deadlines {
  /** Up to `most` deadlines that have come, the oldest first; no other daemon gets them before `until`, or before a turn has moved them. */
  due(wanted: { now: Date; most: number; until: Date }): Promise<Due[]>;
  /** The moment at which `due` has something again; may lie in the past. */
  nextDue(): Promise<Date | undefined>;
  /** The deadlines of a subject as last derived, the nearest first. */
  of(subject: string): Promise<Due[]>;
}

const facts = { subject: deadline.subject, key: deadline.key, dueAt: deadline.dueAt };

export function openDeadlines(run: Run): Deadlines {
  return {
    async due({ now, most, until }) {
      const rows = await run((db) => {
        const picked = db.$with('picked').as(
          db
            .select({ subject: deadline.subject, key: deadline.key })
            .from(deadline)
            .where(and(lte(deadline.dueAt, now), or(isNull(deadline.leaseUntil), lte(deadline.leaseUntil, now))))
            .orderBy(asc(deadline.dueAt), asc(deadline.subject), asc(deadline.key))
            .limit(most)
            .for('update', { skipLocked: true }),
        );
        const among = db.select({ subject: picked.subject, key: picked.key }).from(picked);
        return db
          .with(picked)
          .update(deadline)
          .set({ leaseUntil: until })
          .where(inArray(sql`(${deadline.subject}, ${deadline.key})`, among))
          .returning(facts);
      });
      return rows.sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime() || (one.subject < other.subject ? -1 : 1));
    },

    async nextDue() {
      const ready = sql<string | null>`min(greatest(${deadline.dueAt}, ${deadline.leaseUntil}))`;
      const [row] = await run((db) => db.select({ at: ready }).from(deadline));
      return row?.at ? new Date(row.at) : undefined;
    },

    of: (subject) =>
      run((db) => db.select(facts).from(deadline).where(eq(deadline.subject, subject)).orderBy(asc(deadline.dueAt), asc(deadline.key))),
  };
}
