// One deadline due, on one page: ask again whether it is due, then remind its owner, or do what was confirmed for this moment.
import { actOf, looksAround } from '#incident/act.ts';
import { deadlinesOf } from '#incident/deadline.ts';
import type { Event } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { nextRing } from '#incident/ringing.ts';
import { heardBy } from '#letter/reminding.ts';
import { sendDigests } from '#office/daily.ts';
import { everyIncident } from '#office/lately.ts';
import { incidentIn } from '#office/matter.ts';
import { mindRegister } from '#office/minding.ts';
import type { Office } from '#office/office.ts';
import { commit } from '#office/outgoing.ts';
import { teamSubject } from '#office/register.ts';
import { weeklyDeadline } from '#office/registering.ts';
import { sendWeekly } from '#office/weekly.ts';
import type { World } from '#office/world.ts';
import type { Due } from '#store/deadlines.ts';

/** What a deadline led to. `nothing`: it was met, moved or heard meanwhile. */
export type Rung = 'reminded' | 'acted' | 'nothing';

/**
 * Minds one deadline that has come. The rows are only an index: what is due is derived again from the journal under the incident's lock,
 * so a deadline that was met in the meantime stays silent and two daemons ring once.
 */
export async function ring(due: Due, office: Office, world: World): Promise<Rung> {
  if (due.subject === teamSubject(office)) return (await ofTeam(due)(office, world)) ? 'reminded' : 'nothing';
  const now = world.clock();
  const rung = await world.store.turn(async (turn) => {
    const subject = await turn.subject(due.subject);
    const incident = incidentIn(subject);
    if (subject?.kind !== 'incident' || !incident) return 'nothing';
    const deadline = deadlinesOf(incident, office.policy).find(({ key }) => key === due.key);
    const ring = deadline && nextRing(deadline, incident, office.policy, now);
    const comes = ring !== undefined && ring.at <= now;
    if (comes && ring.daily) return 'daily';
    const others = deadline && comes && looksAround(deadline, office.policy) ? await everyIncident(turn, office, world) : [];
    const events = deadline && comes ? happens(deadline, incident, office, now, others) : [];
    await commit(turn, { subject, events }, { now }, office, world);
    if (events.length === 0) return 'nothing';
    return deadline?.acts ? 'acted' : 'reminded';
  });
  if (rung !== 'daily') return rung;
  return (await sendDigests(due.subject, office, world)) ? 'reminded' : 'nothing';
}

function ofTeam({ key }: Due): (office: Office, world: World) => Promise<boolean> {
  return key === weeklyDeadline ? sendWeekly : mindRegister;
}

function happens(
  deadline: ReturnType<typeof deadlinesOf>[number],
  incident: Parameters<typeof deadlinesOf>[0],
  { policy, roster }: Office,
  now: Date,
  others: readonly Incident[],
): Event[] {
  const events = actOf(deadline, incident, policy, roster, now, others);
  // What cannot be done by itself must be seen by somebody, and must not come again with every look.
  return events.length > 0 ? events : [{ type: 'reminded', deadline: deadline.key, ...heardBy(deadline, incident, roster) }];
}
