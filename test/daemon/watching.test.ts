// The watch over deadlines at real speed: it sleeps while nothing is due, and is awake when something is.
import { afterEach, expect, test } from 'vitest';
import { openMetrics } from '#daemon/metrics.ts';
import { mindDeadlines } from '#daemon/watching.ts';
import { openTown, type Town } from '#test/town.ts';

let town: Town;
afterEach(() => town.close());

const rest = (ms: number) => new Promise((resume) => setTimeout(resume, ms));

test('the watch asks once a second at most while nothing is due, and rings as soon as it is told that time has passed', async () => {
  town = await openTown();
  await town.writes('reporter', { subject: 'a finding', text: 'a finding' });
  await town.post();
  const stopping = new AbortController();
  const asked: number[] = [];
  const { deadlines } = town.store;
  const due = deadlines.due;
  let asleep = false;
  const watched: typeof deadlines = {
    ...deadlines,
    due: async (wanted) => {
      if (!asleep) asked.push(Date.now());
      return asleep ? [] : due(wanted);
    },
  };
  const world = { ...town.world, store: { ...town.store, deadlines: watched } };
  let letters = 0;
  const watch = mindDeadlines(
    {
      ...{ world, metrics: openMetrics(), holder: 'test', signal: stopping.signal },
      offices: new Map([[town.office.name, town.office]]),
      leases: { work: 60_000, letter: 60_000 },
    },
    () => {
      letters += 1;
    },
  );
  try {
    await rest(3200);
    expect(letters).toBe(0);
    expect(asked.length).toBeGreaterThanOrEqual(3);
    expect(asked.length).toBeLessThanOrEqual(5);
    asleep = true;
    deadlines.due = async () => [];
    await town.pass('73h', '73h');
    asleep = false;
    watch.poke();
    await rest(800);
    expect(letters).toBeGreaterThan(0);
    expect((await town.post()).map(({ kind }) => kind)).toContain('reminder');
  } finally {
    stopping.abort();
    await watch.ended;
  }
});
