// The answer of the CVE numbering authority: the id is taken from its own words, or shown to the team where it cannot be.

import { cveIdsIn, usedBy } from '#incident/cve.ts';
import type { Event } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { text as ownText } from '#mail/own-words.ts';
import { everyIncident } from '#office/lately.ts';
import type { Office } from '#office/office.ts';
import type { Mail } from '#office/read.ts';
import type { World } from '#office/world.ts';
import type { Turn } from '#store/turn.ts';
import type { Sender } from '#team/sender.ts';
import { proves } from '#team/sender.ts';

/** What a mail of the authority makes happen, and the line that the team sees with it. */
export interface Numbered {
  readonly events: readonly Event[];
  readonly question?: string;
}

/**
 * The id that an answer gives: exactly one well-formed one in its own words, to an open request, from the authority on file with the proof that
 * the policy wants, and not in use for another incident. Anything else changes nothing and is shown with the line that would record it (S2-63).
 */
export async function numbered(
  turn: Turn,
  mail: Mail,
  by: Sender,
  incident: Incident | undefined,
  office: Office,
  world: World,
): Promise<Numbered> {
  if (by.who !== 'cna' || incident?.cve.state !== 'requested') return { events: [] };
  const ids = cveIdsIn(ownText(mail.own));
  const [id] = ids;
  if (id === undefined) return { events: [], question: 'It names no CVE id. If it assigns one all the same: /cve <id>' };
  if (ids.length > 1) return { events: [], question: `It names ${ids.join(', ')}. The one that is meant: /cve <id>` };
  const { policy } = office;
  if (!proves(by, policy.cve.proof ?? policy.proof))
    return { events: [], question: `It names ${id}, and nothing proves that it is from ${by.name}. If it is: /cve ${id}` };
  const user = usedBy(id, incident, await everyIncident(turn, office, world));
  // The mail is also shown to who sits with the team in this incident and in no other; /cve tells a member which it is.
  if (user) return { events: [], question: `It names ${id}, which another incident has already (/cve ${id} says which). Ask ${by.name}.` };
  return {
    events: [{ type: 'cve-assigned', by: 'cna', cve: id }],
    question: `${id} was taken from this mail. If that is wrong: /cve <id>`,
  };
}
