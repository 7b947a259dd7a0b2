// The course of an incident: public already or not, what was decided and why, what else it hangs on.
import type { IncidentId } from '#incident/id.ts';
import type { Incident } from '#incident/incident.ts';
import { shortReason } from '#incident/reason.ts';
import type { Level } from '#incident/severity.ts';
import type { Instant, Outsider, Who } from '#incident/who.ts';
import { shown } from '#time.ts';

/** What can be decided about the way of an incident; the policy says which of them a team has. */
export const decisionKinds = ['slow', 'semi-public', 'early', 'release', 'distributors', 'emergency', 'sensitivity', 'breach'] as const;
export type DecisionKind = (typeof decisionKinds)[number];

/** Why a date moves to now once it was decided to publish after a broken embargo. */
export const breachMoves = 'the embargo was broken';

/** What was decided, by whom, and why; `against` is the advice that spoke against it. */
export interface Decided {
  readonly choice: string;
  readonly at: Date;
  readonly by: Who;
  readonly because: string;
  readonly against?: string;
}

export interface Classification {
  readonly scope: string;
  readonly effect: string;
  readonly actor?: string;
  readonly circumstances: readonly string[];
  readonly level: Level;
}

export type CourseEvent =
  /** It is public already; `waives` is what need not be waited for any more. */
  | { readonly type: 'exposed'; readonly by: Who; readonly because?: string; readonly waives?: string }
  | { readonly type: 'exposure-withdrawn'; readonly by: Who; readonly because: string }
  /** Whoever published it was asked to go on in private: the reporter, or `of`. */
  | { readonly type: 'privacy-asked'; readonly by: Who; readonly of?: Outsider }
  /** `by` is `reporter` or `publisher` where the answer was taken from their own mail. */
  | { readonly type: 'privacy-answered'; readonly by: Who; readonly answer: 'yes' | 'no'; readonly waives?: string }
  | {
      readonly type: 'decided';
      readonly by: Who;
      readonly what: DecisionKind;
      /** yes, no, or a word that the decision knows ("out-of-band"). */
      readonly choice: string;
      readonly because: string;
      readonly against?: string;
    }
  /** Another project's date that ours must not come before; absent: there is none any more. */
  | { readonly type: 'upstream-set'; readonly by: Who; readonly at?: Instant; readonly because?: string }
  | { readonly type: 'duplicate-linked'; readonly by: Who; readonly of: IncidentId; readonly text?: string }
  /** Another incident was found to repeat this one. */
  | { readonly type: 'repeated'; readonly by: Who; readonly in: IncidentId }
  | ({ readonly type: 'classified'; readonly by: Who } & Classification)
  | { readonly type: 'embargo-broken'; readonly by: Who; readonly what: string };

/** It is public already: since when we know, and whether whoever published it (`of`; absent: the reporter) goes on in private. */
export interface Exposure {
  readonly at: Date;
  readonly by: Who;
  readonly asked?: Date;
  readonly of?: Outsider;
  readonly answer?: 'yes' | 'no';
}

/** What the state keeps of its course. */
export interface Course {
  readonly exposure?: Exposure;
  readonly decisions: Readonly<Partial<Record<DecisionKind, Decided>>>;
  readonly upstreamAt?: Date;
  /** Somebody set our date before the one of upstream, knowing it, with a reason. */
  readonly beforeUpstream?: true;
  readonly duplicateOf?: IncidentId;
  /** The incidents that repeat this one. */
  readonly repeatedIn?: readonly IncidentId[];
  readonly classification?: Classification;
  /** The embargo was broken; until it is decided, nothing planned leaves by itself. */
  readonly breach?: { readonly at: Date; readonly by: Who; readonly what: string };
}

/** The state after one more event of its course. */
export function evolveCourse(incident: Incident, at: Date, event: CourseEvent): Incident {
  switch (event.type) {
    case 'exposed':
      return { ...incident, exposure: { at, by: event.by } };
    case 'exposure-withdrawn': {
      const { exposure: _, ...rest } = incident;
      return rest;
    }
    case 'privacy-asked':
      return asked(incident, at, event.of);
    case 'privacy-answered':
      return incident.exposure ? { ...incident, exposure: { ...incident.exposure, answer: event.answer } } : incident;
    case 'decided': {
      const { what, choice, by, because, against } = event;
      const decisions = { ...incident.decisions, [what]: { choice, at, by, because, ...(against && { against }) } };
      return { ...(what === 'breach' ? freed(incident, at) : incident), decisions };
    }
    case 'upstream-set': {
      const { upstreamAt: _, beforeUpstream: __, ...rest } = freed(incident, at);
      return event.at === undefined ? rest : { ...rest, upstreamAt: new Date(event.at) };
    }
    case 'duplicate-linked':
      return {
        ...incident,
        duplicateOf: event.of,
        verdict: { is: 'declined', at, by: event.by },
        ...(incident.reporter && answeredNow(incident, at)),
      };
    case 'repeated':
      return { ...incident, repeatedIn: [...new Set([...(incident.repeatedIn ?? []), event.in])] };
    case 'classified': {
      const { type: _, by: __, ...classification } = event;
      return { ...incident, classification };
    }
    case 'embargo-broken':
      return { ...incident, decisions: undecided(incident.decisions), breach: { at, by: event.by, what: event.what } };
    default:
      return event satisfies never;
  }
}

/** The reporter has an answer of ours since this moment, perhaps the first one. */
export function answeredNow({ firstAnsweredAt }: Incident, at: Date): Pick<Incident, 'answeredAt' | 'firstAnsweredAt'> {
  return { answeredAt: at, firstAnsweredAt: firstAnsweredAt ?? at };
}

// What froze a confirmed announcement is decided on: whoever did that knows how much time is left.
function freed(incident: Incident, at: Date): Incident {
  return incident.announcement ? { ...incident, announcement: { ...incident.announcement, since: at } } : incident;
}

// Each breach is decided on anew.
function undecided(decisions: Course['decisions']): Course['decisions'] {
  const { breach: _, ...rest } = decisions;
  return rest;
}

// Whoever is asked anew has not answered yet.
function asked(incident: Incident, at: Date, of: Outsider | undefined): Incident {
  if (!incident.exposure) return incident;
  const { of: _, answer: __, ...rest } = incident.exposure;
  return { ...incident, exposure: { ...rest, asked: at, ...(of && { of }) } };
}

/** The state after a public date was set: earlier than upstream only with a reason, and then somebody wanted it so (S1-52). */
export function setAgainstUpstream(incident: Incident, publicAt: Date, because: string | undefined): Incident {
  const { beforeUpstream: _, ...rest } = incident;
  return incident.upstreamAt && incident.upstreamAt > publicAt && because ? { ...rest, beforeUpstream: true } : rest;
}

/** The sentence of such an event; moments in UTC and in this IANA zone. */
export function tellCourse(event: CourseEvent, zone: string, name: (who: Who) => string): string {
  switch (event.type) {
    case 'exposed':
      return `${name(event.by)} marked the report as public already${shortReason(event.because)}.${waived(event.waives)}`;
    case 'exposure-withdrawn':
      return `${name(event.by)} found the report not public after all${shortReason(event.because)}.`;
    case 'privacy-asked':
      return `${name(event.by)} asked whoever published it to go on in private.`;
    case 'privacy-answered':
      return `Whoever published it ${event.answer === 'yes' ? 'agreed' : 'declined'} to go on in private${fromThem(event.by) ? '' : `, as ${name(event.by)} recorded`}.${waived(event.waives)}`;
    case 'decided':
      return `${name(event.by)} decided: ${event.what} ${event.choice}${shortReason(event.because)}.${event.against ? ` Against the advice: ${event.against}` : ''}`;
    case 'upstream-set':
      return event.at === undefined
        ? `${name(event.by)} lifted the upstream date${shortReason(event.because)}.`
        : `${name(event.by)} recorded that upstream publishes at ${shown(new Date(event.at), zone)}${shortReason(event.because)}.`;
    case 'duplicate-linked':
      return `${name(event.by)} linked this report to ${event.of}, which it repeats.`;
    case 'repeated':
      return `${name(event.by)} found that ${event.in} repeats this report.`;
    case 'classified':
      return `${name(event.by)} classified it: ${event.scope}, ${event.effect}${event.actor ? `, ${event.actor}` : ''}: ${event.level}.`;
    case 'embargo-broken':
      return `${name(event.by)} reported that the embargo was broken.`;
    default:
      return event satisfies never;
  }
}

function waived(what: string | undefined): string {
  return what ? ` Waived: ${what}` : '';
}

function fromThem(by: Who): boolean {
  return by === 'reporter' || by === 'publisher';
}

/** Whether the embargo was broken and nobody has decided yet how to go on: nothing planned leaves meanwhile (S1-83). */
export function isBroken({ breach, decisions }: Pick<Incident, 'breach' | 'decisions'>): boolean {
  return breach !== undefined && (decisions.breach === undefined || decisions.breach.at < breach.at);
}

/** Whether something was decided with yes (or a word other than no). */
export function hasDecided(incident: Pick<Incident, 'decisions'>, what: DecisionKind): boolean {
  const choice = incident.decisions[what]?.choice;
  return choice !== undefined && choice !== 'no';
}
