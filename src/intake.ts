// One mail in, on one page: read it, know its sender, find its incident, obey its own words, commit everything at once.
import { authority } from '#command/authority.ts';
import { carryOut } from '#command/carry-out.ts';
import type { Situation } from '#command/command.ts';
import type { IncidentId } from '#incident/id.ts';
import { type Incident, incidentOf } from '#incident/incident.ts';
import { arrivalOf } from '#office/arriving.ts';
import { takeMachineMail, takeUnusable } from '#office/aside.ts';
import { certificateOf, senderEvents } from '#office/happening.ts';
import { openIncident, replays, toKeep } from '#office/keeping.ts';
import { mayAcknowledge } from '#office/limits.ts';
import { isTeamMatter, othersFor, protectedCites, whichIncident } from '#office/matter.ts';
import { type Office, reachAll } from '#office/office.ts';
import { commit } from '#office/outgoing.ts';
import { type Mail, read } from '#office/read.ts';
import { type Taken, type TakenKind, takenOf } from '#office/taken.ts';
import { draw, type World } from '#office/world.ts';
import { teamTurn, transcriptLetter, writer } from '#office/writing.ts';
import type { Fetched } from '#post/imap.ts';
import type { Turn } from '#store/turn.ts';
import type { Sender } from '#team/sender.ts';

/**
 * Takes one mail for a team and commits what follows from it; afterwards the mail may leave the inbox. A mail that came before changes
 * nothing. `keep: false` rolls everything back and only tells what would happen, as if the mail came for the first time. Throws
 * `Unavailable` when the database is away; anything else it throws is a bug, and the caller shunts the mail.
 */
export async function take(fetched: Fetched, office: Office, world: World, options = { keep: true }): Promise<Taken> {
  const now = world.clock();
  if (!fetched.bytes) return takeUnusable(fetched, { why: `it is larger than ${world.limits.bytes} bytes` }, office, world, now, options);
  const mail = await read(fetched.bytes, office, now, world.limits);
  if (mail.is === 'unusable') return takeUnusable(fetched, mail, office, world, now, options);
  if (mail.is === 'machine') return takeMachineMail(fetched, mail, office, world, now, options);
  const reach = await reachAll(office, now);
  const certificate = await certificateOf(mail);

  return world.store.turn(async (turn) => {
    const replayed = options.keep && (await replays(turn, mail));
    const kept = toKeep(fetched, mail, { office, world, now, keep: options.keep, replayed });
    const before = await turn.seen({ team: office.name, place: kept.place, fingerprint: kept.fingerprint });
    if (before) return takenOf({ mail, kind: 'seen', incident: before.subject });

    const found = await whichIncident(turn, mail, office);
    const subject = 'incident' in found ? await turn.subject(found.incident) : undefined;
    const known = subject && incidentOf(subject.id as IncidentId, subject.recorded);
    const by = await trusted(turn, mail, known, replayed, office, now);
    const situation: Situation = {
      incident: known,
      recorded: subject?.recorded ?? [],
      by,
      policy: office.policy,
      roster: office.roster,
      now,
      others: await othersFor(turn, mail.own, office),
      draw: () => draw(world, 6),
      write: writer(office, subject?.recorded ?? [], now),
      reach,
    };
    if (!known && isTeamMatter(mail, by, found)) return teamTurn(turn, mail, by, carryOut(mail.own, situation), kept, office, world);

    const at =
      known && subject
        ? { incident: known, recorded: subject.recorded, events: [] }
        : await openIncident(turn, mail, by, kept.id, certificate, office, world, now);
    const carried = carryOut(mail.own, { ...situation, incident: at.incident, recorded: at.recorded });
    const joined = known ? senderEvents(mail, by, known, carried, kept.id, office.policy.proof) : [];
    const kind = kindOf(by, known);
    const outcome = await commit(
      turn,
      {
        subject: { id: at.incident.id, recorded: subject?.recorded ?? [] },
        events: [...at.events, ...joined, ...carried.events],
        mail: { ...kept, kind },
        more: transcriptLetter(carried, by, at.incident.id, office),
      },
      {
        now,
        mayAcknowledge: await mayAcknowledge(turn, carried.incident?.reporter?.address, office, now),
        reach,
        arrival: arrivalOf(mail, by, known, carried, 'ambiguous' in found ? found.ambiguous : undefined),
      },
      office,
      world,
    );
    return takenOf({ mail, by, kind, incident: at.incident.id, carried, letters: outcome.letters });
  }, options);
}

/** The sender, with the proof that is left once the signature was found fresh, unseen and bound to this incident. */
async function trusted(turn: Turn, mail: Mail, known: Incident | undefined, replayed: boolean, office: Office, now: Date): Promise<Sender> {
  return authority(mail.sender, mail.opened, {
    incident: known?.id,
    prefix: office.prefix,
    replayed,
    protectedCites: await protectedCites(turn, mail, office),
    policy: office.policy,
    now,
  });
}

function kindOf(by: Sender, known: Incident | undefined): TakenKind {
  if (!known) return 'report';
  if (by.roles.includes('distributor')) return 'distributor';
  return by.who === 'outsider' || by.who === 'cna' ? 'follow-up' : 'team';
}
