// What was said before the announcement and after it: the public heads-up, the final notice to distributors, later words, the CVE record.
import type { Incident } from '#incident/incident.ts';
import { shortReason } from '#incident/reason.ts';
import type { Instant, Who } from '#incident/who.ts';
import type { Policy } from '#team/policy.ts';
import type { Roster } from '#team/roster.ts';
import { before, shown } from '#time.ts';

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
  | { readonly type: 'cve-published'; readonly by: Who; readonly because?: string };

/** What the state keeps of it. */
export interface Disclosed {
  /** `publicAt` is the moment it names. */
  readonly headsUp?: { readonly mark: string; readonly at: Date; readonly publicAt: Date };
  /** `mark` is that of the announcement whose text it had, `publicAt` the moment it named. */
  readonly finalNotice?: {
    readonly mark: string;
    readonly at: Date;
    readonly publicAt: Date;
    readonly distributors: readonly string[];
    /** The announcement that it promised was taken back then; whoever has it was told. */
    readonly withdrawn?: Date;
  };
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
      const dates = event.corrects ? oneMore(incident) : incident.dates;
      return { ...incident, dates, finalNotice: { mark, at, publicAt: new Date(publicAt), distributors } };
    }
    case 'announcement-updated':
      return { ...incident, updates: [...incident.updates, { mark: event.mark, at }] };
    case 'cve-published':
      return { ...incident, cvePublishedAt: at };
    default:
      return event satisfies never;
  }
}

/** The sentence of such an event; moments in UTC and in this IANA zone. */
export function tellDisclosure(event: DisclosureEvent, zone: string, name: (who: Who) => string): string {
  switch (event.type) {
    case 'heads-up-released':
      return `${name(event.by)} released ${event.corrects ? 'another' : 'the'} public heads-up (${event.mark}) on ${event.channels.join(', ') || 'no channel'}.`;
    case 'final-notice-released':
      return `${event.corrects ? 'Corrected final' : 'Final'} notice to ${event.distributors.length} distributor${event.distributors.length === 1 ? '' : 's'}: the public text (${event.mark}), for ${shown(new Date(event.publicAt), zone)}.`;
    case 'announcement-updated':
      return `${name(event.by)} updated the announcement (${event.mark}) on ${event.channels.join(', ') || 'no channel'}.`;
    case 'cve-published':
      return `${name(event.by)} said that the record of the CVE is published${shortReason(event.because)}.`;
    default:
      return event satisfies never;
  }
}

/**
 * The state once a confirmed announcement was taken back: distributors must not publish by their final notice, nor does anybody go on with
 * what was told them to do for the release.
 */
export function announcementTakenBack({ announcement: _, ...incident }: Incident, at: Date): Incident {
  const { finalNotice } = incident;
  const rest = { ...incident, stepsTold: incident.stepsTold.filter(({ prepares }) => prepares) };
  if (!finalNotice || finalNotice.withdrawn) return rest;
  return { ...rest, dates: oneMore(incident), finalNotice: { ...finalNotice, withdrawn: at } };
}

// Calendars believe the highest number, and both the end of a final notice and its correction change what they show.
function oneMore({ dates }: Pick<Incident, 'dates'>): Incident['dates'] {
  return { ...dates, changes: dates.changes + 1 };
}

/**
 * When the final notice is to leave; undefined where distributors have it or are owed none. Where the announcement was confirmed, or freed again,
 * less than `notice.final` before its moment, at once: whoever did that wanted it so.
 */
export function finalNoticeAt(
  incident: Pick<Incident, 'finalNotice' | 'announcement'>,
  { notice }: Pick<Policy, 'notice'>,
): Date | undefined {
  const { announcement } = incident;
  if (!announcement || !notice.final || notice.duty === 'never' || finalNoticeHolds(incident)) return undefined;
  const at = before(announcement.at, notice.final);
  return at > announcement.since ? at : announcement.since;
}

/** Whether the announcement is confirmed and distributors have its text, so that what makes the fix public may be done. */
export function isReleasing(incident: Pick<Incident, 'finalNotice' | 'announcement'>, policy: Pick<Policy, 'notice'>): boolean {
  return incident.announcement !== undefined && finalNoticeAt(incident, policy) === undefined;
}

/** Whether the distributors have exactly what is confirmed: the text and its moment (S1-94). */
export function finalNoticeHolds({ finalNotice, announcement }: Pick<Incident, 'finalNotice' | 'announcement'>): boolean {
  if (!finalNotice || finalNotice.withdrawn || !announcement) return false;
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
