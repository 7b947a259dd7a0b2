// A letter that our own fault keeps from leaving: tried again, then given up aloud, never half sent.
import { expect, test } from 'vitest';
import { dispatch } from '#dispatch.ts';
import type { Letter } from '#letter/letter.ts';
import { openTown } from '#test/town.ts';
import { after } from '#time.ts';

const broken: Letter = {
  kind: 'relay',
  audience: 'team',
  to: { who: 'lead', address: 'lead@example.org', name: '' },
  seal: 'must',
  facts: {},
};

test.each(['of an incident', 'of the team alone'])(
  'a letter %s that cannot be rendered is tried five times, then every member is alarmed',
  async (whose) => {
    const town = await openTown();
    const { incident = '' } = await town.writes('reporter', { text: 'The parser loops.' });
    await town.post();
    const row = { id: 'broken', cause: 'test', messageId: 'broken@example.org', letter: broken, nextAt: town.now() };
    await town.store.turn(async (turn) => {
      const subject = whose === 'of an incident' ? await turn.subject(incident) : undefined;
      return turn.commit({
        ...(subject && { subject: { id: subject.id, stage: subject.stage } }),
        events: [],
        letters: [row],
        team: 'security',
        now: town.now(),
      });
    });
    const relay = { hand: () => Promise.reject(new Error('nothing may be handed over')), close: async () => undefined };
    const outcomes: string[] = [];
    let now = town.now();
    while (outcomes.length < 5) {
      const [leased] = await town.store.outbox.lease({ now, holder: 'test', most: 1, until: after(now, '5m') });
      if (!leased) break;
      outcomes.push(await dispatch(leased, town.office, relay, { ...town.world, clock: () => now }).catch(() => 'threw'));
      now = after(now, '6m');
    }
    expect(outcomes).toEqual(['threw', 'threw', 'threw', 'threw', 'failed']);
    expect(await town.store.outbox.letterById('broken')).toMatchObject({ state: 'failed' });
    const alarms = await town.pass('1h');
    expect(alarms.map(({ kind, to }) => [kind, to])).toEqual(['lead', 'second', 'third'].map((who) => ['alarm', `${who}@example.org`]));
    await town.close();
  },
);
