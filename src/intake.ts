// One mail in, on one page: read it, know its sender, find its incident, obey its own words, commit everything at once.
import { authority } from '#command/authority.ts';
import { type Carried, carryOut } from '#command/carry-out.ts';
import type { Situation } from '#command/command.ts';
import type { IncidentId } from '#incident/id.ts';
import type { Incident } from '#incident/incident.ts';
import { around } from '#office/around.ts';
import { arrivalOf, passableOf } from '#office/arriving.ts';
import { takeMachineMail, takeUnusable, unheardAlarms } from '#office/aside.ts';
import { exposedBy, exposedLetters, shownOf } from '#office/exposing.ts';
import { joiningEvents, passedOn } from '#office/happening.ts';
import { openIncident, replays, toKeep } from '#office/keeping.ts';
import { similarFor, tellRepeated } from '#office/likeness.ts';
import { mayAcknowledge } from '#office/limits.ts';
import { incidentIn, isTeamMatter, protectedCites, unheardOf, whichIncident } from '#office/matter.ts';
import { numbered } from '#office/numbering.ts';
import type { Office } from '#office/office.ts';
import { commit } from '#office/outgoing.ts';
import { type Mail, read } from '#office/read.ts';
import { current } from '#office/register.ts';
import { broughtWith, enterFromMail, lookSoon } from '#office/registering.ts';
import { look } from '#office/sight.ts';
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
export async function take(fetched: Fetched, team: Office, world: World, options = { keep: true }): Promise<Taken> {
  const now = world.clock();
  const office = await current(team, world.store, now);
  if (!fetched.bytes) return takeUnusable(fetched, { why: `it is larger than ${world.limits.bytes} bytes` }, office, world, now, options);
  const mail = await read(fetched.bytes, office, now, world.limits, world.vouchers?.get(office.name));
  if (mail.is === 'unusable') return takeUnusable(fetched, mail, office, world, now, options);
  if (mail.is === 'machine') return takeMachineMail(fetched, mail, office, world, now, options);
  const sight = await look(mail.own, office, now);
  const brought = await broughtWith(mail, office, now);

  return world.store.turn(async (turn) => {
    const replayed = options.keep && (await replays(turn, mail, office));
    const kept = toKeep(fetched, mail, { office, world, now, keep: options.keep, replayed });
    const before = await turn.seen({ team: office.name, place: kept.place, fingerprint: kept.fingerprint });
    if (before) return takenOf({ mail, kind: 'seen', incident: before.subject });

    const unheard = await unheardOf(turn, mail, office);
    const found = await whichIncident(turn, mail, unheard, office);
    const subject = 'incident' in found ? await turn.subject(found.incident) : undefined;
    const known = incidentIn(subject);
    const recorded = subject?.kind === 'incident' ? subject.recorded : [];
    const by = await trusted(turn, mail, known, { replayed, unheard }, office, now);
    const situation: Situation = {
      incident: known,
      recorded,
      by,
      policy: office.policy,
      roster: office.roster,
      register: office.register,
      now,
      ...(await around(turn, mail.own, known, office, world)),
      ...sight,
      attached: {
        mail: kept.id,
        names: passableOf(mail.opened, by) === 'all' ? mail.opened.attachments.map(({ filename }) => filename) : [],
      },
      draw: () => draw(world, 6),
      write: writer(office, recorded, now),
    };
    const enter = ({ register: commanded }: Carried) =>
      enterFromMail(turn, { brought, commanded, signedBy: signerOf(mail, replayed, office, now), mail: kept.id }, office, world, now);
    const warnings = known ? [] : unheardAlarms(unheard, by, office);
    if (!known && isTeamMatter(mail, by, found))
      return teamTurn(turn, mail, by, carryOut(mail.own, situation), kept, { enter, warnings }, office, world);

    const at = known ? { incident: known, recorded, events: [] } : await openIncident(turn, mail, by, kept.id, office, world, now);
    const carried = carryOut(mail.own, { ...situation, incident: at.incident, recorded: at.recorded });
    const joined = known ? await joiningEvents(turn, mail, by, known, carried, kept.id, office, world, now) : [];
    const { events: assigned, question } = await numbered(turn, mail, by, known, office, world);
    const kind = kindOf(by, known);
    const exposed = await exposedBy(mail, office);
    const arrived = arrivalOf(mail, by, known, carried, 'ambiguous' in found ? found.ambiguous : undefined);
    const outcome = await commit(
      turn,
      {
        subject: { id: at.incident.id, recorded },
        events: [...at.events, ...joined, ...assigned, ...carried.events],
        mail: { ...kept, kind },
        more: [
          ...transcriptLetter(mail, carried, by, at.incident.id, office),
          ...(await exposedLetters(turn, exposed, by, at.incident.id, office, now)),
          ...warnings,
        ],
      },
      {
        now,
        mayAcknowledge: await mayAcknowledge(turn, carried.incident?.reporter?.address, office, now),
        reach: sight.reach,
        ...(!known && { similar: await similarFor(turn, at.incident, mail, office, world) }),
        arrival: {
          ...(await passedOn(turn, shownOf(arrived, exposed), mail, known, office)),
          message: kept.id,
          ...(question && { question }),
        },
      },
      office,
      world,
    );
    await tellRepeated(turn, outcome.recorded, at.incident.id, office, world, now);
    // Letters that waited for the reporter's key leave with the next look.
    if (outcome.recorded.some(({ event }) => event.type === 'reporter-key-proved')) await lookSoon(turn, office, now);
    const letters = [...outcome.letters, ...(await enter(carried))];
    return takenOf({ mail, by, kind, incident: at.incident.id, carried, letters });
  }, options);
}

/** The sender, with the proof that is left once the signature was found fresh, unseen and bound to this incident. */
async function trusted(
  turn: Turn,
  mail: Mail,
  known: Incident | undefined,
  { replayed, unheard }: { readonly replayed: boolean; readonly unheard: ReadonlySet<IncidentId> },
  office: Office,
  now: Date,
): Promise<Sender> {
  return authority(mail.sender, mail.opened, {
    incident: known?.id,
    prefix: office.prefix,
    own: mail.own,
    replayed,
    protectedCites: await protectedCites(turn, mail, unheard, office),
    policy: office.policy,
    now,
  });
}

/** Whose signature may let a new key count: it is fresh and unseen, and speaks of no incident. */
function signerOf({ sender, opened, own }: Mail, replayed: boolean, { prefix, policy }: Office, now: Date): string | undefined {
  const by = authority(sender, opened, { incident: undefined, prefix, own, replayed, protectedCites: [], policy, now });
  return by.proof === 'signed' ? by.who : undefined;
}

function kindOf(by: Sender, known: Incident | undefined): TakenKind {
  if (!known) return 'report';
  if (by.roles.includes('distributor')) return 'distributor';
  return ['outsider', 'cna', 'administrator'].includes(by.who) ? 'follow-up' : 'team';
}
