// Minds deadlines: rings those that have come, and sleeps no longer than until the next one, so that an announcement leaves on the second.
import type { Terms } from '#daemon/daemon.ts';
import { idle, type Tick, tick } from '#daemon/tick.ts';
import { after } from '#time.ts';
import { ring } from '#watch.ts';

const atOnce = 4;

/** Minds deadlines until the signal; `letters` is poked when one rang. */
export function mindDeadlines({ world, offices, metrics, leases, signal }: Terms, letters: () => void): Tick {
  const { store, clock, log } = world;
  return tick('watch', signal, log, async () => {
    const now = clock();
    const due = await store.deadlines.due({ now, most: atOnce, until: after(now, leases.work) });
    for (const one of due) {
      const subject = await store.subjects.peek(one.subject);
      const office = subject && offices.get(subject.team);
      if (office) metrics.rung.inc({ outcome: await ring(one, office, world) });
    }
    if (due.length > 0) letters();
    if (due.length === atOnce) return 0;
    const next = await store.deadlines.nextDue();
    return next ? Math.min(idle, Math.max(50, next.getTime() - clock().getTime())) : idle;
  });
}
