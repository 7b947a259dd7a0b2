// How long a confirmed notice takes to reach two hundred distributors, each sealed to its own key, beside plain copies of the same text: npm run bench:notice
import { randomBytes } from 'node:crypto';
import PQueue from 'p-queue';
import type { Config } from '#config/read.ts';
import { type Daemon, startDaemon } from '#daemon/daemon.ts';
import { team } from '#demo/people.ts';
import type { Event, Recorded } from '#incident/event.ts';
import { idBytes, makeId } from '#incident/id.ts';
import { openLog } from '#log.ts';
import { composeClear } from '#mail/compose.ts';
import { type Office, reachAll } from '#office/office.ts';
import { commit } from '#office/outgoing.ts';
import type { World } from '#office/world.ts';
import { openRelay } from '#post/smtp.ts';
import { openPlace } from '#test/daemon/place.ts';
import { endAll, start, until } from '#test/daemon/process.ts';
import { emptyOnServer, serverUrl } from '#test/store/database.ts';
import { openMeasures, prose, say, seconds, tell, wished } from './measure.ts';

const copies = wished('BENCH_COPIES', 200);
const rounds = wished('BENCH_ROUNDS', 5);
const sizes = [
  ['10 kB', 10_000],
  ['1 MB', 1_000_000],
] as const;
const ids = Array.from({ length: copies }, (_, index) => `distributor-${index + 1}`);
const log = openLog({ level: 'silent' });

/** A relay in another process, and how many mails to the list it has taken. */
async function openSink() {
  const sink = start('bench/sink.ts', []);
  const port = () => Number(/^port (\d+)$/m.exec(sink.said())?.[1] ?? 0);
  await until('the sink listens', () => port() > 0);
  let taken = 0;
  sink.process.stdout?.on('data', (piece: Buffer) => {
    for (const byte of piece) if (byte === 10) taken += 1;
  });
  return { port: port(), taken: () => taken, close: () => sink.end('SIGTERM') };
}
type Sink = Awaited<ReturnType<typeof openSink>>;

/** As soon as so many more mails were taken. */
async function takenBy(sink: Sink, more: number, work: () => Promise<unknown>): Promise<number> {
  const before = sink.taken();
  return seconds(async () => {
    await work();
    await until(`${more} mails were taken`, () => sink.taken() >= before + more, 300_000, 2);
  });
}

async function plain(config: Config, sink: Sink, text: string): Promise<number> {
  const relay = openRelay(config.relay);
  const queue = new PQueue({ concurrency: config.relay.connections });
  const from = { address: team.address, name: team.name };
  const took = await takenBy(sink, copies, async () => {
    for (const id of ids) {
      queue.add(async () => {
        const to = `${id}@list.example.net`;
        const messageId = `${randomBytes(8).toString('hex')}@example.org`;
        const bytes = await composeClear({ from, to: [{ address: to, name: id }], subject: 'Notice', date: new Date(), messageId, text });
        const { outcome } = await relay.hand({ from: team.address, to, bytes });
        if (outcome !== 'accepted') throw new Error(`a plain copy was ${outcome}`);
      });
    }
    await queue.onIdle();
  });
  await relay.close();
  return took;
}

/** An incident with an approved notice, and the release that `/confirm` decides. */
async function notify(daemon: Daemon, office: Office, config: Config, sink: Sink, text: string): Promise<number> {
  const now = new Date();
  const world: World = { store: daemon.store, clock: () => new Date(), random: (bytes) => randomBytes(bytes), limits: config.limits, log };
  const id = makeId('SRC', world.random(idBytes));
  const reach = await reachAll(office, now);
  const base = { policy: office.policy, roster: office.roster, now, fingerprint: office.key.fingerprint, mayAcknowledge: false, reach };
  const decide = (events: (recorded: readonly Recorded[]) => readonly Event[], make = false) =>
    daemon.store.turn(async (turn) => {
      if (make) await turn.create({ id, team: office.name, kind: 'incident', openedAt: now });
      const subject = await turn.subject(id);
      if (subject?.kind !== 'incident') throw new Error('the incident is gone');
      await commit(turn, { subject, events: events(subject.recorded) }, base, office, world);
    });
  await decide(() => prepared(text), true);
  // The team's own copies of what was prepared leave first.
  await until('the preparation left', async () => (await daemon.store.outbox.waiting(new Date())).count === 0, 60_000);
  const released: Event = { type: 'notice-released', by: 'second', mark: 'abcdef01', distributors: ids, unreachable: [] };
  const before = sink.taken();
  await decide(() => [{ type: 'confirmed', by: 'second', action: { act: 'notify', mark: 'abcdef01' } }, released]);
  const began = performance.now();
  daemon.poke();
  await until(`${copies} notices were taken`, () => sink.taken() >= before + copies, 300_000, 2);
  const took = (performance.now() - began) / 1000;
  await until('all are marked', async () => (await daemon.store.outbox.waiting(new Date())).count === 0, 60_000);
  return took;
}

function prepared(text: string): Event[] {
  return [
    { type: 'reported', title: 'Path traversal in the archive importer', message: 'bench', proof: 'none' },
    { type: 'accepted', by: 'lead' },
    { type: 'lead-chosen', by: 'lead', lead: 'lead', how: 'named' },
    // Notes, as an incident of some days has them.
    ...Array.from({ length: 40 }, (_, index): Event => ({ type: 'noted', by: 'lead', text: prose(500, index) })),
    { type: 'drafted', by: 'lead', kind: 'notice', mark: 'abcdef01', own: true, subject: 'EMBARGOED: a flaw', text },
    { type: 'approved', by: 'second', kind: 'notice', mark: 'abcdef01' },
  ];
}

async function measureOn(name: string, config: Config, sink: Sink): Promise<void> {
  const daemon = await startDaemon(config, { clock: () => new Date(), random: (bytes) => randomBytes(bytes), log });
  try {
    const office = daemon.offices.get('security');
    if (!office) throw new Error('the place has no team');
    for (let round = 0; round <= rounds; round += 1) {
      for (const [size, bytes] of sizes) {
        say(`${name}: round ${round} of ${rounds}, ${size}`);
        const text = prose(bytes, round);
        const alone = await plain(config, sink, text);
        const sealed = await notify(daemon, office, config, sink, text);
        // The first round is for the compiler and for the signatures of the certificates.
        if (round === 0) continue;
        measures.add(`${name} ${size} plain`, alone);
        measures.add(`${name} ${size} sealed`, sealed);
      }
    }
  } finally {
    await daemon.stop();
  }
  for (const [size] of sizes) {
    const [alone, sealed] = [`${name} ${size} plain`, `${name} ${size} sealed`];
    tell(
      `${name}, ${size}: plain ${measures.of(alone).toFixed(2)} s (${measures.spread(alone)}), ` +
        `sealed ${measures.of(sealed).toFixed(2)} s (${measures.spread(sealed)}), ratio ${(measures.of(sealed) / measures.of(alone)).toFixed(1)}`,
    );
  }
}

const measures = openMeasures();
const sink = await openSink();
const place = await openPlace({ distributors: copies, smtpPort: sink.port });
try {
  tell(`a notice to ${copies} distributors, ${rounds} rounds, medians`);
  await measureOn('embedded', await place.config(), sink);
  if (serverUrl()) {
    const { url, end } = await emptyOnServer();
    await measureOn('PostgreSQL', { ...(await place.config()), databaseUrl: url }, sink);
    await end();
  }
} finally {
  await place.close();
  await sink.close();
  endAll();
}
