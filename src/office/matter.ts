// Which matter a mail is about: an incident, the team's own, or something new.

import { ordersOf } from '#command/carry-out.ts';
import type { Look } from '#command/command.ts';
import { commandFor } from '#command/list.ts';
import { type IncidentId, idsIn } from '#incident/id.ts';
import { type Incident, incidentOf } from '#incident/incident.ts';
import { addressed } from '#incident/thread.ts';
import { type OwnWords, text as ownText } from '#mail/own-words.ts';
import type { Office } from '#office/office.ts';
import type { Mail } from '#office/read.ts';
import { teamSubject } from '#office/register.ts';
import type { Subject } from '#store/subjects.ts';
import type { Turn } from '#store/turn.ts';
import { isOnRoster, proves, type Sender } from '#team/sender.ts';

/** The incident that a subject is, as it stands; undefined for the team's own matters. */
export function incidentIn(subject: Subject | undefined): Incident | undefined {
  return subject?.kind === 'incident' ? incidentOf(subject.id, subject.recorded) : undefined;
}

export type Found =
  | { readonly incident: IncidentId }
  /** It is written to that address, or answers a letter of ours about the team's own matters. */
  | { readonly desk: 'team' | 'list' }
  | { readonly ambiguous: string }
  | { readonly nothing: true };

/**
 * The incident of a mail: the one its address token names, the one whose letters or mails it cites, or, for people of the roster who are
 * known, the one their own words name. A mail that points to several belongs to none of them.
 */
export async function whichIncident(turn: Turn, { message, opened, own, sender }: Mail, office: Office): Promise<Found> {
  const to = addressed(message.recipients, office, office.mac);
  const citations = await turn.cited(office.name, opened.cites);
  const cited = new Set(citations.map(({ subject }) => subject).filter((subject) => subject.startsWith(`${office.prefix}-`)));
  if (to && 'incident' in to) cited.add(to.incident);
  if (cited.size > 1) return { ambiguous: `the mail points to ${cited.size} incidents at once` };
  const [only] = cited;
  if (only) return { incident: only as IncidentId };
  if (to) return to;
  if (citations.some(({ ours, subject }) => ours && subject === teamSubject(office))) return { desk: 'team' };
  if (isOnRoster(sender) && proves(sender, 'domain')) {
    const names = idsIn(`${opened.subject}\n${ownText(own)}`, office.prefix);
    if (names.length > 1) return { ambiguous: `the mail names ${names.length} incidents at once` };
    if (names[0] && (await turn.peek(names[0]))) return { incident: names[0] };
  }
  return { nothing: true };
}

/** The incidents whose letters the protected fields of a signed mail cite: a replay elsewhere cannot change those. */
export async function protectedCites(turn: Turn, { opened }: Mail, office: Office): Promise<IncidentId[]> {
  const ids = opened.protectedFields
    .filter(({ name }) => name === 'in-reply-to' || name === 'references')
    .flatMap(({ value }) => [...value.matchAll(/<([^<>\s]{1,250})>/g)].map((match) => match[1] ?? ''));
  if (ids.length === 0) return [];
  const citations = await turn.cited(office.name, ids.slice(-50));
  return [...new Set(citations.filter(({ ours }) => ours).map(({ subject }) => subject as IncidentId))];
}

/**
 * Whether a mail without an incident is for the team itself: commands, or a mail to the team's desk or in answer to its letters, of somebody on
 * the roster, and nothing that could be a report. A line that proves itself is taken there from anybody: keys of organisations are answered for
 * by people with addresses of their own.
 */
export function isTeamMatter(mail: Mail, by: Sender, found: Found): boolean {
  if (mail.reporter.kind !== 'direct') return false;
  const { orders, remarks } = ordersOf(mail.own);
  const atDesk = 'desk' in found && found.desk === 'team';
  if (!isOnRoster(by)) return atDesk && orders.length > 0 && orders.every(({ word }) => commandFor(word)?.provesItself);
  if (orders.length === 0) return atDesk;
  if ('desk' in found || remarks === '' || isAnswer(mail)) return true;
  return orders.every(({ word }) => commandFor(word)?.needsIncident === false);
}

// An answer that found no incident lost its thread: its commands must not open a new one.
function isAnswer({ opened }: Mail): boolean {
  return opened.cites.length > 0 || /^\s{0,5}(?:re|aw|antw|sv|ref)\s?:/i.test(opened.subject);
}

/** Whether a command in the own words looks at something that costs. */
export function looks(own: OwnWords, at: Look): boolean {
  return ordersOf(own).orders.some(({ word }) => commandFor(word)?.looks?.includes(at));
}

/** The team's incidents, newest first, when a command in the mail looks around; else none, to spare the reading. */
export async function othersFor(turn: Turn, own: OwnWords, office: Office): Promise<Incident[]> {
  if (!looks(own, 'incidents')) return [];
  const others: Incident[] = [];
  for (const { id } of (await turn.incidents(office.name, 'all')).toReversed()) {
    const incident = incidentIn(await turn.peek(id));
    if (incident) others.push(incident);
  }
  return others;
}
