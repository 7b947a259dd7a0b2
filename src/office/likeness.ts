// What an incident has to do with others: the earlier ones that a report resembles, and the one that it was found to repeat.
import type { Event, Recorded } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { type Similar, similarTo } from '#incident/similar.ts';
import { textOf } from '#mail/message.ts';
import { asTheyStand } from '#office/lately.ts';
import { incidentIn } from '#office/matter.ts';
import type { Office } from '#office/office.ts';
import { commit } from '#office/outgoing.ts';
import type { Mail } from '#office/read.ts';
import type { World } from '#office/world.ts';
import type { Turn } from '#store/turn.ts';

/** How many of the newest others a report is compared with. */
const most = 300;

/** The earlier incidents of the team that a new report resembles, for the letter that brings it. */
export async function similarFor(
  turn: Turn,
  { id, title }: Incident,
  mail: Mail,
  { name, policy }: Office,
  world: World,
): Promise<readonly Similar[]> {
  const listed = (await turn.incidents(name, 'all')).filter((other) => other.id !== id).slice(-most);
  const others = (await asTheyStand(turn, listed.toReversed(), world)).filter(({ verdict }) => verdict?.is !== 'spam');
  const components = Object.values(policy.catalogue?.scopes ?? {}).flatMap((scope) => scope.components);
  return similarTo({ title, text: textOf(mail.opened) }, others, components);
}

/** Writes into the journal of the other incident what this one was found to repeat, in the same turn: each then tells of the other. */
export async function tellRepeated(turn: Turn, recorded: readonly Recorded[], id: Incident['id'], office: Office, world: World, now: Date) {
  for (const { event } of recorded) {
    if (event.type !== 'duplicate-linked') continue;
    const subject = await turn.subject(event.of);
    if (subject?.kind !== 'incident' || incidentIn(subject)?.repeatedIn?.includes(id)) continue;
    const repeated: Event = { type: 'repeated', by: event.by, in: id };
    await commit(turn, { subject, events: [repeated] }, { now }, office, world);
  }
}
