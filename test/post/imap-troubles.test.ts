// The mailbox against servers with troubles or without extensions: nothing is lost, nothing spins, everything comes back.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Unavailable } from '#fault.ts';
import { type Bench, bench, clear, deliver, inFolder, open, read, replace, subjectOf, until, user } from '#test/post/mailbox.ts';

let on: Bench;
beforeEach(async () => {
  on = await bench();
});
afterEach(() => clear(on));

describe('a server with troubles', () => {
  test('a lost connection is opened again and the mail that waits comes', async () => {
    const reading = read(on, open(on), 1);
    await until(() => on.connects === 1);
    on.server.faults.dropAll();
    await until(() => on.troubles.length === 1);
    deliver(on, 'late');
    expect((await reading).map(subjectOf)).toEqual(['late']);
    expect(on.connects).toBe(2);
    expect(on.troubles[0]).toMatch(/lost|closed/);
  });

  test('filing without a connection is refused and the mail comes again', async () => {
    deliver(on, 'one');
    const from = open(on);
    let refused: unknown;
    const mails = await read(on, from, 2, async ({ place }) => {
      if (refused) return from.done(place);
      on.server.faults.dropAll();
      await until(() => !from.state.connected);
      refused = await from.done(place).catch((error) => error);
    });
    expect(refused).toBeInstanceOf(Unavailable);
    expect(mails.map(subjectOf)).toEqual(['one', 'one']);
    expect(inFolder(on, 'Work/Done')).toEqual(['one']);
  });

  test('an answer to a move that got lost costs nothing but a look', async () => {
    deliver(on, 'one', 'two');
    let dropped = false;
    on.server.faults.command = ({ name }) => {
      if (name !== 'UID MOVE' || dropped) return undefined;
      dropped = true;
      return { drop: 'after' };
    };
    const from = open(on);
    const mails = await read(on, from, 2, ({ place }) => from.done(place).catch(() => {}));
    expect(mails.map(subjectOf)).toEqual(['one', 'two']);
    expect([inFolder(on, 'INBOX'), inFolder(on, 'Work/Done')]).toEqual([[], ['one', 'two']]);
  });

  test('a new UIDVALIDITY hands everything out afresh and refuses old places', async () => {
    deliver(on, 'one', 'two');
    const from = open(on);
    const [first] = await read(on, from, 1, async () => {});
    if (!first) throw new Error('no mail');
    on.server.faults.resetUidValidity(user, 'INBOX');
    const mails = await read(on, from, 2, async ({ place }) => {
      expect(place.uidValidity).not.toBe(first.place.uidValidity);
      await expect(from.done(first.place)).rejects.toThrow(/UIDVALIDITY/);
      await from.done(place);
    });
    expect(mails.map(subjectOf)).toEqual(['one', 'two']);
  });

  test('a mail whose download fails does not hold up the others', async () => {
    deliver(on, 'bad', 'good', 'better');
    on.server.faults.command = ({ name, rest }) =>
      name === 'UID FETCH' && /BODY/.test(rest) && /^1[,: ]/.test(rest) ? { drop: 'before' } : undefined;
    const from = open(on);
    const mails = await read(on, from, 2);
    expect(mails.map(subjectOf)).toEqual(['good', 'better']);
    on.server.faults.command = undefined;
    expect((await read(on, from, 1)).map(subjectOf)).toEqual(['bad']);
  });

  test('a server that falls silent is left', async () => {
    const from = open(on, { socketTimeout: 2000, pollEvery: 200 });
    const reading = read(on, from, 1);
    await until(() => on.connects === 1);
    on.server.faults.command = () => ({ silent: true });
    await until(() => on.troubles.length === 1, 10_000);
    on.server.faults.command = undefined;
    deliver(on, 'late');
    expect((await reading).map(subjectOf)).toEqual(['late']);
  }, 20_000);

  test('a wrong password is said without the password and tried again', async () => {
    const from = open(on, { auth: { password: 'hunter2' }, reconnect: { first: 1, most: 20 } });
    const reading = read(on, from, 1);
    await until(() => on.troubles.length >= 2);
    expect(on.troubles[0]).toMatch(/refuses the login of security@example.test/);
    expect(JSON.stringify([on.troubles, from.state])).not.toContain('hunter2');
    on.stop.abort();
    expect(await reading).toEqual([]);
  });

  test('a folder that vanished is made again', async () => {
    deliver(on, 'one', 'two');
    let refused = 0;
    on.server.faults.command = ({ name }) =>
      name === 'UID MOVE' && refused++ === 0 ? { refuse: 'NO [TRYCREATE] no such folder' } : undefined;
    await read(on, open(on), 2);
    expect(inFolder(on, 'Work/Done')).toEqual(['one', 'two']);
  });

  test('a server that refuses every move keeps its mails and is not asked without pause', async () => {
    deliver(on, 'one');
    let moves = 0;
    on.server.faults.command = ({ name }) => {
      if (name !== 'UID MOVE') return undefined;
      moves += 1;
      return { refuse: 'NO [OVERQUOTA] full' };
    };
    const from = open(on);
    const failures: unknown[] = [];
    await read(on, from, 3, ({ place }) => from.done(place).catch((error) => void failures.push(error)));
    expect(failures).toHaveLength(3);
    expect(moves).toBe(6);
    expect(inFolder(on, 'INBOX')).toEqual(['one']);
  });

  test('a server that is not there is tried again until it is', async () => {
    const { port } = on.server;
    await on.server.close();
    const reading = read(on, open(on, { port }), 1);
    await until(() => on.troubles.length >= 2);
    expect(on.troubles[0]).toBe(`nothing listens at 127.0.0.1:${port}`);
    await replace(on, { port });
    deliver(on, 'late');
    expect((await reading).map(subjectOf)).toEqual(['late']);
  });
});

describe.each([
  ['IDLE', ['IDLE']],
  ['MOVE', ['MOVE']],
  ['MOVE and UIDPLUS', ['MOVE', 'UIDPLUS']],
])('a server without %s', (_, without) => {
  beforeEach(() => {
    for (const name of without) on.server.faults.without.add(name);
  });

  test('hands out and files', async () => {
    deliver(on, 'one', 'two');
    const from = open(on, { pollEvery: 100 });
    const reading = read(on, from, 3);
    await until(() => inFolder(on, 'Work/Done').length === 2);
    deliver(on, 'three');
    expect((await reading).map(subjectOf)).toEqual(['one', 'two', 'three']);
    expect([inFolder(on, 'INBOX'), inFolder(on, 'Work/Done')]).toEqual([[], ['one', 'two', 'three']]);
  });
});

describe('a server that can only copy', () => {
  beforeEach(() => {
    on.server.faults.without.add('MOVE');
  });

  test('a copy whose flagging failed is not copied again', async () => {
    deliver(on, 'one');
    let stores = 0;
    on.server.faults.command = ({ name }) => {
      if (name === 'UID STORE') stores += 1;
      return name === 'UID STORE' && stores <= 3 ? { refuse: 'NO not now' } : undefined;
    };
    const from = open(on);
    await read(on, from, 4, ({ place }) => from.done(place).catch(() => {}));
    expect([inFolder(on, 'INBOX'), inFolder(on, 'Work/Done')]).toEqual([[], ['one']]);
  });

  test('what a person flagged as deleted is not expunged and not handed out', async () => {
    on.server.faults.without.add('UIDPLUS');
    deliver(on, 'person', 'one');
    const from = open(on);
    const client = await read(on, from, 1, async () => {});
    expect(client.map(subjectOf)).toEqual(['person']);
    await on.box?.close();
    const { ImapFlow } = await import('imapflow');
    const other = new ImapFlow({ host: '127.0.0.1', port: on.server.port, secure: false, auth: { user, pass: 'secret' }, logger: false });
    await other.connect();
    await other.mailboxOpen('INBOX');
    await other.messageFlagsAdd('1', ['\\Deleted']);
    await other.logout();
    expect((await read(on, open(on), 1)).map(subjectOf)).toEqual(['one']);
    expect(on.server.mailbox(user, 'INBOX').map(({ flags }) => flags)).toEqual([['\\Deleted'], ['\\Deleted']]);
    expect(inFolder(on, 'Work/Done')).toEqual(['one']);
  });
});
