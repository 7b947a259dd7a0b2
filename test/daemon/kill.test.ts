// A daemon that is killed again and again in the middle of its work: nothing is lost and nothing happens twice.
import { randomInt } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { withStore } from '#cli/open-store.ts';
import { openPlace, type Place, report } from '#test/daemon/place.ts';
import { endAll, startDaemonProcess, until } from '#test/daemon/process.ts';
import { expectOnceEach } from '#test/daemon/tally.ts';

let place: Place | undefined;
afterEach(async () => {
  endAll();
  await place?.close();
  place = undefined;
});

test('killed with SIGKILL in the middle of two hundred mails, five times over, it takes each exactly once and answers each exactly once', async () => {
  const here = await openPlace();
  place = here;
  const mails = 200;
  for (let number = 1; number <= mails; number += 1) here.deliver(report(number, 500 + randomInt(8000)));
  const moments: string[] = [];
  for (let kill = 1; kill <= 5; kill += 1) {
    const daemon = startDaemonProcess(here.directory);
    const enough = Math.min(mails - 10, kill * 30 + randomInt(25));
    await until(`${enough} mails are done:\n${daemon.said().slice(-2000)}`, () => here.count('Done') >= enough);
    await new Promise((resolve) => setTimeout(resolve, randomInt(40)));
    moments.push(`${here.count('Done')} done, ${here.left.length} letters`);
    expect(await daemon.end('SIGKILL')).toBe('SIGKILL');
  }
  const daemon = startDaemonProcess(here.directory);
  await until(
    `everything left, killed at ${moments.join('; ')}`,
    () => here.count('INBOX') === 0 && new Set(here.left.map(({ messageId }) => messageId)).size >= mails * 4,
    60_000,
  );
  expect(await daemon.end('SIGTERM')).toBe(0);
  await withStore(await here.config(), (store) => expectOnceEach(store, here, mails, moments.join('; ')));
});
