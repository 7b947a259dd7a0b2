// What the journal promises: nobody changes the past unseen, not even who owns the database.
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Store } from '#store/store.ts';
import { type Ground, type Grounds, testVault } from '#test/store/database.ts';
import { anIncident, noted, now } from '#test/store/suite/fixture.ts';

export function journalSuite(grounds: Grounds): void {
  let ground: Ground;
  let store: Store;

  beforeAll(async () => {
    ground = await grounds();
    store = await openStore(ground.database, testVault());
  });
  afterAll(() => ground?.end());

  const query = (what: SQL) => ground.database.run((db) => db.execute(what));
  const events = [noted('one'), noted('two'), noted('three')];

  const brokenAt = async (id: string): Promise<string | undefined> => {
    for await (const { subject, broken } of store.journal.audit()) if (subject === id) return broken ?? 'whole';
    return undefined;
  };

  test('a journal as the turns wrote it is whole, and is exported as it was told', async () => {
    const id = await anIncident(store, { events, team: 'exported' });
    const empty = await anIncident(store, { events: [] });
    expect(await brokenAt(id)).toBe('whole');
    expect(await brokenAt(empty)).toBe('whole');
    const told = [];
    for await (const entry of store.journal.export('exported')) told.push(entry);
    expect(told.map(({ subject, number, event, at }) => ({ subject, number, event, at }))).toEqual(
      events.map((event, index) => ({ subject: id, number: index + 1, event, at: now })),
    );
  });

  test('a journal longer than one reading is checked to its end', async () => {
    const id = await anIncident(store, { events: Array.from({ length: 450 }, (_, index) => noted(`note ${index}`)) });
    expect(await brokenAt(id)).toBe('whole');
  });

  test.each([
    ['update', sql`update event set type = 'taken'`],
    ['delete', sql`delete from event`],
    ['truncate', sql`truncate event`],
    ['truncate by way of the subjects', sql`truncate subject cascade`],
  ])('%s of events is refused by the database', async (_, statement) => {
    await anIncident(store, { events });
    await expect(query(statement)).rejects.toThrow(/append-only/);
  });

  describe('tampering by somebody who owns the database', () => {
    const past = async (statement: SQL) => {
      await query(sql`alter table event disable trigger event_append_only`);
      await query(statement);
      await query(sql`alter table event enable trigger event_append_only`);
    };

    test.each<[string, (id: string) => SQL, RegExp]>([
      [
        'another payload',
        (id) => sql`update event set payload = payload || '\\x00' where subject = ${id} and number = 2`,
        /\/2 was changed/,
      ],
      ['another moment', (id) => sql`update event set at = at + interval '1 ms' where subject = ${id} and number = 3`, /\/3 was changed/],
      ['another type', (id) => sql`update event set type = 'taken' where subject = ${id} and number = 1`, /\/1 was changed/],
      ['an event taken out', (id) => sql`delete from event where subject = ${id} and number = 2`, /\/2 is missing/],
      ['the end cut off', (id) => sql`delete from event where subject = ${id} and number = 3`, /counts 3 events, its journal has 2/],
      ['a head of its own', (id) => sql`update subject set head = '\\x00' where id = ${id}`, /head of/],
      [
        'a count of its own',
        (id) => sql`update subject set events = 2, head = (select hash from event where subject = ${id} and number = 2) where id = ${id}`,
        /\/3 lies beyond/,
      ],
      ['a hash of its own', (id) => sql`update event set hash = '\\x00' where subject = ${id} and number = 1`, /\/1 was changed/],
    ])('%s is found, at its place', async (_, statement, where) => {
      const id = await anIncident(store, { events });
      const untouched = await anIncident(store, { events });
      await past(statement(id));
      expect(await brokenAt(id)).toMatch(where);
      expect(await brokenAt(id)).toContain(id);
      expect(await brokenAt(untouched)).toBe('whole');
    });

    test('a sealed event copied into another incident does not open', async () => {
      const [from, to] = [await anIncident(store, { events }), await anIncident(store, { events })];
      await past(
        sql`update event set payload = (select payload from event where subject = ${from} and number = 1) where subject = ${to} and number = 1`,
      );
      await expect(store.subjects.peek(to)).rejects.toThrow(new RegExp(`cannot open event/${to}/1/payload`));
      expect(await brokenAt(to)).toMatch(/was changed/);
    });
  });
}
