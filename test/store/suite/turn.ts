// What a turn promises: all or nothing, one after the other, the same mail once.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '#store/database.ts';
import { rowsOf } from '#store/query.ts';
import { openStore, type Store } from '#store/store.ts';
import { type Ground, type Grounds, testVault } from '#test/store/database.ts';
import { aLetter, aMail, anId, anIncident, gate, later, next, noted, now, queued } from '#test/store/suite/fixture.ts';

const tables = ['deadline', 'event', 'lease', 'letter', 'message', 'setting', 'signature', 'subject'] as const;

async function counts(database: Database): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const table of tables) {
    const [row] = await database.run((db) => rowsOf(db, sql`select count(*)::int as n from ${sql.identifier(table)}`));
    found[table] = Number(row?.n);
  }
  return found;
}

export function turnSuite(grounds: Grounds): void {
  let ground: Ground;
  let store: Store;
  let other: Store;

  beforeAll(async () => {
    ground = await grounds();
    store = await openStore(ground.database, testVault());
    other = await openStore(await ground.another(), testVault());
  });
  afterAll(() => ground?.end());

  test('commits mail, events, state, deadlines and letters together, and reads them back as they were', async () => {
    const id = anId();
    const mail = aMail({ subject: id, inner: Buffer.from('inner'), signature: `signature-${id}` });
    const letter = queued({ letter: aLetter({ facts: { nested: [1, 'two', null] } }) });
    const recorded = await store.turn(async (turn) => {
      expect(await turn.create({ id, team: 'src', kind: 'incident', openedAt: now })).toBe(true);
      const change = { message: mail, subject: { id, stage: 'reported' }, events: [noted('one'), noted('two')], letters: [letter], now };
      return turn.commit({ ...change, deadlines: [{ key: 'triage', dueAt: later(60) }] });
    });
    expect(recorded.map(({ number, at }) => [number, at])).toEqual([
      [1, now],
      [2, now],
    ]);
    const subject = await other.subjects.peek(id);
    expect(subject).toEqual({ id, team: 'src', kind: 'incident', stage: 'reported', openedAt: now, recorded });
    expect(await other.messages.message(mail.id)).toMatchObject({ raw: mail.raw, inner: mail.inner, note: mail.note, subject: id });
    expect(await other.outbox.letterById(letter.id)).toMatchObject({ letter: letter.letter, subject: id, state: 'waiting', number: 0 });
    expect(await other.deadlines.of(id)).toEqual([{ subject: id, key: 'triage', dueAt: later(60) }]);
  });

  test('a later commit in the same turn goes on with the numbers, and the turn sees what it has written', async () => {
    const id = await anIncident(store);
    const numbers = await store.turn(async (turn) => {
      await turn.commit({ subject: (await turn.subject(id)) ?? { id, stage: '' }, events: [noted('two')], letters: [], now });
      await turn.commit({ subject: { id, stage: 'accepted' }, events: [noted('three')], letters: [], now });
      return (await turn.subject(id))?.recorded.map(({ number }) => number);
    });
    expect(numbers).toEqual([1, 2, 3]);
    expect((await store.subjects.peek(id))?.stage).toBe('accepted');
  });

  test('an error of the decision comes out unchanged and leaves nothing', async () => {
    const before = await counts(ground.database);
    const error = new Error('the decision broke');
    const turn = store.turn(async (turn) => {
      await turn.commit({ message: aMail(), events: [], letters: [queued()], now });
      throw error;
    });
    await expect(turn).rejects.toBe(error);
    expect(await counts(ground.database)).toEqual(before);
  });

  test('a rehearsal answers like a turn and leaves nothing in any table', async () => {
    const id = await anIncident(store, { deadlines: [{ key: 'triage', dueAt: now }] });
    const before = await counts(ground.database);
    const numbers = await store.turn(
      async (turn) => {
        await turn.subject(id);
        await turn.create({ id: anId(), team: 'src', kind: 'incident', openedAt: now });
        const mail = aMail({ subject: id, signature: 'rehearsed' });
        const recorded = await turn.commit({
          message: mail,
          subject: { id, stage: 'closed' },
          events: [noted('x')],
          letters: [queued()],
          deadlines: [],
          now,
        });
        return recorded.map(({ number }) => number);
      },
      { keep: false },
    );
    expect(numbers).toEqual([2]);
    expect(await counts(ground.database)).toEqual(before);
    expect((await store.subjects.peek(id))?.stage).toBe('reported');
  });

  test('a query that failed ends the turn, even where the decision swallowed the error', async () => {
    const before = await counts(ground.database);
    const cause = `cause-${next()}`;
    const turn = store.turn(async (turn) => {
      await turn.commit({ team: 'src', events: [], letters: [queued({ cause })], now });
      const twice = queued({ cause });
      await turn.commit({ team: 'src', events: [], letters: [twice, { ...queued({ cause }), id: twice.id }], now }).catch(() => undefined);
    });
    await expect(turn).rejects.toThrow(/letter_pkey/);
    await expect(turn).rejects.not.toThrow(/params|Heap overflow/);
    expect(await counts(ground.database)).toEqual(before);
  });

  test('two turns on one incident take place one after the other, and none overwrites the other', async () => {
    const id = await anIncident(store);
    const add = (of: Store, text: string) =>
      of.turn(async (turn) => {
        const subject = await turn.subject(id);
        const texts = subject?.recorded.length ?? 0;
        await turn.commit({ subject: { id, stage: 'reported' }, events: [noted(`${text} after ${texts}`)], letters: [], now });
      });
    await Promise.all(Array.from({ length: 10 }, (_, index) => add(index % 2 ? store : other, `t${index}`)));
    const recorded = (await store.subjects.peek(id))?.recorded ?? [];
    expect(recorded.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(recorded.slice(1).map(({ event }) => (event.type === 'noted' ? event.text.split(' after ')[1] : ''))).toEqual(
      '1 2 3 4 5 6 7 8 9 10'.split(' '),
    );
  });

  test('turns that lock two incidents in opposite order both come to their end', async () => {
    const [a, b] = [await anIncident(store), await anIncident(store)];
    const both = (of: Store, first: string, second: string) =>
      of.turn(async (turn) => {
        for (const id of [first, second]) {
          await turn.subject(id);
          await turn.commit({ subject: { id, stage: 'reported' }, events: [noted('both')], letters: [], now });
        }
      });
    await Promise.all([both(store, a, b), both(other, b, a), both(store, b, a), both(other, a, b)]);
    for (const id of [a, b]) expect((await store.subjects.peek(id))?.recorded).toHaveLength(5);
  });

  test('an incident id is given once', async () => {
    const id = anId();
    const create = (of: Store) => of.turn((turn) => turn.create({ id, team: 'src', kind: 'incident', openedAt: now }));
    const made = await Promise.all([create(store), create(other), create(store)]);
    expect(made.filter(Boolean)).toHaveLength(1);
  });

  describe('the same mail a second time', () => {
    test('is recognised by its place, and by its bytes at another place', async () => {
      const id = await anIncident(store);
      const mail = aMail({ subject: id });
      await store.turn((turn) => turn.commit({ message: mail, events: [], letters: [], now }));
      const { seen } = store.messages;
      const elsewhere = { mailbox: 'INBOX', uidValidity: '2', uid: 999_999 };
      expect(await seen({ team: 'src', place: mail.place, fingerprint: 'other' })).toEqual({ message: mail.id, subject: id });
      expect(await seen({ team: 'src', place: elsewhere, fingerprint: mail.fingerprint })).toEqual({ message: mail.id, subject: id });
      expect(await seen({ team: 'src', place: elsewhere, fingerprint: 'other' })).toBeUndefined();
      expect(await seen({ team: 'another', place: mail.place, fingerprint: mail.fingerprint })).toBeUndefined();
    });

    test('taken by two daemons at once is kept once: the second decides again and has seen it', async () => {
      const mail = aMail();
      const take = (of: Store, id: string) =>
        of.turn(async (turn) => {
          const seen = await turn.seen(mail);
          if (seen) return `seen ${seen.message === mail.id || seen.message === `${mail.id}-b`}`;
          await turn.commit({ message: { ...mail, id }, events: [], letters: [queued({ cause: mail.id })], now });
          return 'taken';
        });
      const ways = await Promise.all([take(store, mail.id), take(other, `${mail.id}-b`)]);
      expect(ways.sort()).toEqual(['seen true', 'taken']);
    });

    test('replay: a signature that was seen is known, whoever sends it again, and cannot be kept twice', async () => {
      const digest = `digest-${next()}`;
      await store.turn((turn) => turn.commit({ message: aMail({ signature: digest }), events: [], letters: [], now }));
      expect(await store.turn((turn) => turn.signatureSeen(digest))).toBe(true);
      expect(await store.messages.signatureSeen('never')).toBe(false);
      const again = store.turn((turn) => turn.commit({ message: aMail({ signature: digest }), events: [], letters: [], now }));
      await expect(again).rejects.toThrow(/signature_pkey/);
    });

    test('the letters of one decision are queued once', async () => {
      const cause = `decision-${next()}`;
      const decide = () =>
        store.turn((turn) => turn.commit({ team: 'src', events: [], letters: [queued({ cause }), queued({ cause })], now }));
      await decide();
      await expect(decide()).rejects.toThrow(/letter_cause/);
    });
  });

  describe('mistakes of the caller are said at once', () => {
    test('writing past the lock', async () => {
      const id = await anIncident(store);
      const past = store.turn((turn) => turn.commit({ subject: { id, stage: 'closed' }, events: [], letters: [], now }));
      await expect(past).rejects.toThrow(/without its lock/);
    });

    test('events without a subject, letters without a team', async () => {
      await expect(store.turn((turn) => turn.commit({ events: [noted('x')], letters: [], now }))).rejects.toThrow(/need a subject/);
      await expect(store.turn((turn) => turn.commit({ events: [], letters: [queued()], now }))).rejects.toThrow(/need a team/);
    });

    test('asking the store past the turn, a turn inside a turn, a turn that is over', async () => {
      await expect(store.turn(() => store.subjects.peek('SRC-000001'))).rejects.toThrow(/past the turn/);
      await expect(store.turn(() => store.turn(async () => 1))).rejects.toThrow(/inside a turn/);
      const kept = await store.turn(async (turn) => ({ turn }));
      await expect(kept.turn.peek('SRC-000001')).rejects.toThrow(/over/);
    });
  });

  describe('what a decision can ask', () => {
    test('which subjects are cited: by letters of ours, and by received mails, which are only claims', async () => {
      const letter = queued({ letter: aLetter({ audience: 'reporter' }) });
      const id = await anIncident(store, { letters: [letter] });
      const mail = aMail({ subject: id });
      const stray = aMail();
      await store.turn((turn) => turn.commit({ message: mail, events: [], letters: [], now }));
      await store.turn((turn) => turn.commit({ message: stray, events: [], letters: [], now }));
      const ids = ['unknown@example.com', mail.messageId ?? '', stray.messageId ?? '', letter.messageId];
      const { kind, audience, to } = letter.letter;
      const ours = { subject: id, id: letter.messageId, ours: true, letter: { id: letter.id, kind, audience, to } };
      expect(await store.turn((turn) => turn.cited('src', ids))).toEqual([{ subject: id, id: mail.messageId, ours: false }, ours]);
      expect(await store.messages.cited('another', ids)).toEqual([]);
      expect(await store.messages.cited('src', [])).toEqual([]);
    });

    test('how many letters of a kind went to an address lately', async () => {
      const kind = `acknowledgement-${next()}`;
      const to = (address: string) => queued({ letter: aLetter({ kind, to: { who: 'reporter', address, name: '' } }) });
      const send = (at: Date, ...addresses: string[]) =>
        store.turn((turn) => turn.commit({ team: 'src', events: [], letters: addresses.map(to), now: at }));
      await send(later(-7200), 'reporter@example.net');
      await send(now, 'reporter@example.net', 'other@example.net');
      await store.turn(async (turn) => {
        expect(await turn.recentLetters('src', kind, 'Reporter@Example.net', later(-3600))).toBe(1);
        expect(await turn.recentLetters('src', kind, undefined, later(-3600))).toBe(2);
        expect(await turn.recentLetters('src', kind, 'reporter@example.net', later(-7200))).toBe(2);
        expect(await turn.recentLetters('another', kind, undefined, later(-7200))).toBe(0);
      });
    });

    test('which incidents a team has', async () => {
      const team = `team-${next()}`;
      const [open, closed] = [await anIncident(store, { team }), await anIncident(store, { team })];
      await store.turn(async (turn) => {
        await turn.subject(closed);
        await turn.commit({ subject: { id: closed, stage: 'closed' }, events: [], letters: [], now });
        await turn.create({ id: `team:${team}`, team, kind: 'team', openedAt: now });
      });
      expect((await store.subjects.incidents(team, 'open')).map(({ id }) => id)).toEqual([open]);
      expect((await store.subjects.incidents(team, 'all')).map(({ id }) => id)).toEqual([open, closed]);
    });

    test('many journals at once as each by itself, and nothing of a subject that is not there', async () => {
      const ids: string[] = [];
      for (let count = 0; count < 101; count += 1) ids.push(await anIncident(store, { events: [noted(`${count}`), noted('second')] }));
      const together = [];
      for await (const subject of store.subjects.peekAll(['nobody', ...ids])) together.push(subject);
      expect(together.map(({ id }) => id).sort()).toEqual([...ids].sort());
      for (const subject of together) expect(subject).toEqual(await store.subjects.peek(subject.id));
    });
  });

  test('letters that must not leave any more are dropped, but not one that is just leaving', async () => {
    const letters = [queued(), queued({ letter: aLetter({ kind: 'notice' }), nextAt: later(60) }), queued({ nextAt: later(60) })];
    const id = await anIncident(store, { letters });
    const [leaving] = (await store.outbox.lease({ now, holder: 'one', most: 100, until: later(30) })).filter(
      ({ subject }) => subject === id,
    );
    const drop = (kinds?: readonly string[]) => store.turn((turn) => turn.dropLetters({ subject: id, ...(kinds && { kinds }), now }));
    expect(await drop(['notice'])).toEqual([letters[1]?.id]);
    expect(await drop()).toEqual([letters[2]?.id]);
    expect(leaving && (await store.outbox.sent(leaving.id, leaving.fence, now))).toBe(true);
  });

  test('a turn that waits for another one sees what that one wrote', async () => {
    const id = await anIncident(store);
    const holding = gate();
    const go = gate();
    const first = store.turn(async (turn) => {
      await turn.subject(id);
      holding.open();
      await go.opened;
      await turn.commit({ subject: { id, stage: 'accepted' }, events: [noted('first')], letters: [], now });
    });
    await holding.opened;
    const second = other.turn(async (turn) => (await turn.subject(id))?.stage);
    go.open();
    await first;
    expect(await second).toBe('accepted');
  });
}
