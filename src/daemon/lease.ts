// Does a piece of work only while this daemon holds its lease: one reader for each mailbox among many daemons.
import type { Log } from '#log.ts';
import { rest } from '#post/pause.ts';
import type { Store } from '#store/store.ts';
import { after, type Clock } from '#time.ts';

interface Terms {
  readonly store: Store;
  readonly clock: Clock;
  readonly holder: string;
  /** Milliseconds a lease lasts unless renewed. */
  readonly length: number;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Waits for a lease, works while it is renewed, begins again when it was lost; returns after the signal with the lease given back. */
export async function keepLease(name: string, terms: Terms, work: (held: AbortSignal) => Promise<void>): Promise<void> {
  const { store, clock, holder, length, log, signal } = terms;
  while (!signal.aborted) {
    try {
      const now = clock();
      const held = await store.leases.hold(name, holder, now, after(now, length));
      if (held) await workWhile(name, held.fence, terms, work);
      else await rest(length / 6, signal);
    } catch (error) {
      log.warn('a lease could not be kept', { kind: name, fault: error });
      await rest(length / 12, signal);
    }
  }
}

async function workWhile(
  name: string,
  fence: number,
  { store, clock, length, log, signal }: Terms,
  work: (held: AbortSignal) => Promise<void>,
): Promise<void> {
  const lost = new AbortController();
  const renewal = setInterval(async () => {
    const now = clock();
    try {
      if (!(await store.leases.renew(name, fence, now, after(now, length)))) lost.abort();
    } catch (error) {
      // Without the database the time of the lease runs on; somebody else may have it.
      log.warn('a lease could not be renewed', { kind: name, fault: error });
      lost.abort();
    }
  }, length / 3);
  try {
    await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    clearInterval(renewal);
    await store.leases.release(name, fence, clock()).catch(() => undefined);
  }
}
