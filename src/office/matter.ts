// Which matter a mail is about: an incident, the team's own, or something new.

import { ordersOf } from '#command/carry-out.ts';
import type { Look } from '#command/command.ts';
import { commandFor } from '#command/list.ts';
import { mayHearOf } from '#incident/embargo.ts';
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
 * The incidents that a mail points to or names and that its sender must not hear of, not even that they exist: for this mail there are none with
 * these ids. Which words it would be answered with otherwise, and in which letter, must not differ (S1-55, S1-89, S2-32).
 */
export async function unheardOf(turn: Turn, mail: Mail, office: Office): Promise<ReadonlySet<IncidentId>> {
  const { message, opened, sender } = mail;
  if (!isOnRoster(sender) || sender.roles.includes('member')) return new Set();
  const cited = (await turn.cited(office.name, opened.cites))
    .map(({ subject }) => subject)
    .filter((subject) => isIncident(subject, office));
  const named = message.recipients.flatMap((recipient) => tokenIn(recipient, office) ?? []);
  const ids = new Set([...(cited as IncidentId[]), ...named, ...namesOf(mail, office)]);
  const unheard = new Set<IncidentId>();
  for (const id of ids) {
    const incident = incidentIn(await turn.peek(id));
    if (incident && !mayHearOf(incident, sender, office.policy, office.roster)) unheard.add(id);
  }
  return unheard;
}

function tokenIn(recipient: string, office: Office): IncidentId | undefined {
  const to = addressed([recipient], office, office.mac);
  return to && 'incident' in to ? to.incident : undefined;
}

/**
 * The incident of a mail: the one its address token names, the one whose letters or mails it cites, or, for people of the roster who are
 * known, the one their own words name; for its reporter, if known, the one that the subject names. A mail that points to several belongs to
 * none of them. The team's desk comes before what is only named, unless every command in the mail is about an incident. The `unheard` ones count
 * as if there were none with their ids.
 */
export async function whichIncident(turn: Turn, mail: Mail, unheard: ReadonlySet<IncidentId>, office: Office): Promise<Found> {
  const { message, opened } = mail;
  const isHeard = (id: string | undefined) => id === undefined || !unheard.has(id as IncidentId);
  const recipients = message.recipients.filter((recipient) => isHeard(tokenIn(recipient, office)));
  const to = addressed(recipients, office, office.mac);
  const citations = (await turn.cited(office.name, opened.cites)).filter(({ subject }) => isHeard(subject));
  const cited = new Set(citations.map(({ subject }) => subject).filter((subject) => isIncident(subject, office)));
  if (to && 'incident' in to) cited.add(to.incident);
  if (cited.size > 1) return { ambiguous: `the mail points to ${cited.size} incidents at once` };
  const [only] = cited;
  if (only) return { incident: only as IncidentId };
  const named = namesOf(mail, office);
  const [name] = named.length === 1 ? named : [];
  const there = name && isHeard(name) && (await turn.peek(name)) ? name : undefined;
  // What is only about an incident is not for the desk, whatever address its writer remembered.
  if (there && needsIncident(mail.own)) return { incident: there };
  if (to) return to;
  if (citations.some(({ ours, subject }) => ours && subject === teamSubject(office))) return { desk: 'team' };
  if (named.length > 1) return { ambiguous: `the mail names ${named.length} incidents at once` };
  if (there) return { incident: there };
  return isOnRoster(mail.sender) ? { nothing: true } : namedByOutsider(turn, mail, office);
}

/**
 * The incident that somebody outside names in the subject, which answers to our letters keep. Its own reporter, if they are known, joins it by
 * that: a program that cites nothing starts no second incident. Nobody else does, as an id is no secret once the incident is public.
 */
async function namedByOutsider(turn: Turn, { opened, sender }: Mail, { prefix }: Office): Promise<Found> {
  const [name, ...more] = idsIn(opened.subject, prefix);
  const incident = name && incidentIn(await turn.peek(name));
  if (!name || !incident || more.length > 0) return { nothing: true };
  if (proves(sender, 'domain') && incident.reporter?.address === sender.address) return { incident: name };
  return { ambiguous: `it names ${name}, but answers no letter of it, and nothing proves that it is from its reporter` };
}

/** The incidents that somebody of the roster, if they are known, names in the subject or their own words. */
function namesOf({ opened, own, sender }: Mail, { prefix }: Office): IncidentId[] {
  return isOnRoster(sender) && proves(sender, 'domain') ? namesIn(opened.subject, ownText(own), prefix) : [];
}

function needsIncident(own: OwnWords): boolean {
  const { orders } = ordersOf(own);
  return orders.length > 0 && orders.every(({ word }) => commandFor(word)?.needsIncident);
}

// Letters about the team's own matters are cited too.
function isIncident(subject: string, { prefix }: Office): boolean {
  return subject.startsWith(`${prefix}-`);
}

// A command may speak of another incident, such as the one that a report repeats; what stands outside of commands says which is meant.
function namesIn(subject: string, text: string, prefix: string): IncidentId[] {
  const outside = text.split('\n').filter((line) => !line.startsWith('/'));
  const names = idsIn([subject, ...outside].join('\n'), prefix);
  return names.length > 0 ? names : idsIn(text, prefix);
}

/** The incidents whose letters the protected fields of a signed mail cite: a replay elsewhere cannot change those. */
export async function protectedCites(
  turn: Turn,
  { opened }: Mail,
  unheard: ReadonlySet<IncidentId>,
  office: Office,
): Promise<IncidentId[]> {
  const ids = opened.protectedFields
    .filter(({ name }) => name === 'in-reply-to' || name === 'references')
    .flatMap(({ value }) => [...value.matchAll(/<([^<>\s]{1,250})>/g)].map((match) => match[1] ?? ''));
  if (ids.length === 0) return [];
  const citations = await turn.cited(office.name, ids.slice(-50));
  const cited = citations.filter(({ ours, subject }) => ours && isIncident(subject, office)).map(({ subject }) => subject as IncidentId);
  return [...new Set(cited)].filter((id) => !unheard.has(id));
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
