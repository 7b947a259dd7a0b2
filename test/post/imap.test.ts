// The mailbox against a server in order, and its ways to log in.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Unavailable } from '#fault.ts';
import { tryMailbox } from '#post/imap.ts';
import { foreignTls, localTls } from '#test/post/certificates.ts';
import { type Bench, bench, clear, deliver, inFolder, open, read, replace, settings, subjectOf, until, user } from '#test/post/mailbox.ts';

let on: Bench;
beforeEach(async () => {
  on = await bench();
});
afterEach(() => clear(on));

describe('a server in order', () => {
  test('mails come oldest first and are filed', async () => {
    deliver(on, 'one', 'two', 'three');
    const mails = await read(
      on,
      open(on),
      3,
      ({ place, bytes }) => (subjectOf({ bytes }) === 'two' ? on.box?.shunt(place) : on.box?.done(place)) ?? Promise.reject(),
    );
    expect(mails.map(subjectOf)).toEqual(['one', 'two', 'three']);
    expect(mails[0]).toMatchObject({ place: { mailbox: 'INBOX', uid: 1 }, size: 40 });
    expect([inFolder(on, 'INBOX'), inFolder(on, 'Work/Done'), inFolder(on, 'Work/Shunted')]).toEqual([[], ['one', 'three'], ['two']]);
    expect(on.box?.state).toMatchObject({ connected: true });
  });

  test('a mail that arrives is pushed', async () => {
    const reading = read(on, open(on), 1);
    await until(() => on.connects === 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    deliver(on, 'late');
    const before = performance.now();
    expect((await reading).map(subjectOf)).toEqual(['late']);
    // Long before the silence of the server ends the connection (5 s), or the inbox is looked at by itself (60 s).
    expect(performance.now() - before).toBeLessThan(4000);
  });

  test('a mail above the limit is handed out without its bytes', async () => {
    on.server.deliver(user, Buffer.alloc(10_001, 'x'));
    on.server.deliver(user, Buffer.alloc(10_000, 'x'));
    const mails = await read(on, open(on), 2);
    expect(mails.map(({ size, bytes }) => [size, bytes?.length])).toEqual([
      [10_001, undefined],
      [10_000, 10_000],
    ]);
  });

  test('a mail that is not filed comes again after growing pauses', async () => {
    deliver(on, 'one');
    const at: number[] = [];
    await read(on, open(on), 4, async () => void at.push(performance.now()));
    const pauses = at.slice(1).map((moment, index) => moment - (at[index] ?? 0));
    expect(pauses[0]).toBeGreaterThan(45);
    expect(pauses[1]).toBeGreaterThan(95);
    expect(pauses[2]).toBeGreaterThan(195);
  });

  test('a mail that is not filed does not hold up the others', async () => {
    deliver(on, 'bad', 'good');
    const seen = (
      await read(on, open(on), 3, ({ place, bytes }) =>
        subjectOf({ bytes }) === 'bad' ? Promise.resolve() : (on.box?.done(place) ?? Promise.reject()),
      )
    ).map(subjectOf);
    expect(seen).toEqual(['bad', 'good', 'bad']);
  });

  test('many mails are filed with few commands when nobody waits for each', async () => {
    deliver(on, ...Array.from({ length: 100 }, (_, at) => `${at}`));
    let moves = 0;
    on.server.faults.command = ({ name }) => {
      if (name === 'UID MOVE') moves += 1;
      return undefined;
    };
    const filing: Promise<void>[] = [];
    const from = open(on);
    await read(on, from, 100, async ({ place }) => void filing.push(from.done(place)));
    await Promise.all(filing);
    expect(inFolder(on, 'Work/Done')).toHaveLength(100);
    expect(moves).toBeLessThan(10);
  });

  test('what somebody flagged as deleted or moved away is left alone', async () => {
    deliver(on, 'one', 'two');
    const from = open(on);
    const [one] = await read(on, from, 1, async () => {});
    if (!one) throw new Error('no mail');
    await from.done(one.place);
    await from.done(one.place);
    expect(inFolder(on, 'Work/Done')).toEqual(['one']);
  });

  test('the signal ends the waiting and closing ends the rest', async () => {
    const reading = read(on, open(on), 1);
    await until(() => on.connects === 1);
    on.stop.abort();
    expect(await reading).toEqual([]);
    await on.box?.close();
    expect(on.box?.state).toEqual({ connected: false });
    await expect(on.box?.done({ mailbox: 'INBOX', uidValidity: '1', uid: 1 })).rejects.toThrow(Unavailable);
    expect(on.troubles).toEqual([]);
  });
});

describe('logging in', () => {
  test('with a token, asked for anew at each connect', async () => {
    let asked = 0;
    await replace(on, { token: (_, token) => token === `token ${asked}` });
    const accessToken = async () => {
      asked += 1;
      return `token ${asked}`;
    };
    deliver(on, 'one', 'two');
    const from = open(on, { auth: { accessToken } });
    await read(on, from, 1);
    on.server.faults.dropAll();
    await read(on, from, 1);
    expect(asked).toBe(2);
  });

  test('with STARTTLS and with TLS', async () => {
    await replace(on, { tls: localTls });
    expect(await tryMailbox(settings(on, { tls: 'starttls', ca: localTls.cert, done: 'Archive', shunted: 'Junk' }))).toEqual([]);
    expect(await tryMailbox(settings(on, { tls: 'starttls', ca: foreignTls.cert }))).toEqual([
      expect.stringMatching(/certificate of .* is not trusted/),
    ]);
    expect(await tryMailbox(settings(on, { tls: 'implicit', ca: localTls.cert }))).toEqual([expect.stringMatching(/does not speak TLS/)]);
    await replace(on, { tls: { ...localTls, implicit: true } });
    expect(await tryMailbox(settings(on, { tls: 'implicit', ca: localTls.cert, done: 'Archive', shunted: 'Junk' }))).toEqual([]);
    expect(await tryMailbox(settings(on, { tls: 'implicit', ca: foreignTls.cert }))).toEqual([
      expect.stringMatching(/certificate of .* is not trusted/),
    ]);
  });

  test('is tried: what is missing is said', async () => {
    for (const name of ['MOVE', 'UIDPLUS', 'IDLE']) on.server.faults.without.add(name);
    const said = await tryMailbox(settings(on, { inbox: 'Reports' }));
    expect(said).toEqual([
      expect.stringMatching(/has no folder Reports/),
      expect.stringMatching(/the folder Work\/Done is missing .* would be created/),
      expect.stringMatching(/the folder Work\/Shunted is missing/),
      expect.stringMatching(/no MOVE/),
      expect.stringMatching(/no UIDPLUS/),
      expect.stringMatching(/does not push/),
    ]);
    expect(on.server.mailbox(user, 'Work/Done')).toEqual([]);
    expect(await tryMailbox(settings(on, { tls: 'starttls' }))).toEqual([expect.stringMatching(/STARTTLS/)]);
    expect(await tryMailbox(settings(on, { auth: { password: 'hunter2' } }))).toEqual([expect.stringMatching(/refuses the login/)]);
    expect(await tryMailbox(settings(on, { port: 1 }))).toEqual(['nothing listens at 127.0.0.1:1']);
  });
});
