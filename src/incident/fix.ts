// The fix: who was brought in, what they may enter, what was done by hand, and whether it is ready.
import type { Incident } from '#incident/incident.ts';
import { evolveReviews, noReviews, type ReviewEvent, type Reviews, tellReview, withoutReviewsOf } from '#incident/patch.ts';
import { shortReason } from '#incident/reason.ts';
import type { Who } from '#incident/who.ts';

/** A request to an administrator, open until it is answered. */
export interface AccessRequest {
  readonly number: number;
  readonly what: 'grant' | 'remove';
  readonly person: Who;
  readonly by: Who;
  readonly at: Date;
  readonly answer?: { readonly how: 'done' | 'refused'; readonly at: Date; readonly by: Who };
}

export type FixEvent =
  | ReviewEvent
  | { readonly type: 'fix-team-invited'; readonly by: Who; readonly people: readonly Who[] }
  | { readonly type: 'fix-team-left'; readonly by: Who; readonly person: Who; readonly because?: string }
  /** A member wrote to the fix team. */
  | { readonly type: 'fix-team-told'; readonly by: Who; readonly text: string }
  | {
      readonly type: 'fix-ready';
      readonly by: Who;
      readonly what: 'fix' | 'mitigation';
      readonly because?: string;
      readonly against?: string;
    }
  | { readonly type: 'fix-unready'; readonly by: Who; readonly because: string }
  | { readonly type: 'step-done'; readonly by: Who; readonly step: string; readonly branch?: string }
  | { readonly type: 'step-undone'; readonly by: Who; readonly step: string; readonly branch?: string; readonly because?: string }
  /** Patches came as files with a mail of the team, for a branch or for all; they go along with the notice. */
  | {
      readonly type: 'patches-attached';
      readonly by: Who;
      readonly message: string;
      readonly names: readonly string[];
      readonly branch?: string;
    }
  /** The owners of a step were told that its time has come. */
  | { readonly type: 'step-told'; readonly step: string; readonly to: readonly Who[]; readonly prepares?: true }
  | {
      readonly type: 'access-requested';
      readonly by: Who;
      readonly number: number;
      readonly what: 'grant' | 'remove';
      readonly person: Who;
    }
  | {
      readonly type: 'access-answered';
      readonly by: Who;
      readonly number: number;
      readonly how: 'done' | 'refused';
      readonly because?: string;
    };

/** What the state keeps of the fix. */
export interface Fix extends Reviews {
  readonly fixTeam: readonly { readonly person: Who; readonly since: Date }[];
  readonly fixReady?: { readonly at: Date; readonly by: Who; readonly what: 'fix' | 'mitigation' };
  readonly stepsDone: readonly { readonly step: string; readonly branch?: string; readonly at: Date; readonly by: Who }[];
  /** `prepares`: it makes nothing public, and stays told when the announcement is taken back. */
  readonly stepsTold: readonly { readonly step: string; readonly prepares: boolean }[];
  /** Whoever was told that the time of a step has come: for people outside the team that is when they may know of the incident. */
  readonly told: readonly Who[];
  readonly access: readonly AccessRequest[];
  /** When the patches last changed. */
  readonly patchedAt?: Date;
  /** The files that are the patches, by the mail they came with. */
  readonly patches: readonly { readonly message: string; readonly names: readonly string[]; readonly by: Who; readonly branch?: string }[];
}

export const noFix: Fix = { fixTeam: [], stepsDone: [], stepsTold: [], told: [], access: [], patches: [], ...noReviews };

/** The state after one more event of the fix. */
export function evolveFix(incident: Incident, at: Date, event: FixEvent): Incident {
  switch (event.type) {
    case 'fix-team-invited': {
      const fresh = event.people.filter((person) => !incident.fixTeam.some((one) => one.person === person));
      return { ...incident, fixTeam: [...incident.fixTeam, ...fresh.map((person) => ({ person, since: at }))] };
    }
    case 'fix-team-left':
      return { ...incident, fixTeam: incident.fixTeam.filter(({ person }) => person !== event.person) };
    case 'fix-team-told':
      return incident;
    case 'fix-ready':
      return { ...incident, fixReady: { at, by: event.by, what: event.what } };
    case 'fix-unready': {
      const { fixReady: _, ...rest } = incident;
      return rest;
    }
    case 'step-done': {
      const { step, branch, by } = event;
      return { ...incident, stepsDone: [...without(incident, step, branch), { step, ...(branch !== undefined && { branch }), at, by }] };
    }
    case 'step-undone':
      return {
        ...incident,
        stepsDone: without(incident, event.step, event.branch),
        reviews: incident.reviews.filter(({ step }) => step !== event.step),
      };
    case 'patches-attached': {
      const { message, names, by, branch } = event;
      const others = incident.patches.filter((one) => one.branch !== branch);
      const patches = [...others, { message, names, by, ...(branch !== undefined && { branch }) }];
      return { ...incident, patchedAt: at, patches, reviews: withoutReviewsOf(names, incident) };
    }
    case 'commits-named':
    case 'patches-reviewed':
      return evolveReviews(incident, event);
    case 'step-told': {
      const stepsTold = [...incident.stepsTold, { step: event.step, prepares: event.prepares === true }];
      return { ...incident, stepsTold, told: [...new Set([...incident.told, ...event.to])] };
    }
    case 'access-requested': {
      const { number, what, person, by } = event;
      return { ...incident, access: [...incident.access, { number, what, person, by, at }] };
    }
    case 'access-answered': {
      const { how, by } = event;
      return {
        ...incident,
        access: incident.access.map((one) => (one.number === event.number ? { ...one, answer: { how, at, by } } : one)),
      };
    }
    default:
      return event satisfies never;
  }
}

function without({ stepsDone }: Fix, step: string, branch: string | undefined): Fix['stepsDone'] {
  return stepsDone.filter((one) => one.step !== step || one.branch !== branch);
}

/** The sentence of such an event. */
export function tellFix(event: FixEvent, name: (who: Who) => string): string {
  switch (event.type) {
    case 'fix-team-invited':
      return `${name(event.by)} invited ${event.people.map(name).join(', ')} to the fix team.`;
    case 'fix-team-left':
      return event.by === event.person
        ? `${name(event.person)} left the fix team${shortReason(event.because)}.`
        : `${name(event.by)} took ${name(event.person)} out of the fix team${shortReason(event.because)}.`;
    case 'fix-team-told':
      return `${name(event.by)} wrote to the fix team.`;
    case 'fix-ready':
      return `${name(event.by)} said that the ${event.what} is ready${shortReason(event.because)}.`;
    case 'fix-unready':
      return `${name(event.by)} said that the fix is not ready after all${shortReason(event.because)}.`;
    case 'step-done':
      return `${name(event.by)} did "${event.step}"${event.branch ? ` on ${event.branch}` : ''}.`;
    case 'step-undone':
      return `${name(event.by)} took back "${event.step}"${event.branch ? ` on ${event.branch}` : ''}${shortReason(event.because)}.`;
    case 'patches-attached':
      return `${name(event.by)} attached patches${event.branch ? ` for ${event.branch}` : ''}: ${event.names.join(', ')}.`;
    case 'commits-named':
    case 'patches-reviewed':
      return tellReview(event, name);
    case 'step-told':
      return `The time has come for "${event.step}"; its owners were told.`;
    case 'access-requested':
      return `${name(event.by)} requested ${event.what === 'grant' ? 'access for' : 'the removal of'} ${name(event.person)} (request ${event.number}).`;
    case 'access-answered':
      return `Request ${event.number} was ${event.how === 'done' ? 'fulfilled' : 'refused'}, said ${name(event.by)}${shortReason(event.because)}.`;
    default:
      return event satisfies never;
  }
}
