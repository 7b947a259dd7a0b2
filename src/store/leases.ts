// What only one daemon does at a time, such as reading a mailbox: plain rows with a fencing number (no advisory locks, so that any PostgreSQL-compatible cluster serves).
import { and, eq, gt, lte, sql } from 'drizzle-orm';
import type { Run } from '#store/query.ts';
import { lease } from '#store/schema.ts';

export interface Leases {
  /** Takes what is free or whose holder's time has passed; undefined while somebody has it, be it the same holder. */
  hold(name: string, holder: string, now: Date, until: Date): Promise<{ fence: number } | undefined>;
  /** Holds longer; false when the time had passed or another one has it: stop the work. */
  renew(name: string, fence: number, now: Date, until: Date): Promise<boolean>;
  /** Gives back before the time; false when it was no longer held. */
  release(name: string, fence: number, now: Date): Promise<boolean>;
}

export function openLeases(run: Run): Leases {
  const move = async (name: string, fence: number, now: Date, until: Date): Promise<boolean> => {
    const rows = await run((db) =>
      db
        .update(lease)
        .set({ until })
        .where(and(eq(lease.name, name), eq(lease.fence, fence), gt(lease.until, now)))
        .returning({ name: lease.name }),
    );
    return rows.length === 1;
  };

  return {
    async hold(name, holder, now, until) {
      const [row] = await run((db) =>
        db
          .insert(lease)
          .values({ name, holder, fence: 1, until })
          .onConflictDoUpdate({
            target: lease.name,
            set: { holder, until, fence: sql`${lease.fence} + 1` },
            setWhere: lte(lease.until, now),
          })
          .returning({ fence: lease.fence }),
      );
      return row;
    },
    renew: move,
    release: (name, fence, now) => move(name, fence, now, now),
  };
}
