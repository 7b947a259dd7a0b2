// A team's incidents as they stood when they were last looked at: a journal that has not grown is not read and opened again.
import type { Incident } from '#incident/incident.ts';
import { incidentIn } from '#office/matter.ts';
import type { Office } from '#office/office.ts';
import type { World } from '#office/world.ts';
import type { Listed, Subjects } from '#store/subjects.ts';

type Known = Map<string, { readonly events: number; readonly incident: Incident }>;
const known = new WeakMap<World['store'], Known>();

/** Incidents that are kept; some ten kilobytes each. Those beyond are read each time. */
const most = 2000;

/**
 * The incidents of these rows, in their order. A journal with as many events as before is the same, as it only grows; the others are read together.
 * To be asked before the turn writes to one of them: what it rolls back must not stay known.
 */
export async function asTheyStand(from: Subjects, listed: readonly Listed[], { store }: Pick<World, 'store'>): Promise<Incident[]> {
  const before = known.get(store) ?? new Map();
  known.set(store, before);
  const found = new Map<string, Incident>();
  for (const { id, events } of listed) {
    const same = before.get(id);
    if (same?.events === events) found.set(id, same.incident);
  }
  for await (const subject of from.peekAll(listed.map(({ id }) => id).filter((id) => !found.has(id)))) {
    const incident = incidentIn(subject);
    if (!incident) continue;
    found.set(subject.id, incident);
    if (before.has(subject.id) || before.size < most) before.set(subject.id, { events: subject.recorded.length, incident });
  }
  return listed.flatMap(({ id }) => found.get(id) ?? []);
}

/** All incidents of the team, newest first. */
export async function everyIncident(from: Subjects, { name }: Pick<Office, 'name'>, world: Pick<World, 'store'>): Promise<Incident[]> {
  return asTheyStand(from, (await from.incidents(name, 'all')).toReversed(), world);
}
