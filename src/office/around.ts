// What commands look at beside their own incident, read under the lock of the turn and only for mails whose commands ask for it.
import type { Situation } from '#command/command.ts';
import type { Incident } from '#incident/incident.ts';
import type { Told } from '#incident/knowledge.ts';
import type { Filed } from '#incident/stats.ts';
import { letterOfKind } from '#letter/list.ts';
import type { OwnWords } from '#mail/own-words.ts';
import { everyIncident } from '#office/lately.ts';
import { incidentIn, looks } from '#office/matter.ts';
import type { Office } from '#office/office.ts';
import type { World } from '#office/world.ts';
import type { Posted } from '#store/outbox.ts';
import type { Turn } from '#store/turn.ts';

/** The other incidents, the letters of this one, and the journals of all, as far as a command in the own words looks there. */
export async function around(
  turn: Turn,
  own: OwnWords,
  known: Pick<Incident, 'id'> | undefined,
  office: Office,
  world: World,
): Promise<Pick<Situation, 'others' | 'letters' | 'journals'>> {
  return {
    others: looks(own, 'incidents') ? await everyIncident(turn, office, world) : [],
    letters: known && looks(own, 'letters') ? (await turn.lettersOf(known.id)).map(toldBy) : [],
    journals: looks(own, 'journals') ? await journals(turn, office) : [],
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

async function journals(turn: Turn, { name }: Office): Promise<Filed[]> {
  const acknowledged = await turn.firstSent(name, 'acknowledgement');
  const filed: Filed[] = [];
  for (const { id } of await turn.incidents(name, 'all')) {
    const subject = await turn.peek(id);
    const incident = incidentIn(subject);
    if (subject?.kind !== 'incident' || !incident) continue;
    const acknowledgedAt = acknowledged.get(id);
    filed.push({ incident, recorded: subject.recorded, ...(acknowledgedAt && { acknowledgedAt }) });
  }
  return filed;
}
