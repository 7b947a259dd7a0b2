// One deadline due, on one page: ask again whether it is due, then remind its owner, or do what was confirmed for this moment.
import { deadlinesOf, nextRing } from '#incident/deadline.ts';
import type { Event } from '#incident/event.ts';
import { heardBy } from '#letter/follow-up.ts';
import { incidentIn } from '#office/matter.ts';
import { mindRegister } from '#office/minding.ts';
import type { Office } from '#office/office.ts';
import { commit } from '#office/outgoing.ts';
import { teamSubject } from '#office/register.ts';
import type { World } from '#office/world.ts';
import type { Due } from '#store/deadlines.ts';

/** What a deadline led to. `nothing`: it was met, moved or heard meanwhile. */
export type Rung = 'reminded' | 'acted' | 'nothing';

/**
 * Minds one deadline that has come. The rows are only an index: what is due is derived again from the journal under the incident's lock,
 * so a deadline that was met in the meantime stays silent and two daemons ring once.
 */
export async function ring(due: Due, office: Office, world: World): Promise<Rung> {
  if (due.subject === teamSubject(office)) return (await mindRegister(office, world)) ? 'reminded' : 'nothing';
  const now = world.clock();
  return world.store.turn(async (turn) => {
    const subject = await turn.subject(due.subject);
    const incident = incidentIn(subject);
    if (subject?.kind !== 'incident' || !incident) return 'nothing';
    const deadline = deadlinesOf(incident, office.policy).find(({ key }) => key === due.key);
    const rings = deadline && nextRing(deadline, incident, office.policy) <= now;
    const events = deadline && rings ? [happens(deadline, incident, office)] : [];
    await commit(turn, { subject, events }, { now }, office, world);
    if (events.length === 0) return 'nothing';
    return deadline?.acts ? 'acted' : 'reminded';
  });
}

function happens(deadline: ReturnType<typeof deadlinesOf>[number], incident: Parameters<typeof deadlinesOf>[0], { roster }: Office): Event {
  if (deadline.acts && incident.announcement) {
    return {
      type: 'announced',
      mark: incident.announcement.mark,
      channels: roster.channels.filter(({ kind }) => kind === 'mail').map(({ name }) => name),
    };
  }
  return { type: 'reminded', deadline: deadline.key, ...heardBy(deadline, incident, roster) };
}
