// A shorter way into the middle of an incident: what people would have brought about with commands that other tests show.
import type { Event } from '#incident/event.ts';
import { commit } from '#office/outgoing.ts';
import type { Received, Town } from '#test/town.ts';

/** Adds events to an incident as a mail would, with deadlines and letters; the letters that left. Throws where there is no such incident. */
export async function afterwards(town: Town, incident: string, events: readonly Event[]): Promise<Received[]> {
  await town.store.turn(async (turn) => {
    const subject = await turn.subject(incident);
    if (subject?.kind !== 'incident') throw new Error('the incident is gone');
    await commit(turn, { subject, events }, { now: town.now() }, town.office, town.world);
  });
  return town.post();
}
