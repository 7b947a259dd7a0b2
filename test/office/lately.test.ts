// A look at all incidents of a team: each journal is read once, and again when it has grown.
import { expect, test } from 'vitest';
import type { Recorded } from '#incident/event.ts';
import { everyIncident } from '#office/lately.ts';
import type { World } from '#office/world.ts';
import type { Turn } from '#store/turn.ts';
import { accepted, idOf, journal } from '#test/situation.ts';

const [older, newer] = [idOf('SRC-000001'), idOf('SRC-000002')];

/** A turn over these journals, oldest first, that counts what is read; only the two questions of a look are answered. */
function over(journals: Readonly<Record<string, readonly Recorded[]>>) {
  const read: string[] = [];
  const openedAt = new Date('2026-03-02T12:00:00Z');
  const turn = {
    incidents: async () => Object.entries(journals).map(([id, { length }]) => ({ id, stage: 'reported', openedAt, events: length })),
    async *peekAll(ids: readonly string[]) {
      read.push(...ids);
      const common = { team: 'security', kind: 'incident', stage: 'reported', openedAt };
      yield* ids.map((id) => ({ ...common, id: idOf(id), recorded: journals[id] ?? [] }));
    },
  };
  return { turn: turn as unknown as Turn, read };
}
const aWorld = () => ({ store: {} }) as Pick<World, 'store'>;
const look = async (turn: Turn, world: Pick<World, 'store'>) =>
  (await everyIncident(turn, { name: 'security' }, world)).map(({ id, verdict }) => [id, verdict?.is]);

test('an incident that did not change is read once, one that did is read again, the newest first', async () => {
  const world = aWorld();
  const before = over({ [older]: journal(), [newer]: journal() });
  expect(await look(before.turn, world)).toEqual([
    [newer, undefined],
    [older, undefined],
  ]);
  expect(before.read).toEqual([newer, older]);
  const after = over({ [older]: journal(accepted), [newer]: journal() });
  expect(await look(after.turn, world)).toEqual([
    [newer, undefined],
    [older, 'accepted'],
  ]);
  expect(after.read).toEqual([older]);
});

test('what is known of one database is not known of another', async () => {
  const first = over({ [older]: journal() });
  await look(first.turn, aWorld());
  const other = over({ [older]: journal() });
  await look(other.turn, aWorld());
  expect(other.read).toEqual([older]);
});
