// Sends the mail of the day: what is due and can wait, over all incidents of a team, in one letter for each member.
import { deadlinesOf } from '#incident/deadline.ts';
import type { Event } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { nextRing } from '#incident/ringing.ts';
import { type DayOf, digests, heardBy } from '#letter/reminding.ts';
import { asTheyStand } from '#office/lately.ts';
import { incidentIn } from '#office/matter.ts';
import type { Office } from '#office/office.ts';
import { commit, toQueue } from '#office/outgoing.ts';
import { lockRegister, teamSubject } from '#office/register.ts';
import { draw, type World } from '#office/world.ts';
import type { Subject } from '#store/subjects.ts';
import type { Turn } from '#store/turn.ts';
import { dailyToday } from '#team/calendar.ts';

type Reminded = Extract<Event, { type: 'reminded' }>;
type IncidentSubject = Extract<Subject, { kind: 'incident' }>;

/**
 * Sends a team's mail of the day; true when somebody got one. Asked for by the first deadline that comes at its hour, `asking` is its incident.
 * One turn holds all incidents with something due and the team's own matters, so it is said once, whole, whoever asks and wherever a daemon
 * is killed. Where today's mail is out already, or today is a day off, everything waits for the next.
 */
export async function sendDigests(asking: string, office: Office, world: World): Promise<boolean> {
  const now = world.clock();
  const waiting = await dueAmong(office, world, now);
  return world.store.turn(async (turn) => {
    const found = await underLock(turn, [...new Set([...waiting, asking])].sort(), office, now);
    await lockRegister(turn, office, now);
    if (!(await isDue(turn, office, now))) {
      const subject = found.find(({ subject: { id } }) => id === asking)?.subject;
      if (subject) await commit(turn, { subject, events: [] }, { now, notToday: true }, office, world);
      return false;
    }
    const days: DayOf[] = [];
    for (const { subject, events } of found) days.push({ ...(await commit(turn, { subject, events }, { now }, office, world)), events });
    const cause = `digest/${draw(world, 12)}`;
    const letters = digests(days, office, now).map((letter) => toQueue(letter, cause, undefined, office, world, now));
    await turn.commit({ subject: { id: teamSubject(office), stage: 'open' }, events: [], letters, now });
    return letters.length > 0;
  });
}

/** The open incidents with something due in the mail of the day, by a look without locks. */
async function dueAmong(office: Office, { store }: World, now: Date): Promise<string[]> {
  const open = await asTheyStand(store.subjects, await store.subjects.incidents(office.name, 'open'), { store });
  return open.filter((incident) => remindedToday(incident, office, now).length > 0).map(({ id }) => id);
}

/** Whether today has a mail of the day that is not out yet. */
async function isDue(turn: Turn, office: Office, now: Date): Promise<boolean> {
  const hour = dailyToday(now, office.policy);
  return hour !== undefined && (await turn.recentLetters(office.name, 'digest', undefined, hour)) === 0;
}

async function underLock(turn: Turn, ids: readonly string[], office: Office, now: Date) {
  const found: { subject: IncidentSubject; events: Reminded[] }[] = [];
  for (const id of ids) {
    const subject = await turn.subject(id);
    const incident = incidentIn(subject);
    if (subject?.kind === 'incident' && incident) found.push({ subject, events: remindedToday(incident, office, now) });
  }
  return found;
}

function remindedToday(incident: Incident, { policy, roster }: Office, now: Date): Reminded[] {
  return deadlinesOf(incident, policy).flatMap((deadline) => {
    const { at, daily } = nextRing(deadline, incident, policy, now);
    if (!daily || at > now) return [];
    return [{ type: 'reminded', deadline: deadline.key, ...heardBy(deadline, incident, roster), daily: true }];
  });
}

/**
 * Derives anew when the deadlines of a team's open incidents make themselves heard: when a daemon starts, the policy or the program may be another
 * than when they were last written down, and nobody must wait for a word in each incident until that counts.
 */
export async function expectDeadlines(office: Office, world: World): Promise<void> {
  const now = world.clock();
  for (const { id } of await world.store.subjects.incidents(office.name, 'open'))
    await world.store.turn(async (turn) => {
      const subject = await turn.subject(id);
      if (subject?.kind === 'incident' && incidentIn(subject)) await commit(turn, { subject, events: [] }, { now }, office, world);
    });
}
