// What daemons share out among themselves: deadlines that have come, and what only one may do at a time.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Store } from '#store/store.ts';
import { type Ground, type Grounds, testVault } from '#test/store/database.ts';
import { anIncident, later, next, now } from '#test/store/suite/fixture.ts';

export function sharedSuite(grounds: Grounds): void {
  let ground: Ground;
  let store: Store;
  let other: Store;

  beforeAll(async () => {
    ground = await grounds();
    store = await openStore(ground.database, testVault());
    other = await openStore(await ground.another(), testVault());
  });
  afterAll(() => ground?.end());

  const derive = (id: string, deadlines: readonly { key: string; dueAt: Date }[]) =>
    store.turn(async (turn) => {
      await turn.subject(id);
      await turn.commit({ subject: { id, stage: 'reported' }, events: [], letters: [], deadlines, now });
    });

  describe('deadlines', () => {
    const due = (of: Store, at: Date, most = 100) => of.deadlines.due({ now: at, most, until: new Date(at.getTime() + 60_000) });

    test('come the oldest first, to one daemon, and again when it died over them', async () => {
      const id = await anIncident(store, {
        deadlines: [
          { key: 'plan', dueAt: later(-10) },
          { key: 'triage', dueAt: later(-20) },
          { key: 'quiet', dueAt: later(500) },
        ],
      });
      expect(await store.deadlines.nextDue()).toEqual(later(-20));
      const asked = await Promise.all([due(store, now, 1), due(other, now, 1), due(store, now, 1), due(other, now, 1)]);
      expect(
        asked
          .flat()
          .map(({ key }) => key)
          .sort(),
      ).toEqual(['plan', 'triage']);
      expect(await store.deadlines.nextDue()).toEqual(later(60));
      expect((await due(other, later(60))).map(({ key }) => key)).toEqual(['triage', 'plan']);
      await derive(id, []);
      expect(await store.deadlines.of(id)).toEqual([]);
      expect(await store.deadlines.nextDue()).toBeUndefined();
    });

    test('those that others look after stay as they are when the rest is replaced', async () => {
      const id = await anIncident(store, {
        deadlines: [
          { key: 'theirs', dueAt: later(5000) },
          { key: 'gone', dueAt: later(5000) },
        ],
      });
      await store.turn(async (turn) => {
        await turn.subject(id);
        const deadlines = [{ key: 'ours', dueAt: later(6000) }];
        await turn.commit({
          subject: { id, stage: 'reported' },
          events: [],
          letters: [],
          deadlines,
          besides: ['theirs', 'never there'],
          now,
        });
      });
      expect((await store.deadlines.of(id)).map(({ key }) => key)).toEqual(['theirs', 'ours']);
      await derive(id, []);
    });

    test('are replaced as a whole: one that moved comes anew, one that stayed does not come twice at once', async () => {
      const id = await anIncident(store, {
        deadlines: [
          { key: 'gone', dueAt: later(-3) },
          { key: 'moved', dueAt: later(-2) },
          { key: 'stays', dueAt: later(-1) },
        ],
      });
      expect(await due(store, now)).toHaveLength(3);
      await derive(id, [
        { key: 'moved', dueAt: later(-5) },
        { key: 'stays', dueAt: later(-1) },
      ]);
      expect((await due(store, now)).map(({ key }) => key)).toEqual(['moved']);
      await derive(id, []);
    });
  });

  describe('leases', () => {
    test('of many that ask at once one gets it; others get it when its time has passed, with a greater fence', async () => {
      const name = `mailbox-${next()}`;
      const asked = await Promise.all(
        Array.from({ length: 10 }, (_, index) => (index % 2 ? store : other).leases.hold(name, `d${index}`, now, later(30))),
      );
      const [first] = asked.filter((held) => held !== undefined);
      expect(asked.filter((held) => held !== undefined)).toHaveLength(1);
      expect(await other.leases.hold(name, 'late', later(29), later(60))).toBeUndefined();
      const second = await other.leases.hold(name, 'late', later(30), later(60));
      expect(second?.fence).toBeGreaterThan(first?.fence ?? Number.NaN);
    });

    test('are renewed and released by whoever holds them, and by nobody whose time has passed', async () => {
      const name = `mailbox-${next()}`;
      const held = await store.leases.hold(name, 'one', now, later(30));
      const fence = held?.fence ?? Number.NaN;
      expect(await store.leases.renew(name, fence, later(20), later(50))).toBe(true);
      expect(await other.leases.hold(name, 'two', later(40), later(70))).toBeUndefined();
      expect(await store.leases.renew(name, fence, later(50), later(80))).toBe(false);
      const taken = await other.leases.hold(name, 'two', later(50), later(80));
      expect(await store.leases.release(name, fence, later(51))).toBe(false);
      expect(await store.leases.renew(name, fence, later(51), later(99))).toBe(false);
      expect(await other.leases.release(name, taken?.fence ?? Number.NaN, later(51))).toBe(true);
      expect((await store.leases.hold(name, 'one', later(51), later(60)))?.fence).toBeGreaterThan(taken?.fence ?? Number.NaN);
    });
  });
}
