// Puts decided letters into rows for the outbox: ids, Message-IDs, thread, the moment before which they wait.

import { deadlinesOf } from '#incident/deadline.ts';
import type { Event, Recorded } from '#incident/event.ts';
import { withoutOtherIds } from '#incident/id.ts';
import { type Incident, incidentOf } from '#incident/incident.ts';
import { nextRing } from '#incident/ringing.ts';
import { stageOf } from '#incident/stage.ts';
import { type FollowUp, followUp, type Occasion } from '#letter/follow-up.ts';
import type { Letter } from '#letter/letter.ts';
import { domainOf, type Office } from '#office/office.ts';
import { newMessageId } from '#office/read.ts';
import { unasked } from '#office/sight.ts';
import { draw, type World } from '#office/world.ts';
import type { LetterToQueue, MailToKeep } from '#store/commit.ts';
import type { Subject } from '#store/subjects.ts';
import type { Turn } from '#store/turn.ts';
import { nextDaily } from '#team/calendar.ts';
import type { Policy } from '#team/policy.ts';
import { memberOf } from '#team/roster.ts';
import { after } from '#time.ts';

/** What a decision about an incident leaves behind. */
export interface Outcome {
  readonly recorded: readonly Recorded[];
  readonly incident: Incident;
  readonly letters: readonly Letter[];
}

/** What a decision knows beside its team and incident: only a mail arrives, may be acknowledged, or asks whom a notice would reach. */
export type Circumstance = Pick<Occasion, 'now'> &
  Partial<Pick<Occasion, 'arrival' | 'mayAcknowledge' | 'reach' | 'similar'>> & {
    /** Today's mail of the day is out, or today has none: what waits for it waits for the next. */
    readonly notToday?: true;
  };

/**
 * Commits events to a locked incident together with everything that follows: state, deadlines, letters, and the mail that caused them.
 * `more` are letters that follow from no event (a transcript).
 */
export async function commit(
  turn: Turn,
  change: {
    readonly subject: Pick<Extract<Subject, { kind: 'incident' }>, 'id' | 'recorded'>;
    readonly events: readonly Event[];
    readonly mail?: MailToKeep;
    readonly more?: readonly Letter[];
  },
  circumstance: Circumstance,
  office: Office,
  world: World,
): Promise<Outcome> {
  const { subject, events, mail, more = [] } = change;
  const { now } = circumstance;
  const { policy, roster, key } = office;
  const { id } = subject;
  const recorded = events.map((event, index) => ({ number: subject.recorded.length + index + 1, at: now, event }));
  const incident = incidentOf(id, [...subject.recorded, ...recorded]);
  if (!incident) throw new Error(`${id} has a journal without a report`);
  const follow = followUp(recorded, {
    mayAcknowledge: false,
    reach: unasked,
    ...circumstance,
    policy,
    roster,
    fingerprint: key.fingerprint,
    incident,
  });
  const letters = [
    ...follow.flatMap(({ event, letters: following }: FollowUp) =>
      following.map((letter) => toQueue(letter, `${id}/${event}`, incident, office, world, now)),
    ),
    ...more.map((letter) => toQueue(letter, `mail/${mail?.id ?? draw(world, 12)}`, incident, office, world, now)),
  ];
  await turn.commit({
    ...(mail && { message: { ...mail, subject: id } }),
    subject: { id, stage: stageOf(incident) },
    events,
    letters,
    deadlines: rings(incident, policy, now, circumstance.notToday),
    now,
  });
  return { recorded, incident, letters: letters.map(({ letter }) => letter) };
}

/** When each deadline of an incident makes itself heard next; `notToday`: what waits for the mail of the day waits for the next one. */
function rings(incident: Incident, policy: Policy, now: Date, notToday?: true): { key: string; dueAt: Date }[] {
  const nextMail = notToday && nextDaily(after(now, 1), policy);
  return deadlinesOf(incident, policy).map((deadline) => {
    const { at, daily } = nextRing(deadline, incident, policy, now);
    return { key: deadline.key, dueAt: daily && nextMail && at < nextMail ? nextMail : at };
  });
}

/** A letter as a row: unguessable ids, and a place in the reader's thread. */
export function toQueue(
  letter: Letter,
  cause: string,
  incident: Incident | undefined,
  office: Office,
  world: World,
  now: Date,
): LetterToQueue {
  return {
    id: draw(world, 20),
    cause,
    messageId:
      letter.publicThread === 'begins' && incident
        ? publicThread(letter, incident, office)
        : newMessageId(draw(world, 26).toLowerCase(), office),
    letter: { ...readable(letter, incident, office), references: thread(letter, incident, office) },
    nextAt: letter.notBefore ? new Date(letter.notBefore) : now,
  };
}

// Whoever sits with the team in one incident reads what the team reads there, and sits in no other (S2-32).
function readable(letter: Letter, incident: Incident | undefined, { roster }: Office): Letter {
  if (!incident || letter.audience !== 'team' || memberOf(roster, letter.to.who)?.roles.includes('member')) return letter;
  const alone = (_: string, fact: unknown) => (typeof fact === 'string' ? withoutOtherIds(fact, incident.id) : fact);
  return { ...letter, facts: JSON.parse(JSON.stringify(letter.facts), alone) };
}

// Letters of one incident stand together in a reader's mail program: the reporter's under their own mail, everybody else's under an
// address of the incident that no mail ever has. On a public channel the first word begins the thread.
function thread(letter: Letter, incident: Incident | undefined, office: Office): string[] {
  if (!incident) return [];
  if (letter.audience === 'public') return letter.publicThread === 'answers' ? [publicThread(letter, incident, office)] : [];
  if (letter.audience === 'reporter') return letter.to.who === 'reporter' && incident.messageId ? [incident.messageId] : [];
  return [`${incident.id.toLowerCase()}.${letter.audience}.thread@${domainOf(office)}`];
}

/** The Message-ID of the first public word about an incident on a channel: known again without keeping it, and said to nobody before. */
function publicThread({ to }: Letter, { id }: Incident, office: Office): string {
  return newMessageId(office.mac(`public thread of ${id} on ${to.who}`).slice(0, 26), office);
}
