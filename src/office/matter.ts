// Which matter a mail is about: an incident, the team's own, or something new.

import { ordersOf } from '#command/carry-out.ts';
import { commandFor } from '#command/list.ts';
import { type IncidentId, idsIn } from '#incident/id.ts';
import { type Incident, incidentOf } from '#incident/incident.ts';
import { addressed } from '#incident/thread.ts';
import { type OwnWords, text as ownText } from '#mail/own-words.ts';
import type { Office } from '#office/office.ts';
import type { Mail } from '#office/read.ts';
import type { Turn } from '#store/turn.ts';
import { isOnRoster, proves, type Sender } from '#team/sender.ts';

export type Found =
  | { readonly incident: IncidentId }
  | { readonly desk: 'team' | 'list' }
  | { readonly ambiguous: string }
  | { readonly nothing: true };

/**
 * The incident of a mail: the one its address token names, the one whose letters or mails it cites, or, for people of the roster who are
 * known, the one their own words name. A mail that points to several belongs to none of them.
 */
export async function whichIncident(turn: Turn, { message, opened, own, sender }: Mail, office: Office): Promise<Found> {
  const to = addressed(message.recipients, office, office.mac);
  const citations = await turn.cited(office.name, message.cites);
  const cited = new Set(citations.map(({ subject }) => subject).filter((subject) => subject.startsWith(`${office.prefix}-`)));
  if (to && 'incident' in to) cited.add(to.incident);
  if (cited.size > 1) return { ambiguous: `the mail points to ${cited.size} incidents at once` };
  const [only] = cited;
  if (only) return { incident: only as IncidentId };
  if (to) return to;
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

/** Whether a mail without an incident is for the team itself: commands of a member, and nothing that could be a report. */
export function isTeamMatter(mail: Mail, by: Sender, found: Found): boolean {
  if (!by.roles.includes('member') && !by.roles.some((role) => role === 'associate' || role === 'steering' || role === 'release-manager'))
    return false;
  const { orders, remarks } = ordersOf(mail.own);
  if (orders.length === 0 || mail.reporter.kind !== 'direct') return false;
  if ('desk' in found || remarks === '' || isAnswer(mail)) return true;
  return orders.every(({ word }) => commandFor(word)?.needsIncident === false);
}

// An answer that found no incident lost its thread: its commands must not open a new one.
function isAnswer({ message, opened }: Mail): boolean {
  return message.cites.length > 0 || /^\s{0,5}(?:re|aw|antw|sv|ref)\s?:/i.test(opened.subject);
}

/** The team's incidents, newest first, when a command in the mail looks around; else none, to spare the reading. */
export async function othersFor(turn: Turn, own: OwnWords, office: Office): Promise<Incident[]> {
  if (!ordersOf(own).orders.some(({ word }) => commandFor(word)?.looksAround)) return [];
  const others: Incident[] = [];
  for (const { id } of (await turn.incidents(office.name, 'all')).toReversed()) {
    const subject = await turn.peek(id);
    const incident = subject && incidentOf(id as IncidentId, subject.recorded);
    if (incident) others.push(incident);
  }
  return others;
}
