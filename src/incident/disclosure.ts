// What was said before the announcement and after it: the public heads-up, the final notice to distributors, later words, the CVE record.
import type { Incident } from '#incident/incident.ts';
import type { Instant, Who } from '#incident/who.ts';
import type { Roster } from '#team/roster.ts';
import { inUtc } from '#time.ts';

export type DisclosureEvent =
  | {
      readonly type: 'heads-up-released';
      readonly by: Who;
      readonly mark: string;
      readonly channels: readonly string[];
      /** The moment it names. */
      readonly publicAt: Instant;
      /** One went before; this takes its place. */
      readonly corrects?: true;
    }
  | {
      readonly type: 'final-notice-released';
      /** The announcement whose text it has, and its moment. */
      readonly mark: string;
      readonly publicAt: Instant;
      readonly distributors: readonly string[];
      readonly corrects?: true;
    }
  /** The public hears more: a fix that is there now, an id that came late. */
  | { readonly type: 'announcement-updated'; readonly by: Who; readonly mark: string; readonly channels: readonly string[] }
  | { readonly type: 'cve-published'; readonly by: Who };

/** What the state keeps of it. */
export interface Disclosed {
  /** `publicAt` is the moment it names. */
  readonly headsUp?: { readonly mark: string; readonly at: Date; readonly publicAt: Date };
  /** `mark` is that of the announcement whose text it had, `publicAt` the moment it named. */
  readonly finalNotice?: { readonly mark: string; readonly at: Date; readonly publicAt: Date; readonly distributors: readonly string[] };
  readonly updates: readonly { readonly mark: string; readonly at: Date }[];
  readonly cvePublishedAt?: Date;
}

export const nothingDisclosed: Pick<Disclosed, 'updates'> = { updates: [] };

/** The state after one more such event. */
export function evolveDisclosure(incident: Incident, at: Date, event: DisclosureEvent): Incident {
  switch (event.type) {
    case 'heads-up-released':
      return { ...incident, headsUp: { mark: event.mark, at, publicAt: new Date(event.publicAt) } };
    case 'final-notice-released': {
      const { mark, distributors, publicAt } = event;
      return { ...incident, finalNotice: { mark, at, publicAt: new Date(publicAt), distributors } };
    }
    case 'announcement-updated':
      return { ...incident, updates: [...incident.updates, { mark: event.mark, at }] };
    case 'cve-published':
      return { ...incident, cvePublishedAt: at };
    default:
      return event satisfies never;
  }
}

/** The sentence of such an event. */
export function tellDisclosure(event: DisclosureEvent, name: (who: Who) => string): string {
  switch (event.type) {
    case 'heads-up-released':
      return `${name(event.by)} released ${event.corrects ? 'another' : 'the'} public heads-up (${event.mark}) on ${event.channels.join(', ') || 'no channel'}.`;
    case 'final-notice-released':
      return `${event.corrects ? 'Corrected final' : 'Final'} notice to ${event.distributors.length} distributor${event.distributors.length === 1 ? '' : 's'}: the public text (${event.mark}), for ${inUtc(new Date(event.publicAt))}.`;
    case 'announcement-updated':
      return `${name(event.by)} updated the announcement (${event.mark}) on ${event.channels.join(', ') || 'no channel'}.`;
    case 'cve-published':
      return `${name(event.by)} said that the record of the CVE is published.`;
    default:
      return event satisfies never;
  }
}

/** Whether the distributors have exactly what is confirmed: the text and its moment (S1-94). */
export function finalNoticeHolds({ finalNotice, announcement }: Pick<Incident, 'finalNotice' | 'announcement'>): boolean {
  if (!finalNotice || !announcement) return false;
  return finalNotice.mark === announcement.mark && finalNotice.publicAt.getTime() === announcement.at.getTime();
}

/** Every distributor who knows of the incident: by a notice, by the final one, or by both. */
export function told({ notice, finalNotice }: Pick<Incident, 'notice' | 'finalNotice'>): string[] {
  return [...new Set([...(notice?.distributors ?? []), ...(finalNotice?.distributors ?? [])])];
}

/** The channels of the roster that mail reaches. */
export function mailChannels({ channels }: Roster): string[] {
  return channels.filter(({ kind }) => kind === 'mail').map(({ name }) => name);
}
