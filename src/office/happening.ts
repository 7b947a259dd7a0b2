// What a mail itself makes happen, before any command in it: a report, or a mail that joins its incident.
import type { Carried } from '#command/carry-out.ts';
import { waiver } from '#command/waiver.ts';
import { evolveCourse } from '#incident/course.ts';
import type { Event, Outsider } from '#incident/event.ts';
import { privacyAnswer } from '#incident/exposure.ts';
import type { Incident } from '#incident/incident.ts';
import { isSeated } from '#incident/seat.ts';
import type { Arrival } from '#letter/arrival.ts';
import { noReply } from '#mail/forwarded.ts';
import type { Office } from '#office/office.ts';
import type { Mail } from '#office/read.ts';
import { reporterKeyEvents } from '#office/reporter-key.ts';
import type { World } from '#office/world.ts';
import type { Turn } from '#store/turn.ts';
import { holderOf } from '#team/holder.ts';
import { onCall, turnEnds } from '#team/oncall.ts';
import { atLeast, type Proof } from '#team/policy.ts';
import { isOnRoster, proves, type Sender } from '#team/sender.ts';

/** The event of a new report: who reported it as far as the mail can tell, and who is on call (S1-34, S4-04). */
export function reportedEvent(mail: Mail, by: Sender, message: string, certificate: string | undefined, office: Office, now: Date): Event {
  const reporter = reporterOf(mail, by);
  const commander = office.policy.parts.commander === 'oncall' ? onCall(office.roster, now)?.handle : undefined;
  const ends = commander && turnEnds(office.roster, now)?.toISOString();
  const via = viaOf(mail, by);
  const title = (mail.reporter.kind === 'platform' && mail.reporter.subject) || mail.opened.subject || '(no subject)';
  return {
    type: 'reported',
    ...(reporter && { reporter }),
    ...(certificate && mail.reporter.kind === 'direct' && { certificate }),
    title: title.slice(0, 300),
    message,
    ...(mail.message.messageId && mail.reporter.kind === 'direct' && { messageId: mail.message.messageId }),
    proof: by.proof,
    ...(mail.opened.decrypted && { encrypted: true }),
    ...(via && { via }),
    ...(via && isOnRoster(by) && proves(by, 'domain') && { by: by.who }),
    ...(commander && { commander }),
    ...(ends && { turnEnds: ends }),
  };
}

/**
 * Whom to acknowledge: the author, or the real reporter of a forwarded report; never a no-reply address. Who signed is the author, under the address
 * on file: anybody on the way can write another From around a signature.
 */
function reporterOf({ reporter, opened }: Mail, by: Sender): Outsider | undefined {
  const author = by.proof === 'signed' ? by : opened.from;
  const found = reporter.kind === 'direct' ? author : reporter.kind === 'ambiguous' ? undefined : reporter.reporter;
  return found && !noReply(found.address) ? { address: found.address, name: found.name } : undefined;
}

function viaOf({ reporter }: Mail, by: Sender): string | undefined {
  if (reporter.kind === 'platform')
    return [reporter.platform, reporter.handle && `@${reporter.handle}`, reporter.url].filter(Boolean).join(' ');
  return reporter.kind === 'forwarded' || reporter.kind === 'ambiguous' ? `a forward by ${by.name}` : undefined;
}

/** Everything that a mail which joined an incident makes happen beside its commands: that it came, and what it says of the reporter's key. */
export async function joiningEvents(
  turn: Turn,
  mail: Mail,
  by: Sender,
  incident: Incident,
  carried: Carried,
  message: string,
  office: Office,
  world: World,
  now: Date,
): Promise<Event[]> {
  const keys = await reporterKeyEvents(turn, mail, by, incident, office, world, now);
  const answered = await privacyEvents(turn, mail, by, incident, office, now);
  return [...senderEvents(mail, by, incident, carried, message, office.policy.proof), ...answered, ...keys];
}

/**
 * The answer of whoever was asked to go on in private, where their own words begin with YES or NO (S1-43). It is theirs because it comes from
 * the address that was asked, and our server vouches for that or it answers a letter that went there; a From alone is anybody's, also of those
 * who know the incident. Once they have answered, people read what else they write.
 */
async function privacyEvents(turn: Turn, mail: Mail, by: Sender, incident: Incident, office: Office, now: Date): Promise<Event[]> {
  const { exposure, reporter } = incident;
  const { policy } = office;
  if (by.who !== 'outsider' || !exposure?.asked || exposure.answer || incident.announcedAt || incident.closedAt) return [];
  if (by.address !== (exposure.of ?? reporter)?.address) return [];
  const answer = privacyAnswer(mail.own.lines.map(({ text }) => text));
  if (!answer || !(proves(by, 'domain') || (await answersOwnLetter(turn, mail, by, incident, office)))) return [];
  const event = { type: 'privacy-answered', by: exposure.of ? 'publisher' : 'reporter', answer } as const;
  return [{ ...event, ...waiver(incident, evolveCourse(incident, now, event), policy) }];
}

async function answersOwnLetter(turn: Turn, { opened }: Mail, by: Sender, { id }: Incident, { name }: Office): Promise<boolean> {
  const citations = await turn.cited(name, opened.cites);
  return citations.some(({ subject, letter }) => subject === id && letter?.to.address === by.address);
}

/**
 * The events of a mail that joined an incident; a mail with nothing but questions of a member or of the fix team leaves no trace in the journal. A refused command
 * with less than the `wanted` proof of the team is recorded whoever it claims to be from: an account that was broken into is vouched for too.
 */
export function senderEvents(mail: Mail, by: Sender, incident: Incident, carried: Carried, message: string, wanted: Proof): Event[] {
  const refused = atLeast(by.proof, wanted) ? undefined : carried.transcript.find(({ outcome }) => outcome === 'refused');
  const events: Event[] =
    refused && by.who !== 'outsider'
      ? [{ type: 'command-refused', claimed: by.who, line: refused.line.slice(0, 100), why: refused.text, proof: by.proof }]
      : [];
  const says = carried.remarks !== '' || mail.opened.attachments.length > 0;
  const inside =
    by.roles.includes('member') || incident.fixTeam.some(({ person }) => person === by.who) || isSeated(incident, by.who, by.roles);
  if (inside && !says && carried.events.length === 0 && events.length === 0) return [];
  const who = by.who === 'outsider' && incident.reporter?.address === by.address ? 'reporter' : by.who;
  return [
    {
      type: 'mail-joined',
      by: who,
      ...(by.who === 'outsider' && mail.opened.from && { from: mail.opened.from }),
      message,
      proof: by.proof,
      ...(mail.opened.decrypted && { encrypted: true }),
    },
    ...events,
  ];
}

/**
 * A mail as it may be passed on: what somebody of the fix team writes who also reported the incident goes to the fix team only in answer to a letter
 * that went there. What they answer the team as its reporter is the team's alone (S1-55).
 */
export async function passedOn(
  turn: Turn,
  arrival: Arrival,
  { opened }: Mail,
  incident: Incident | undefined,
  { name, roster }: Office,
): Promise<Arrival> {
  const { reporter, id } = incident ?? {};
  if (!reporter || holderOf(roster, reporter.address)?.who !== arrival.by.who || arrival.by.roles.includes('member')) return arrival;
  const answered = (await turn.cited(name, opened.cites)).flatMap(({ subject, letter }) =>
    subject === id && letter ? letter.audience : [],
  );
  const { passable: _, ...inside } = arrival;
  return answered.includes('fix-team') && !answered.includes('reporter') ? arrival : inside;
}
