// Who is next for a part: the weeks or the queue of the roster, who had a turn before, who was asked already.
import type { Incident } from '#incident/incident.ts';
import { heldPart, type PartEvent } from '#incident/part.ts';
import { isOpen } from '#incident/stage.ts';
import type { Who } from '#incident/who.ts';
import { leadOrder, lineAt, present, queueOf } from '#team/oncall.ts';
import type { Policy } from '#team/policy.ts';
import { type Member, type Roster, weeksOf } from '#team/roster.ts';

/** What decides who is next; `others` are the team's other incidents, the newest first. */
export interface Around {
  readonly policy: Policy;
  readonly roster: Roster;
  readonly now: Date;
  readonly others: readonly Incident[];
}

/** The standing part of a policy with this name. */
export function standingPart({ parts }: Policy, part: string): Policy['parts']['standing'][string] | undefined {
  return Object.hasOwn(parts.standing, part) ? parts.standing[part] : undefined;
}

/** Whether who is next hangs on who had it in other incidents. */
export function isQueue(part: string, policy: Policy): boolean {
  return part === 'lead' || standingPart(policy, part)?.by === 'queue';
}

/** Everybody in line for a part, the next one first; those on leave are not in it (S1-48, S2-35, S2-39). */
export function lineFor(part: string, { policy, roster, now, others }: Around): Member[] {
  if (part === 'lead') return leadLine({ roster, now, others });
  const weeks = weeksOf(roster, part);
  if (!weeks) return [];
  if (standingPart(policy, part)?.by !== 'queue') return lineAt(weeks, roster, now);
  return present(queueOf(weeks.order, hadBefore(part, others, policy)), roster, now);
}

/**
 * Who leads next: of those with the fewest open incidents that they lead or were asked to lead, whoever has waited longest. So incidents that come
 * together are asked of several people, and where all have as many it goes round (S1-48, S2-52, S4-11).
 */
export function leadLine({ roster, now, others }: Omit<Around, 'policy'>): Member[] {
  const open = others.filter(isOpen).map((incident) => incident.lead ?? askedToLead(incident));
  const burden = ({ handle }: Member) => open.filter((who) => who === handle).length;
  const line = present(queueOf(leadOrder(roster), ledBefore(others)), roster, now);
  return line.toSorted((one, other) => burden(one) - burden(other));
}

function askedToLead(incident: Incident): Who | undefined {
  const held = heldPart(incident, 'lead');
  return held && !held.open ? held.who : undefined;
}

/** Who led an incident, the newest choice first; a volunteer counts as anybody else, so they go to the end (S1-48). */
function ledBefore(others: readonly Incident[]): Who[] {
  return others
    .filter(({ leadAt }) => leadAt !== undefined)
    .toSorted((one, other) => (other.leadAt?.getTime() ?? 0) - (one.leadAt?.getTime() ?? 0))
    .flatMap(({ lead }) => (lead === undefined ? [] : [lead]));
}

// S2-41: whether whoever passed or did not answer had their turn is a matter of the policy.
function hadBefore(part: string, others: readonly Incident[], { parts }: Policy): Who[] {
  const loses = parts.passing === 'loses-turn';
  return others.flatMap((incident) => {
    const held = heldPart(incident, part);
    if (!held) return [];
    return [...(loses || !held.open ? [held.who] : []), ...(loses ? held.asked.toReversed() : [])];
  });
}

/** The parts that a new incident begins with, each with who has its week or stands at the head of its queue (S2-36, S2-40). */
export function firstParts(around: Around): PartEvent[] {
  return Object.entries(around.policy.parts.standing).flatMap(([part, { by }]): PartEvent[] => {
    const [first] = lineFor(part, around);
    return [first ? { type: 'part-given', part, to: first.handle, how: by, by: 'embargod' } : { type: 'part-opened', part }];
  });
}

/** What becomes of a part that whoever has it does not take: the next one in line is asked, and after the last everybody (S2-37, S2-41, C7). */
export function nextFor(part: string, incident: Incident, around: Around, by: Who = 'embargod'): PartEvent {
  const held = heldPart(incident, part);
  const asked = new Set(held ? [...held.asked, held.who] : []);
  const others = around.others.filter(({ id }) => id !== incident.id);
  const next = lineFor(part, { ...around, others }).find(({ handle }) => !asked.has(handle));
  if (!next) return { type: 'part-opened', part };
  return { type: 'part-given', part, to: next.handle, how: held ? 'next' : 'queue', by };
}

/** Whose something is because of the standing part they have: the word of a reminder, the key of a step, or "draft" (S2-30, S2-31). */
export function partOwner(what: string, incident: Incident, { parts }: Policy): Who | undefined {
  for (const [part, { owns }] of Object.entries(parts.standing)) {
    const held = owns.includes(what) ? heldPart(incident, part) : undefined;
    if (held && !held.open) return held.who;
  }
  return undefined;
}
