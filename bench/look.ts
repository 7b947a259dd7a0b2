// How long a look at all incidents of a team takes, as /list, /stats and a new report have it: npm run bench:look
import { incidentOf } from '#incident/incident.ts';
import { everyIncident } from '#office/lately.ts';
import { openDatabase } from '#store/database.ts';
import { openStore, type Store } from '#store/store.ts';
import { onServer, serverUrl, testVault } from '#test/store/database.ts';
import { openMeasures, prose, say, seconds, tell, wished } from './measure.ts';

const incidents = wished('BENCH_INCIDENTS', 500);
const events = wished('BENCH_EVENTS', 20);
const rounds = wished('BENCH_ROUNDS', 5);
const office = { name: 'security' };

async function fill(store: Store): Promise<void> {
  const now = new Date();
  for (let number = 1; number <= incidents; number += 1) {
    const id = `SRC-${String(number).padStart(6, '0')}`;
    await store.turn(async (turn) => {
      await turn.create({ id, team: office.name, kind: 'incident', openedAt: now });
      const notes = Array.from({ length: events - 1 }, (_, index) => ({
        type: 'noted' as const,
        by: 'lead',
        text: prose(500, number + index),
      }));
      const reported = { type: 'reported' as const, title: `Finding ${number}`, message: 'bench', proof: 'none' as const };
      await turn.commit({ subject: { id, stage: 'reported' }, events: [reported, ...notes], letters: [], now });
    });
  }
}

/** As it was before: two questions for each incident. */
async function oneByOne(store: Store): Promise<void> {
  for (const { id } of await store.subjects.incidents(office.name, 'all')) {
    const subject = await store.subjects.peek(id);
    if (subject?.kind === 'incident') incidentOf(subject.id, subject.recorded);
  }
}

async function measureOn(name: string, store: Store): Promise<void> {
  await fill(store);
  const measures = openMeasures();
  for (let round = 0; round <= rounds; round += 1) {
    say(`${name}: round ${round} of ${rounds}`);
    measures.add('one by one', await seconds(() => oneByOne(store)));
    // What is known is known of a store: another value is another store.
    const world = { store: { ...store } };
    measures.add('first look', await seconds(() => everyIncident(store.subjects, office, world)));
    measures.add('next look', await seconds(() => everyIncident(store.subjects, office, world)));
    // The first round is for the compiler.
    if (round === 0) measures.forget();
  }
  for (const what of ['one by one', 'first look', 'next look'])
    tell(`${name}, ${what.padEnd(10)} ${measures.of(what).toFixed(3)} s (${measures.spread(what)})`);
}

tell(`${incidents} incidents of ${events} events, ${rounds} rounds, medians`);
const embedded = await openStore(await openDatabase({ memory: true }), testVault());
await measureOn('embedded', embedded);
await embedded.close();
if (serverUrl()) {
  const ground = await onServer();
  await measureOn('PostgreSQL', await openStore(ground.database, testVault()));
  await ground.end();
}
