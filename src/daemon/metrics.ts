// What Prometheus may count: mails, letters, deadlines, mailboxes. Kinds and teams as labels, never people or incidents.
import { Counter, Gauge, Registry } from 'prom-client';
import type { Store } from '#store/store.ts';

/** The daemon's counters. */
export function openMetrics() {
  const register = new Registry();
  const registers = [register];
  const waiting = new Gauge({ name: 'embargod_letters_waiting', help: 'Letters that should have left by now.', registers });
  const oldest = new Gauge({ name: 'embargod_letters_oldest_seconds', help: 'How long the oldest of them waits.', registers });
  const connected = new Gauge({
    name: 'embargod_mailbox_connected',
    help: '1 while the mailbox is read by this daemon.',
    labelNames: ['team'],
    registers,
  });
  return {
    mails: new Counter({ name: 'embargod_mails_total', help: 'Mails taken, by team and kind.', labelNames: ['team', 'kind'], registers }),
    shunted: new Counter({ name: 'embargod_mails_shunted_total', help: 'Mails put aside for a person.', labelNames: ['team'], registers }),
    letters: new Counter({ name: 'embargod_letters_total', help: 'Letters, by what became of them.', labelNames: ['outcome'], registers }),
    rung: new Counter({
      name: 'embargod_deadlines_total',
      help: 'Deadlines that came, by what they led to.',
      labelNames: ['outcome'],
      registers,
    }),
    /** The whole in Prometheus' text format, with what is asked only now: the outbox, and which mailboxes this daemon reads. */
    async text(store: Store, now: Date, mailboxes: ReadonlyMap<string, boolean>): Promise<string> {
      const late = await store.outbox.waiting(now);
      waiting.set(late.count);
      oldest.set(late.oldest ? (now.getTime() - late.oldest.getTime()) / 1000 : 0);
      for (const [team, read] of mailboxes) connected.set({ team }, read ? 1 : 0);
      return register.metrics();
    },
  };
}

export type Metrics = ReturnType<typeof openMetrics>;
