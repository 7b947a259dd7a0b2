// Daemons over one PostgreSQL: killed, doubled, and with the database away; every mail is taken once and answered once.
import { randomInt } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { Config } from '#config/read.ts';
import { openDatabase } from '#store/database.ts';
import { openStore, type Store } from '#store/store.ts';
import { openVault } from '#store/vault.ts';
import { openPlace, type Place, report } from '#test/daemon/place.ts';
import { endAll, type Running, start, startDaemonProcess, until } from '#test/daemon/process.ts';
import { expectOnceEach } from '#test/daemon/tally.ts';
import { layWay } from '#test/daemon/way.ts';
import { emptyOnServer, serverUrl } from '#test/store/database.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  endAll();
  for (const end of ends.splice(0).reverse()) await end();
});

interface Ground {
  readonly place: Place;
  readonly url: string;
  /** A daemon of its own process with short leases, by another way to the database or with another relay where one is given. */
  begin(by?: { readonly url?: string; readonly relay?: number }): Running;
  store(): Promise<Store>;
  /** Until the inbox is empty and every letter has left. */
  quiet(mails: number): Promise<void>;
}

async function ground(mails: number): Promise<Ground> {
  const { url, end } = await emptyOnServer();
  ends.push(end);
  const place = await openPlace();
  ends.push(() => place.close());
  for (let number = 1; number <= mails; number += 1) place.deliver(report(number, 500 + randomInt(8000)));
  return {
    place,
    url,
    begin: ({ url: way = url, relay = place.smtp.port } = {}) =>
      start('test/daemon/child.ts', [place.directory, String(relay)], { DATABASE_URL: way }),
    async store() {
      const config: Config = await place.config();
      const store = await openStore(await openDatabase({ url }), openVault({ keys: config.vaultKeys, mac: config.macKey }));
      ends.push(() => store.close());
      return store;
    },
    quiet: (count) =>
      until('everything is done and left', () => {
        const ids = new Set(place.left.map(({ messageId }) => messageId));
        return place.count('INBOX') === 0 && ids.size >= count * 4;
      }),
  };
}

describe.skipIf(!serverUrl())('daemons on PostgreSQL (skipped unless EMBARGOD_TEST_DATABASE_URL names a server)', () => {
  test('killed with SIGKILL four times in the middle of two hundred mails, the next one takes over and each is taken and answered once', async () => {
    const mails = 200;
    const { place, begin, store, quiet } = await ground(mails);
    const moments: string[] = [];
    for (let kill = 1; kill <= 4; kill += 1) {
      const daemon = begin();
      const enough = Math.min(mails - 10, kill * 35 + randomInt(25));
      await until(`${enough} mails are done`, () => place.count('Done') >= enough);
      await new Promise((resolve) => setTimeout(resolve, randomInt(40)));
      moments.push(`${place.count('Done')} done, ${place.left.length} letters`);
      expect(await daemon.end('SIGKILL')).toBe('SIGKILL');
    }
    const daemon = begin();
    await quiet(mails);
    expect(await daemon.end('SIGTERM'), daemon.said().slice(-1000)).toBe(0);
    await expectOnceEach(await store(), place, mails, moments.join('; '));
  });

  test('of two daemons one reads the mailbox, both send letters, and when the reader is killed the other takes its work over', async () => {
    const mails = 150;
    const { place, begin, store } = await ground(0);
    const another = await openPlace();
    ends.push(() => another.close());
    const two = [begin(), begin({ relay: another.smtp.port })];
    // Both are there before the mails: one alone could be done before the other has started.
    await until('both run', () => two.every(({ said }) => said().includes('embargod runs')));
    for (let number = 1; number <= mails; number += 1) place.deliver(report(number, 500 + randomInt(8000)));
    // The reader sends what it queues at once; the other one has its turn when the reader is gone, if not before.
    await until('letters leave', () => place.left.length + another.left.length > 20);
    const reads = ({ said }: Running) => said().includes('mailbox connected');
    expect(two.filter(reads)).toHaveLength(1);
    await two.find(reads)?.end('SIGKILL');
    const left = () => [...place.left, ...another.left];
    await until(
      'everything is done and left',
      () => place.count('INBOX') === 0 && new Set(left().map(({ messageId }) => messageId)).size >= mails * 4,
    );
    const other = two.find((one) => one.process.exitCode === null && one.process.signalCode === null);
    if (!other) throw new Error('the second daemon has ended');
    expect(Math.min(place.left.length, another.left.length)).toBeGreaterThan(0);
    expect(reads(other)).toBe(true);
    expect(await other.end('SIGTERM')).toBe(0);
    await expectOnceEach(await store(), { left: left(), count: place.count }, mails, 'two daemons');
  });

  test('a database that starts after the daemon, and stops and starts again in the middle, costs time and nothing else', async () => {
    const mails = 60;
    const { place, url, begin, store, quiet } = await ground(mails);
    const way = await layWay(url);
    const daemon = begin({ url: way.url });
    await until('it waits for the database', () => daemon.said().includes('the database is away'));
    await way.open();
    ends.push(way.shut);
    await until('it works', () => place.count('Done') >= 15);
    await way.shut();
    const before = place.count('Done');
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(place.count('Done')).toBeLessThanOrEqual(before + 2);
    await way.open();
    await quiet(mails);
    expect(await daemon.end('SIGTERM'), daemon.said().slice(-1000)).toBe(0);
    await expectOnceEach(await store(), place, mails, 'the database was away');
  });

  test('told to stop while it waits for a database it ends at once, and not as a failure', async () => {
    const { place, url } = await ground(0);
    const way = await layWay(url);
    const daemon = startDaemonProcess(place.directory, { DATABASE_URL: way.url });
    await until('it waits for the database', () => daemon.said().includes('the database is away'));
    const told = performance.now();
    expect(await daemon.end('SIGTERM'), daemon.said()).toBe(0);
    expect(performance.now() - told).toBeLessThan(3000);
  });
});
