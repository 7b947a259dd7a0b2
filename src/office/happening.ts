// What a mail itself makes happen, before any command in it: a report, or a mail that joins its incident.
import type { Carried } from '#command/carry-out.ts';
import type { Event, Outsider } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { noReply } from '#mail/forwarded.ts';
import type { Office } from '#office/office.ts';
import type { Mail } from '#office/read.ts';
import { reporterKeyEvents } from '#office/reporter-key.ts';
import type { World } from '#office/world.ts';
import type { Turn } from '#store/turn.ts';
import { onCall } from '#team/oncall.ts';
import { atLeast, type Proof } from '#team/policy.ts';
import type { Sender } from '#team/sender.ts';

/** The event of a new report: who reported it as far as the mail can tell, and who is on call (S1-34, S4-04). */
export function reportedEvent(mail: Mail, by: Sender, message: string, certificate: string | undefined, office: Office, now: Date): Event {
  const reporter = reporterOf(mail, by);
  const commander = onCall(office.roster, now)?.handle;
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
    ...(commander && { commander }),
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
  return [...senderEvents(mail, by, incident, carried, message, office.policy.proof), ...keys];
}

/**
 * The events of a mail that joined an incident; a mail with nothing but questions of a member leaves no trace in the journal. A refused command
 * with less than the `wanted` proof of the team is recorded whoever it claims to be from: an account that was broken into is vouched for too.
 */
export function senderEvents(mail: Mail, by: Sender, incident: Incident, carried: Carried, message: string, wanted: Proof): Event[] {
  const refused = atLeast(by.proof, wanted) ? undefined : carried.transcript.find(({ outcome }) => outcome === 'refused');
  const events: Event[] =
    refused && by.who !== 'outsider'
      ? [{ type: 'command-refused', claimed: by.who, line: refused.line.slice(0, 100), why: refused.text, proof: by.proof }]
      : [];
  const says = carried.remarks !== '' || mail.opened.attachments.length > 0;
  if (by.roles.includes('member') && !says && carried.events.length === 0 && events.length === 0) return [];
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
