// Sends letters: leases what is due, hands it to a queue of as many workers as the relay takes connections, and goes on.
import PQueue from 'p-queue';
import type { Terms } from '#daemon/daemon.ts';
import { idle, type Tick, tick } from '#daemon/tick.ts';
import { dispatch } from '#dispatch.ts';
import type { Relay } from '#post/smtp.ts';
import type { Leased } from '#store/outbox.ts';
import { after } from '#time.ts';

/** Sends letters until the signal; `ended` resolves when the letters under way are done too. */
export function sendLetters({ world, offices, metrics, holder, leases, signal }: Terms, relay: Relay, connections: number): Tick {
  const { store, clock, log } = world;
  const queue = new PQueue({ concurrency: connections });
  const most = connections * 2;

  const send = async (letter: Leased): Promise<void> => {
    const office = offices.get(letter.team);
    // A letter of a team that is no longer configured waits for its return.
    if (!office) return;
    try {
      const outcome = await dispatch(letter, office, relay, world);
      metrics.letters.inc({ outcome });
      // A failure brings an alarm, which is a letter too.
      if (outcome === 'failed' || outcome === 'dropped') loop.poke();
    } catch (error) {
      log.error('a letter could not be sent and waits', { letter: letter.id, kind: letter.letter.kind, fault: error });
    }
  };

  const loop = tick('outbox', signal, log, async () => {
    await queue.onSizeLessThan(most);
    if (signal.aborted) return idle;
    const now = clock();
    const leased = await store.outbox.lease({ now, holder, most, until: after(now, leases.letter) });
    for (const letter of leased) queue.add(() => send(letter));
    return leased.length > 0 ? 0 : idle;
  });
  return { poke: loop.poke, ended: loop.ended.then(() => queue.onIdle()) };
}
