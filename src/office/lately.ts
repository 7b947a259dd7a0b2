// A team's incidents as they stood when they were last looked at: a journal that has not grown is not read and opened again.
import type { Incident } from '#incident/incident.ts';
import { incidentIn } from '#office/matter.ts';
import type { Office } from '#office/office.ts';
import type { World } from '#office/world.ts';
import type { Listed } from '#store/subjects.ts';
import type { Turn } from '#store/turn.ts';

type Known = Map<string, { readonly events: number; readonly incident: Incident }>;
const known = new WeakMap<World['store'], Known>();

/** Incidents that are kept; some ten kilobytes each. Those beyond are read each time. */
const most = 2000;

/**
 * The incidents of these rows, in their order. A journal costs a few milliseconds to read; with as many events as before it is the same, as it only
 * grows. To be asked before the turn writes to one of them: what it rolls back must not stay known.
 */
export async function asTheyStand(turn: Turn, listed: readonly Listed[], { store }: Pick<World, 'store'>): Promise<Incident[]> {
  const before = known.get(store) ?? new Map();
  known.set(store, before);
  const found: Incident[] = [];
  for (const { id, events } of listed) {
    const same = before.get(id);
    const incident = same?.events === events ? same.incident : incidentIn(await turn.peek(id));
    if (!incident) continue;
    found.push(incident);
    if (same || before.size < most) before.set(id, { events, incident });
  }
  return found;
}

/** All incidents of the team, newest first. */
export async function everyIncident(turn: Turn, { name }: Pick<Office, 'name'>, world: Pick<World, 'store'>): Promise<Incident[]> {
  return asTheyStand(turn, (await turn.incidents(name, 'all')).toReversed(), world);
}
