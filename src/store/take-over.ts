// What an earlier process had leased when it was killed, freed at once where it cannot be alive any more.
import { gt, isNotNull } from 'drizzle-orm';
import type { Run } from '#store/query.ts';
import { deadline, lease, letter } from '#store/schema.ts';

/** Ends every lease at `now`. Only for a database that this process has to itself: fences go on, so a ghost could still mark nothing. */
export async function endLeases(run: Run, now: Date): Promise<void> {
  await run((db) => db.update(lease).set({ until: now }).where(gt(lease.until, now)));
  await run((db) => db.update(letter).set({ leaseUntil: now }).where(gt(letter.leaseUntil, now)));
  await run((db) => db.update(deadline).set({ leaseUntil: null }).where(isNotNull(deadline.leaseUntil)));
}
