// What Prometheus may count: mails, letters, deadlines, mailboxes. Kinds and teams as labels, never people or incidents.
import { Counter, Gauge, Registry } from 'prom-client';

/** The daemon's counters. */
export function openMetrics() {
  const register = new Registry();
  const registers = [register];
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
    waiting: new Gauge({ name: 'embargod_letters_waiting', help: 'Letters that should have left by now.', registers }),
    oldest: new Gauge({ name: 'embargod_letters_oldest_seconds', help: 'How long the oldest of them waits.', registers }),
    connected: new Gauge({
      name: 'embargod_mailbox_connected',
      help: '1 while the mailbox is read by this daemon.',
      labelNames: ['team'],
      registers,
    }),
    text: () => register.metrics(),
  };
}

export type Metrics = ReturnType<typeof openMetrics>;
