// A daemon among peers that fail: every mail is still taken once and every letter still leaves.
import { randomBytes } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { withStore } from '#cli/open-store.ts';
import { type Daemon, startDaemon } from '#daemon/daemon.ts';
import { openLog } from '#log.ts';
import { nextDaily } from '#team/calendar.ts';
import { hurried, openPlace, type Place, report } from '#test/daemon/place.ts';
import { endAll, startDaemonProcess, until } from '#test/daemon/process.ts';
import { expectOnceEach, idsByRecipient } from '#test/daemon/tally.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  endAll();
  for (const end of ends.splice(0).reverse()) await end();
});

async function place(): Promise<Place> {
  const opened = await openPlace();
  ends.push(() => opened.close());
  return opened;
}

/** A daemon in this process with a clock that can be moved ahead of the real one. */
async function daemonOf(
  here: Place,
): Promise<{ daemon: Daemon; now(): Date; pass(ms: number): void; quiet(mails: number, letters: number): Promise<void> }> {
  let ahead = 0;
  const clock = () => new Date(Date.now() + ahead);
  const hands = { clock, random: (bytes: number) => randomBytes(bytes), log: openLog({ level: 'silent' }) };
  const daemon = await startDaemon(hurried(await here.config()), hands);
  ends.push(() => daemon.stop());
  return {
    daemon,
    now: clock,
    pass(ms) {
      ahead += ms;
      daemon.poke();
    },
    async quiet(mails, letters) {
      await until(`${mails} mails are done`, () => here.count('Done') === mails && here.count('INBOX') === 0);
      await until(
        `${letters} letters left`,
        async () => here.left.length >= letters && (await daemon.store.outbox.waiting(clock())).count === 0,
      );
    },
  };
}

test('a mailbox whose connection is cut at every twelfth command loses no mail and takes none twice', async () => {
  const here = await place();
  const mails = 40;
  let commands = 0;
  let cuts = 0;
  here.imap.faults.command = ({ name }) => {
    commands += 1;
    if (name === 'LOGIN' || name === 'AUTHENTICATE' || commands % 12 > 0) return undefined;
    cuts += 1;
    return { drop: cuts % 2 === 0 ? 'before' : 'after' };
  };
  for (let number = 1; number <= mails; number += 1) here.deliver(report(number));
  const { daemon, quiet } = await daemonOf(here);
  await until('some cuts', () => cuts >= 5);
  here.imap.faults.command = undefined;
  await quiet(mails, mails * 4);
  await expectOnceEach(daemon.store, here, mails, `${cuts} cuts`);
});

test('a relay that answers 451 for a while, or is gone after it took the letter, gets every letter in the end under its one Message-ID', async () => {
  const here = await place();
  here.smtp.faults.refuse('reporter-1@example.net', 451, '4.7.1 greylisted');
  here.smtp.faults.refuse('reporter-2@example.net', 451, '4.3.0 try later', 'DATA');
  here.smtp.faults.drop('reporter-3@example.net', 'after');
  for (let number = 1; number <= 4; number += 1) here.deliver(report(number));
  const { daemon, pass, quiet } = await daemonOf(here);
  await quiet(4, 14);
  const of = (number: number) => here.left.filter(({ to }) => to === `reporter-${number}@example.net`).length;
  expect([of(1), of(2), of(3), of(4)]).toEqual([0, 0, 1, 1]);
  pass(2 * minute);
  await until('they were tried again', async () => (await daemon.store.outbox.waiting(new Date(Date.now() + 2 * minute))).count === 0);
  here.smtp.faults.clear();
  pass(10 * minute);
  await until('everybody has their letter', () => of(1) === 1 && of(2) === 1 && of(3) >= 2);
  await expectOnceEach(daemon.store, here, 4, 'after 451');
});

test('told to stop in the middle of its work it stops within seconds, and nothing is lost or sent twice', async () => {
  const here = await place();
  const mails = 150;
  for (let number = 1; number <= mails; number += 1) here.deliver(report(number));
  const first = startDaemonProcess(here.directory);
  await until('it works', () => here.count('Done') >= 10);
  const told = performance.now();
  expect(await first.end('SIGTERM'), first.said()).toBe(0);
  expect(performance.now() - told).toBeLessThan(5000);
  expect(here.count('INBOX')).toBeGreaterThan(0);
  const { daemon, quiet } = await daemonOf(here);
  await quiet(mails, mails * 4);
  await expectOnceEach(daemon.store, here, mails, 'after SIGTERM');
  expect(here.left).toHaveLength(mails * 4);
});

test('a clock that jumps a week ahead rings each deadline once, in the next mail of the day, and mail goes in and out as before', async () => {
  const here = await place();
  here.deliver(report(1));
  const { daemon, now, pass, quiet } = await daemonOf(here);
  await quiet(1, 4);
  pass(7 * day);
  await until('what rings by itself left', () => here.left.length > 4);
  const policy = daemon.offices.get('security')?.policy;
  if (!policy) throw new Error('the team is not there');
  pass(nextDaily(now(), policy).getTime() - now().getTime() + minute);
  here.deliver(report(2));
  await until('the second mail is done', () => here.count('Done') === 2);
  await until('its acknowledgement left', () => idsByRecipient(here.left).has('reporter-2@example.net'));
  const [first] = await daemon.store.subjects.incidents('security', 'all');
  const heard = async () => {
    const subject = await daemon.store.subjects.peek(first?.id ?? '');
    return subject?.recorded.flatMap(({ event }) => (event.type === 'reminded' ? [event.deadline] : [])) ?? [];
  };
  await until('the reminders stand in the journal', async () => (await heard()).length > 0);
  const reminded = await heard();
  expect(new Set(reminded).size).toBe(reminded.length);
});

test('a second process on the same data folder is turned away while the first one works', async () => {
  const here = await place();
  const { daemon } = await daemonOf(here);
  const second = startDaemonProcess(here.directory);
  expect(await second.ended).toBe(1);
  expect(second.said()).toMatch(/in use by process/);
  await daemon.store.ping();
  await expect(withStore(await here.config(), async () => undefined)).rejects.toThrow(/in use/);
});
