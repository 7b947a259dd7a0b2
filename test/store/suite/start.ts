// What holds at start and at rest: tables come once, wrong keys are found, and a dump tells nothing.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, migrations } from '#store/migrate.ts';
import { rowsOf } from '#store/query.ts';
import { openStore } from '#store/store.ts';
import { openVault } from '#store/vault.ts';
import { type Ground, type Grounds, testVault } from '#test/store/database.ts';
import { aLetter, aMail, anIncident, later, noted, now, queued } from '#test/store/suite/fixture.ts';

const tables = ['deadline', 'event', 'lease', 'letter', 'message', 'setting', 'signature', 'subject'] as const;
const key = (id: string, of = id) => ({ id, key: Buffer.alloc(32, of) });
const mac = Buffer.alloc(32, 'not a secret');

export function startSuite(grounds: Grounds): void {
  let ground: Ground;
  beforeAll(async () => {
    ground = await grounds();
  });
  afterAll(() => ground?.end());

  test('wrong keys are found at start, with the name of the key and what to do, and leave no trace', async () => {
    await openStore(ground.database, testVault());
    const open = (...ids: ReturnType<typeof key>[]) => openStore(ground.database, openVault({ keys: ids, mac }));
    await expect(open(key('test-1', 'wrong'))).rejects.toThrow(
      /vault key "test-1" is missing or is not the one.*give the service the keys/,
    );
    await expect(open(key('test-2'))).rejects.toThrow(/vault key "test-1" is missing/);
    const otherMac = openVault({ keys: [key('test-1')], mac: Buffer.alloc(32, 'other') });
    await expect(openStore(ground.database, otherMac)).rejects.toThrow(/look-ups/);
    await open(key('test-1'));
  });

  test('a new key seals while the old one still opens; without the old one the store does not start', async () => {
    const old = await openStore(ground.database, testVault());
    const id = await anIncident(old, { events: [noted('sealed with the old key')] });
    const both = await openStore(ground.database, openVault({ keys: [key('test-2'), key('test-1')], mac }));
    expect((await both.subjects.peek(id))?.recorded[0]?.event).toEqual(noted('sealed with the old key'));
    await expect(openStore(ground.database, openVault({ keys: [key('test-2')], mac }))).rejects.toThrow(/"test-1" is missing/);
    await expect(openStore(ground.database, testVault())).rejects.toThrow(/"test-2" is missing/);
  });

  test('leak by dump: no column of any table holds a word of a mail, an event, a letter or an address', async () => {
    const store = await openStore(ground.database, openVault({ keys: [key('test-2'), key('test-1')], mac }));
    const marker = 'xyzzy-marker';
    const person = { address: `${marker}@example.net`, name: marker };
    const letter = aLetter({ facts: { title: marker }, to: { who: 'reporter', ...person } });
    const id = await anIncident(store, {
      events: [{ type: 'reported', reporter: person, title: marker, message: 'm', proof: 'none' }],
      letters: [queued({ letter })],
      deadlines: [{ key: 'triage', dueAt: now }],
    });
    const mail = {
      raw: Buffer.from(marker),
      inner: Buffer.from(marker),
      note: { [marker]: marker },
      fingerprint: marker,
      signature: marker,
    };
    const message = aMail({ ...mail, messageId: `${marker}@example.net`, sender: person.address, subject: id });
    await store.turn((turn) => turn.commit({ message, events: [], letters: [], now }));
    for (const { id: leased, fence } of await store.outbox.lease({ now, holder: 'one', most: 9, until: later(9) })) {
      await store.outbox.failed(leased, fence, now, `550 ${marker}`);
    }
    const encodings = [marker, Buffer.from(marker).toString('hex'), Buffer.from(marker).toString('base64').replace(/.=*$/, '')];
    let seen = 0;
    for (const table of tables) {
      const rows = await ground.database.run((db) => rowsOf(db, sql`select to_jsonb(t)::text as whole from ${sql.identifier(table)} t`));
      for (const { whole } of rows) {
        seen += 1;
        for (const encoded of encodings) expect(String(whole)).not.toContain(encoded);
      }
    }
    expect(seen).toBeGreaterThan(6);
    if (ground.database.kind === 'postgres') return;
    const files = Buffer.from(await (await ground.database.dump()).arrayBuffer());
    expect(files.includes('report-to-team')).toBe(true);
    for (const encoded of encodings) expect(files.includes(encoded)).toBe(false);
  });

  test('a sealed value moved to another row, or to another column, does not open', async () => {
    const store = await openStore(ground.database, openVault({ keys: [key('test-2'), key('test-1')], mac }));
    const [one, two] = [aMail({ inner: Buffer.from('inner') }), aMail()];
    await store.turn((turn) => turn.commit({ message: one, events: [], letters: [], now }));
    await store.turn((turn) => turn.commit({ message: two, events: [], letters: [], now }));
    await ground.database.run((db) =>
      db.execute(sql`update message set raw = (select raw from message where id = ${one.id}) where id = ${two.id}`),
    );
    await ground.database.run((db) => db.execute(sql`update message set raw = "inner" where id = ${one.id}`));
    await expect(store.messages.message(two.id)).rejects.toThrow(`cannot open message/${two.id}/raw`);
    await expect(store.messages.message(one.id)).rejects.toThrow(`cannot open message/${one.id}/raw`);
  });

  test('steps that are applied are not applied again, and tables of a newer version are refused', async () => {
    const { run } = ground.database;
    await Promise.all(Array.from({ length: 10 }, () => migrate(ground.database)));
    const rows = await run((db) => rowsOf(db, sql`select name from migration order by name`));
    expect(rows.map(({ name }) => name)).toEqual(migrations().map(({ name }) => name));
    await expect(migrate(ground.database, migrations().slice(0, 1))).rejects.toThrow(/newer version \(step 0001_/);
  });
}
