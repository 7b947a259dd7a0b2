// The parts of an incident: who was given which, whether they said so, who passed it on, and whose turn on call is over.
import type { Incident } from '#incident/incident.ts';
import { shortReason } from '#incident/reason.ts';
import type { Who } from '#incident/who.ts';

export type PartEvent =
  /** Somebody is asked to have a part; `lead` is the part of leading the fix, which only counts when they say so. */
  | {
      readonly type: 'part-given';
      readonly part: string;
      readonly to: Who;
      readonly how: 'week' | 'queue' | 'next' | 'named';
      readonly by: Who;
    }
  | { readonly type: 'part-taken'; readonly part: string; readonly by: Who }
  | { readonly type: 'part-passed'; readonly part: string; readonly by: Who; readonly because: string }
  /** Everybody in line was asked: now it is whoever says so first (S2-28). */
  | { readonly type: 'part-opened'; readonly part: string }
  /** The turn of the commander on call is over; the incident stays with them until they hand it off (S1-33). */
  | { readonly type: 'turn-ended'; readonly to: Who };

/** Stands for a holder where there is none; no handle can be this word. */
const nobody: Who = 'nobody';

export interface HeldPart {
  /** Who has it, or was asked last. */
  readonly who: Who;
  readonly at: Date;
  /** True once they said so. */
  readonly taken: boolean;
  /** Who was asked before and passed or did not answer. */
  readonly asked: readonly Who[];
  /** Everybody is asked. */
  readonly open?: true;
}

/** The parts of an incident by name, and the turn that made its first commander. */
export interface Parts {
  readonly parts: Readonly<Record<string, HeldPart>>;
  readonly turn?: { readonly who: Who; readonly ends: Date; readonly told?: true };
}

/** Who has a part, or is asked to; undefined for a part the incident does not have. */
export function heldPart({ parts }: Pick<Incident, 'parts'>, part: string): HeldPart | undefined {
  return Object.hasOwn(parts, part) ? parts[part] : undefined;
}

/** Who has a part, in words: "second", "lead (asked, not confirmed)", "nobody yet". */
export function partWords(incident: Pick<Incident, 'parts'>, part: string): string {
  const held = heldPart(incident, part);
  if (!held || (held.open && !held.taken)) return 'nobody yet';
  return held.taken ? held.who : `${held.who} (asked, not confirmed)`;
}

/** The state after one more event of its parts. */
export function evolvePart(incident: Incident, at: Date, event: PartEvent): Incident {
  if (event.type === 'turn-ended') return incident.turn ? { ...incident, turn: { ...incident.turn, told: true } } : incident;
  const now = next(heldPart(incident, event.part), at, event);
  return now ? { ...incident, parts: { ...incident.parts, [event.part]: now } } : incident;
}

function next(held: HeldPart | undefined, at: Date, event: Exclude<PartEvent, { type: 'turn-ended' }>): HeldPart | undefined {
  switch (event.type) {
    case 'part-given':
      return { who: event.to, at, taken: event.by === event.to, asked: askedBefore(held, event.to) };
    case 'part-taken':
      return { who: event.by, at, taken: true, asked: askedBefore(held, event.by) };
    case 'part-passed':
      return held && { ...held, taken: false };
    case 'part-opened':
      // Where everybody is away nobody was asked before.
      return { who: nobody, asked: [], ...held, at, taken: false, open: true };
    default:
      return event satisfies never;
  }
}

function askedBefore(held: HeldPart | undefined, now: Who): Who[] {
  return held ? [...new Set([...held.asked, held.who])].filter((who) => who !== now) : [];
}

/** The sentence of such an event. */
export function tellPart(event: PartEvent, name: (who: Who) => string): string {
  switch (event.type) {
    case 'part-given':
      return event.part === 'lead'
        ? `${name(event.to)} was asked to lead the fix${ways[event.how]}.`
        : `${name(event.to)} was given the part "${event.part}"${ways[event.how]}.`;
    case 'part-taken':
      return `${name(event.by)} took the part "${event.part}".`;
    case 'part-passed':
      return `${name(event.by)} passed the part "${event.part}"${shortReason(event.because)}.`;
    case 'part-opened':
      return `Everybody in line was asked for the part "${event.part}"; whoever says so first has it.`;
    case 'turn-ended':
      return `The turn of ${name(event.to)} on call is over; the incident stays theirs until they hand it off.`;
    default:
      return event satisfies never;
  }
}

const ways = { week: ', whose week it is', queue: ', at the head of the queue', next: ', next in line', named: '' } as const;
