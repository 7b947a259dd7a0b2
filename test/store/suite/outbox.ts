// What the outbox promises: each letter to one holder at a time, and a stale holder changes nothing.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStore, type Store } from '#store/store.ts';
import { type Ground, type Grounds, testVault } from '#test/store/database.ts';
import { anIncident, later, now, queued } from '#test/store/suite/fixture.ts';

export function outboxSuite(grounds: Grounds): void {
  let ground: Ground;
  let store: Store;
  let other: Store;

  beforeAll(async () => {
    ground = await grounds();
    store = await openStore(ground.database, testVault());
    other = await openStore(await ground.another(), testVault());
  });
  afterAll(() => ground?.end());
  // Each test begins with an empty outbox.
  beforeEach(async () => {
    const far = later(10_000_000);
    const left = await store.outbox.lease({ now: far, holder: 'sweep', most: 1000, until: far });
    for (const { id, fence } of left) await store.outbox.dropped(id, fence, far);
  });

  const lease = (of: Store, change: Partial<Parameters<Store['outbox']['lease']>[0]> = {}) =>
    of.outbox.lease({ now, holder: 'one', most: 10, until: later(60), ...change });

  test('gives letters in the order of the decisions, up to a number, and none before its moment', async () => {
    const letters = [queued({ nextAt: now }), queued({ nextAt: later(-50) }), queued({ nextAt: later(1) })];
    await anIncident(store, { letters });
    const first = await lease(store, { most: 1 });
    const rest = await lease(store);
    expect([first, rest].map((some) => some.map(({ id }) => id))).toEqual([[letters[0]?.id], [letters[1]?.id]]);
    expect((await lease(store, { now: later(1) })).map(({ id }) => id)).toEqual([letters[2]?.id]);
  });

  test('two holders that ask at once share the letters: none goes to both, none is left', async () => {
    const letters = Array.from({ length: 40 }, () => queued());
    await anIncident(store, { letters });
    const asked = Array.from({ length: 12 }, (_, index) => lease(index % 2 ? store : other, { holder: `holder-${index}`, most: 5 }));
    const given = (await Promise.all(asked)).flat().map(({ id }) => id);
    const rest = (await lease(store, { most: 100 })).map(({ id }) => id);
    expect([...given, ...rest].sort()).toEqual(letters.map(({ id }) => id).sort());
  });

  test('a dead holder: its letter goes to another one when the lease ends, and its late word changes nothing', async () => {
    await anIncident(store, { letters: [queued()] });
    const [first] = await lease(store);
    expect(await lease(other, { now: later(59) })).toEqual([]);
    const [second] = await lease(other, { now: later(60), holder: 'two', until: later(120) });
    if (!first || !second) throw new Error('nobody got the letter');
    expect(second.id).toBe(first.id);
    expect(second.fence).toBeGreaterThan(first.fence);
    expect(second.attempts).toBe(2);
    const { outbox } = store;
    expect(await outbox.sent(first.id, first.fence, now)).toBe(false);
    expect(await outbox.later(first.id, first.fence, now)).toBe(false);
    expect(await outbox.failed(first.id, first.fence, now)).toBe(false);
    expect(await outbox.dropped(first.id, first.fence, now)).toBe(false);
    expect(await outbox.extend(first.id, first.fence, later(999))).toBe(false);
    expect((await outbox.letterById(first.id))?.state).toBe('leased');
    expect(await outbox.sent(second.id, second.fence, now, '250 2.0.0 taken')).toBe(true);
    expect(await outbox.letterByMessageId(second.messageId)).toMatchObject({ state: 'sent', response: '250 2.0.0 taken', id: second.id });
    expect(await outbox.failed(second.id, second.fence, now)).toBe(false);
  });

  test('a lease that is extended is not taken over', async () => {
    await anIncident(store, { letters: [queued()] });
    const [held] = await lease(store);
    expect(held && (await store.outbox.extend(held.id, held.fence, later(600)))).toBe(true);
    expect(await lease(other, { now: later(599) })).toEqual([]);
  });

  test('a letter put off waits until then, keeps its Message-ID, and counts its attempts', async () => {
    const letter = queued();
    await anIncident(store, { letters: [letter] });
    const [first] = await lease(store);
    expect(first && (await store.outbox.later(first.id, first.fence, later(300), '451 4.3.0 busy'))).toBe(true);
    expect(await lease(store, { now: later(299) })).toEqual([]);
    expect(await store.outbox.next()).toEqual(later(300));
    const [again] = await lease(store, { now: later(300), until: later(400) });
    expect(again).toMatchObject({ messageId: letter.messageId, attempts: 2, response: '451 4.3.0 busy', letter: letter.letter });
  });

  test('says whether an earlier letter to the same reader is yet to leave, until it has', async () => {
    await anIncident(store, { letters: [queued()] });
    const [first] = await lease(store);
    if (!first) throw new Error('nobody got the letter');
    const { outbox } = store;
    const behind = (change: object = {}, kind = first.letter.kind) => outbox.isBehind({ ...first, createdAt: later(60), ...change }, kind);
    const stranger = { ...first.letter, to: { ...first.letter.to, address: 'somebody@example.net' } };
    expect(await behind()).toBe(true);
    expect([await behind({ createdAt: first.createdAt }), await behind({ letter: stranger }), await behind({}, 'digest')]).toEqual(
      Array(3).fill(false),
    );
    await outbox.sent(first.id, first.fence, now);
    expect(await behind()).toBe(false);
  });

  test('says how much waits and since when, without what is held for later', async () => {
    expect(await store.outbox.waiting(now)).toEqual({ count: 0, held: 0 });
    expect(await store.outbox.next()).toBeUndefined();
    await anIncident(store, { letters: [queued({ nextAt: later(-30) }), queued(), queued({ nextAt: later(5000) })] });
    expect(await store.outbox.waiting(now)).toEqual({ count: 2, oldest: later(-30), held: 1 });
  });

  test('the mark in a turn is one commit with its event: rolled back together', async () => {
    const id = await anIncident(store, { letters: [queued()] });
    const [held] = await lease(store);
    if (!held) throw new Error('nobody got the letter');
    const mark = (keep: boolean) => store.turn((turn) => turn.marks.failed(held.id, held.fence, now, '550 5.1.1 unknown'), { keep });
    expect(await mark(false)).toBe(true);
    expect((await store.outbox.letterById(held.id))?.state).toBe('leased');
    expect(await mark(true)).toBe(true);
    expect(await store.outbox.letterById(held.id)).toMatchObject({ state: 'failed', response: '550 5.1.1 unknown', subject: id });
  });

  describe('a letter without a key', () => {
    const rouse = (letters: string[], to: 'waiting' | 'dropped', keep = true) =>
      store.turn((turn) => turn.rouse({ letters, to, now: later(900) }), { keep });
    const keyless = async (team: string): Promise<string> => {
      const letter = queued();
      await anIncident(store, { letters: [letter], team });
      const [held] = await lease(store);
      expect(held && (await store.outbox.keyless(held.id, held.fence, now, 'expired'))).toBe(true);
      return letter.id;
    };

    test('waits without a moment until it is roused, then leaves with all its tries', async () => {
      const id = await keyless('waits');
      expect(await lease(store, { now: later(10_000_000) })).toEqual([]);
      expect(await store.outbox.waiting(later(10_000_000))).toEqual({ count: 0, held: 0 });
      expect(await store.outbox.next()).toBeUndefined();
      expect((await store.outbox.keylessLetters('waits')).map((one) => [one.id, one.state, one.response])).toEqual([
        [id, 'keyless', 'expired'],
      ]);
      expect(await rouse([id], 'waiting')).toEqual([id]);
      expect(await store.outbox.keylessLetters('waits')).toEqual([]);
      expect(await lease(store, { now: later(899) })).toEqual([]);
      expect(await lease(store, { now: later(900) })).toMatchObject([{ id, attempts: 1 }]);
    });

    test('is roused once, and only where the turn is kept', async () => {
      const id = await keyless('once');
      expect(await rouse([id], 'waiting', false)).toEqual([id]);
      expect((await store.outbox.letterById(id))?.state).toBe('keyless');
      expect(await Promise.all([rouse([id], 'waiting'), rouse([id], 'waiting')]).then((both) => both.flat())).toEqual([id]);
      expect(await rouse([id], 'dropped')).toEqual([]);
    });

    test('that nobody needs any more is dropped; one that left, one of nobody and none at all are let be', async () => {
      const id = await keyless('dropped');
      const gone = queued();
      await anIncident(store, { letters: [gone] });
      const [held] = await lease(store);
      expect(held && (await store.outbox.sent(held.id, held.fence, now))).toBe(true);
      expect(await rouse([gone.id, id, 'nothing'], 'dropped')).toEqual([id]);
      expect((await store.outbox.letterById(id))?.state).toBe('dropped');
      expect((await store.outbox.letterById(gone.id))?.state).toBe('sent');
      expect(await rouse([], 'waiting')).toEqual([]);
    });

    test('is its team’s alone, the oldest first, and a stale holder cannot make one', async () => {
      const first = await keyless('mine');
      const second = await keyless('mine');
      await keyless('yours');
      expect((await store.outbox.keylessLetters('mine')).map(({ id }) => id)).toEqual([first, second]);
      await anIncident(store, { letters: [queued()] });
      const [held] = await lease(store);
      expect(held && (await store.outbox.keyless(held.id, held.fence - 1, now))).toBe(false);
      await rouse([first, second], 'dropped');
    });
  });
}
