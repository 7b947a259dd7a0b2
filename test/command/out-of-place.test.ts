// Every command in every stage of an incident: it has its place or says why not, and whatever it did, the incident can still be shown.
import { expect, test } from 'vitest';
import { carryOut } from '#command/carry-out.ts';
import type { Situation } from '#command/command.ts';
import { commands } from '#command/list.ts';
import type { Event, Recorded } from '#incident/event.ts';
import { incidentOf } from '#incident/incident.ts';
import { everything, orders, original, places, stages } from '#test/command/places.ts';
import { sound, soundRefusal } from '#test/command/sound.ts';
import { id, obey, reported, situation } from '#test/situation.ts';

const each = commands.flatMap(({ word }) => (orders[word] ?? []).map((order) => [word, order] as const));

/** The situation in a stage, with what it takes to order something. */
function standing(place: keyof typeof stages, first: readonly Event[], bent: object): Situation {
  const rest: readonly Event[] = stages[place];
  const after = rest.filter((event) => event !== reported);
  return situation([reported, ...first, ...after], { ...everything, others: [original()], ...bent });
}

test('every command is tried', () => {
  expect(Object.keys(orders).sort()).toEqual(commands.map(({ word }) => word).sort());
});

test.each(each.map(([word, order]) => [`/${word}`, order.order.split('\n')[0], order] as const))(
  '%s has its places, and elsewhere says what would be right: %s (S1-01)',
  (_, __, { order, at, happens = [], first = [], ...bent }) => {
    const done = places.filter((place) => {
      const start = standing(place, first, bent);
      const { transcript, events } = obey(order, start);
      const last = transcript.at(-1);
      if (last?.outcome === 'done') expect(events.map(({ type }) => type)).toEqual(happens);
      else {
        expect(events).toEqual([]);
        soundRefusal(last?.text ?? '');
      }
      if (events.length > 0) sound(after(start, events), start);
      return last?.outcome === 'done';
    });
    expect(done).toEqual(places.filter((place) => at.includes(place)));
  },
);

test.each(places)('an incident that is %s can be shown', (place) => {
  const start = standing(place, [], {});
  sound(start.recorded, start);
});

/** The journal with these events more. */
function after({ recorded, now }: Situation, events: readonly Event[]): Recorded[] {
  return [...recorded, ...events.map((event, index) => ({ number: recorded.length + index + 1, at: now, event }))];
}

test('a stranger changes nothing in any stage, and hears nothing of it (S1-01)', () => {
  const by = { who: 'outsider', name: 'Stranger', address: 'stranger@example.com', roles: [], proof: 'none' as const };
  for (const [word, { order, first = [], ...bent }] of each) {
    if (word === 'prove-key') continue;
    for (const place of places) {
      const start = { ...standing(place, first, bent), by };
      const { events, register, transcript } = carryOut({ lines: [{ text: order.split('\n')[0] ?? '', code: false }], ignored: [] }, start);
      expect([events, register]).toEqual([[], []]);
      expect(transcript[0]?.text).toMatch(new RegExp(`^/${word} (needs a mail|is for: )`));
      expect(incidentOf(id, start.recorded)).toEqual(start.incident);
    }
  }
});
