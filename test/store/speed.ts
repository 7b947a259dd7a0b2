// How many turns and letters the store manages: node --conditions=source --import tsx test/store/speed.ts [turns]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '#store/database.ts';
import { openStore, type Store } from '#store/store.ts';
import { onServer, serverUrl, testVault } from '#test/store/database.ts';
import { aMail, anId, later, noted, now, queued } from '#test/store/suite/fixture.ts';

const turns = Number(process.argv[2] ?? 1000);
const raw = Buffer.alloc(10_000, 'mail ');

async function perSecond(what: string, count: number, work: () => Promise<void>): Promise<void> {
  const start = process.hrtime.bigint();
  await work();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  process.stdout.write(`${what}: ${Math.round(count / seconds)}/s (${count} in ${seconds.toFixed(2)} s)\n`);
}

/** A mail of 10 kB becomes an incident: duplicate and replay asked, subject made, two events, a deadline, a letter. */
async function take(store: Store): Promise<void> {
  const id = anId();
  const message = aMail({ subject: id, raw, signature: id });
  await store.turn(async (turn) => {
    if ((await turn.seen(message)) || (await turn.signatureSeen(id))) return;
    await turn.cited('src', ['one@example.net', 'two@example.net']);
    await turn.create({ id, team: 'src', kind: 'incident', openedAt: now });
    const deadlines = [{ key: 'triage', dueAt: later(60) }];
    await turn.commit({
      message,
      subject: { id, stage: 'reported' },
      events: [noted('one'), noted('two')],
      letters: [queued()],
      deadlines,
      now,
    });
  });
}

async function post(store: Store): Promise<void> {
  for (;;) {
    const letters = await store.outbox.lease({ now, holder: 'speed', most: 10, until: later(60) });
    if (letters.length === 0) return;
    for (const { id, fence } of letters) await store.outbox.sent(id, fence, now, '250 2.0.0 Ok: queued');
  }
}

async function measure(name: string, store: Store): Promise<void> {
  for (let warm = 0; warm < 50; warm += 1) await take(store);
  await perSecond(`${name}, turns one by one`, turns, async () => {
    for (let done = 0; done < turns; done += 1) await take(store);
  });
  await perSecond(`${name}, turns four at a time`, turns, async () => {
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        for (let done = 0; done < turns / 4; done += 1) await take(store);
      }),
    );
  });
  await perSecond(`${name}, letters leased and marked by one holder`, 2 * turns + 50, () => post(store));
}

const directory = mkdtempSync(join(tmpdir(), 'embargod-speed-'));
const embedded = await openStore(await openDatabase({ directory }), testVault());
await measure('embedded on disk', embedded);
await embedded.close();
rmSync(directory, { recursive: true });

if (serverUrl()) {
  const ground = await onServer();
  await measure('PostgreSQL', await openStore(ground.database, testVault()));
  await ground.end();
}
