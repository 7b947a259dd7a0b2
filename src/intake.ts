// One mail in, on one page: read it, know its sender, find its incident, obey its own words, commit everything at once.
import { authority } from '#command/authority.ts';
import { carryOut } from '#command/carry-out.ts';
import type { Situation } from '#command/command.ts';
import type { Recorded } from '#incident/event.ts';
import { type IncidentId, idBytes, makeId } from '#incident/id.ts';
import { type Incident, incidentOf } from '#incident/incident.ts';
import { fingerprint } from '#mail/fingerprint.ts';
import { arrivalOf } from '#office/arriving.ts';
import { again, placeFor, takeMachineMail, takeUnusable } from '#office/aside.ts';
import { certificateOf, reportedEvent, senderEvents } from '#office/happening.ts';
import { mayAcknowledge } from '#office/limits.ts';
import { isTeamMatter, othersFor, protectedCites, whichIncident } from '#office/matter.ts';
import { type Office, reachAll } from '#office/office.ts';
import { commit } from '#office/outgoing.ts';
import { type Mail, read } from '#office/read.ts';
import { type Taken, type TakenKind, takenOf } from '#office/taken.ts';
import { draw, type World } from '#office/world.ts';
import { teamTurn, transcriptLetter, writer } from '#office/writing.ts';
import type { Fetched } from '#post/imap.ts';
import type { MailToKeep } from '#store/commit.ts';
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
    const kept = toKeep(fetched, mail, office, world, now, options);
    const before = await turn.seen({ team: office.name, place: kept.place, fingerprint: kept.fingerprint });
    if (before) return takenOf({ mail, kind: 'seen', incident: before.subject });

    const found = await whichIncident(turn, mail, office);
    const subject = 'incident' in found ? await turn.subject(found.incident) : undefined;
    const known = subject && incidentOf(subject.id as IncidentId, subject.recorded);
    const by = await trusted(turn, mail, known, office, now, options);
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
    const joined = known ? senderEvents(mail, by, carried, kept.id, office.policy.proof) : [];
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
        policy: office.policy,
        roster: office.roster,
        now,
        fingerprint: office.key.fingerprint,
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
async function trusted(
  turn: Turn,
  mail: Mail,
  known: Incident | undefined,
  office: Office,
  now: Date,
  { keep }: { keep: boolean },
): Promise<Sender> {
  const { digest } = mail.opened.signature;
  return authority(mail.sender, mail.opened, {
    incident: known?.id,
    prefix: office.prefix,
    replayed: keep && digest !== undefined && (await turn.signatureSeen(digest)),
    protectedCites: await protectedCites(turn, mail, office),
    policy: office.policy,
    now,
  });
}

interface Opening {
  readonly incident: Incident;
  readonly recorded: readonly Recorded[];
  readonly events: readonly Recorded['event'][];
}

async function openIncident(
  turn: Turn,
  mail: Mail,
  by: Sender,
  message: string,
  certificate: string | undefined,
  office: Office,
  world: World,
  now: Date,
): Promise<Opening> {
  const event = reportedEvent(mail, by, message, certificate, office, now);
  for (let tries = 0; tries < 10; tries++) {
    const id = makeId(office.prefix, world.random(idBytes));
    if (!(await turn.create({ id, team: office.name, kind: 'incident', openedAt: now }))) continue;
    const recorded = [{ number: 1, at: now, event }];
    const incident = incidentOf(id, recorded);
    if (incident) return { incident, recorded, events: [event] };
  }
  throw new Error('no free incident id was found in ten tries');
}

function toKeep(
  fetched: Fetched,
  { message, opened, sender }: Mail,
  office: Office,
  world: World,
  now: Date,
  options: { keep: boolean },
): MailToKeep {
  const { digest, status } = opened.signature;
  return {
    id: draw(world, 20),
    team: office.name,
    place: placeFor(fetched, world, options),
    fingerprint: again(fingerprint(message), world, options),
    ...(message.messageId && { messageId: message.messageId }),
    ...(message.from && { sender: message.from.address }),
    kind: 'mail',
    receivedAt: now,
    raw: message.bytes,
    ...(opened.inner && { inner: opened.inner }),
    ...(digest && status === 'good' && options.keep && { signature: digest }),
    note: { subject: opened.subject, sender: sender.who, proof: sender.proof },
  };
}

function kindOf(by: Sender, known: Incident | undefined): TakenKind {
  if (!known) return 'report';
  if (by.roles.includes('distributor')) return 'distributor';
  return by.who === 'outsider' || by.who === 'cna' ? 'follow-up' : 'team';
}
