// What commands look at beside their own incident, read under the lock of the turn and only for mails whose commands ask for it.
import type { Situation } from '#command/command.ts';
import type { Incident } from '#incident/incident.ts';
import type { Told } from '#incident/knowledge.ts';
import type { Filed } from '#incident/stats.ts';
import { letterOfKind } from '#letter/list.ts';
import type { OwnWords } from '#mail/own-words.ts';
import { everyIncident } from '#office/lately.ts';
import { looks } from '#office/matter.ts';
import type { Office } from '#office/office.ts';
import type { World } from '#office/world.ts';
import type { Posted } from '#store/outbox.ts';
import type { Turn } from '#store/turn.ts';

/** The other incidents, the letters of this one, and what there is to count, as far as a command in the own words looks there. */
export async function around(
  turn: Turn,
  own: OwnWords,
  known: Pick<Incident, 'id'> | undefined,
  office: Office,
  world: World,
): Promise<Pick<Situation, 'others' | 'letters' | 'filed'>> {
  return {
    others: looks(own, 'incidents') || looks(own, 'cve-ids') ? await everyIncident(turn, office, world) : [],
    letters: known && looks(own, 'letters') ? (await turn.lettersOf(known.id)).map(toldBy) : [],
    filed: looks(own, 'figures') ? await toCount(turn, office, world) : [],
  };
}

function toldBy({ id, letter, messageId, state, createdAt, doneAt }: Posted): Told {
  return {
    letter: id,
    kind: letter.kind,
    // A kind that is gone from the list had contents for all we know.
    contents: letterOfKind(letter.kind)?.contents ?? true,
    audience: letter.audience,
    who: letter.to.who,
    address: letter.to.address,
    messageId,
    is: state === 'leased' ? 'waiting' : state,
    at: doneAt ?? createdAt,
  };
}

async function toCount(turn: Turn, office: Office, world: World): Promise<Filed[]> {
  const acknowledged = await turn.firstSent(office.name, 'acknowledgement');
  return (await everyIncident(turn, office, world)).toReversed().map((incident) => {
    const acknowledgedAt = acknowledged.get(incident.id);
    return { incident, ...(acknowledgedAt && { acknowledgedAt }) };
  });
}
