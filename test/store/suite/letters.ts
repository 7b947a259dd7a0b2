// What the store tells of the letters of a subject: all of them with their fate, and when the first of a kind was sent.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store } from '#store/store.ts';
import { type Ground, type Grounds, testVault } from '#test/store/database.ts';
import { aLetter, anIncident, later, now, queued } from '#test/store/suite/fixture.ts';

export function lettersSuite(grounds: Grounds): void {
  let ground: Ground;
  let store: Store;

  beforeAll(async () => {
    ground = await grounds();
    store = await openStore(ground.database, testVault());
  });
  afterAll(() => ground?.end());

  const lease = async (id: string) => {
    const [held] = (await store.outbox.lease({ now: later(60), holder: 'one', most: 100, until: later(120) })).filter(
      (one) => one.id === id,
    );
    if (!held) throw new Error(`nobody got ${id}`);
    return held;
  };

  test('every letter of a subject is told in the order of the decisions, with what became of it and when (S2-24)', async () => {
    const [first, second] = [queued(), queued({ letter: aLetter({ kind: 'notice' }), nextAt: later(500) })];
    const id = await anIncident(store, { letters: [first, second] });
    await anIncident(store, { letters: [queued()] });
    const held = await lease(first.id);
    await store.outbox.sent(held.id, held.fence, later(70), '250 2.0.0 taken');
    const told = await store.turn((turn) => turn.lettersOf(id));
    expect(told.map(({ id: row, letter, messageId, state, doneAt }) => [row, letter.kind, messageId, state, doneAt])).toEqual([
      [first.id, 'report-to-team', first.messageId, 'sent', later(70)],
      [second.id, 'notice', second.messageId, 'waiting', undefined],
    ]);
    expect(await store.turn((turn) => turn.lettersOf('SRC-NOBODY'))).toEqual([]);
  });

  test('a turn sees the letters that it has just queued', async () => {
    const id = await anIncident(store);
    const letter = queued();
    const seen = await store.turn(async (turn) => {
      await turn.subject(id);
      await turn.commit({ subject: { id, stage: 'reported' }, events: [], letters: [letter], now });
      return turn.lettersOf(id);
    });
    expect(seen.map((one) => one.id)).toEqual([letter.id]);
  });

  test('the first of a kind that was sent is told for each subject of a team, not one that waits or failed (S1-02)', async () => {
    const team = 'counts';
    const kind = (name: string) => queued({ letter: aLetter({ kind: name }) });
    const [early, late, failed, other] = [kind('hello'), kind('hello'), kind('hello'), kind('bye')];
    const sent = await anIncident(store, { letters: [early, late, other], team });
    const never = await anIncident(store, { letters: [failed], team });
    const all = await store.outbox.lease({ now: later(60), holder: 'one', most: 100, until: later(120) });
    const fence = (id: string) => all.find((one) => one.id === id)?.fence ?? -1;
    await store.outbox.sent(late.id, fence(late.id), later(90));
    await store.outbox.sent(early.id, fence(early.id), later(80));
    await store.outbox.sent(other.id, fence(other.id), later(70));
    await store.outbox.failed(failed.id, fence(failed.id), later(80));
    const first = (of: string) => store.turn((turn) => turn.firstSent(of, 'hello'));
    expect([...(await first(team))]).toEqual([[sent, later(80)]]);
    expect([...(await first('others'))]).toEqual([]);
    expect(never).not.toBe(sent);
  });
}
