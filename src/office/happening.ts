// What a mail itself makes happen, before any command in it: a report, or a mail that joins its incident.
import type { Carried } from '#command/carry-out.ts';
import type { Event, Outsider } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { noReply } from '#mail/forwarded.ts';
import type { Office } from '#office/office.ts';
import type { Mail } from '#office/read.ts';
import { readCertificates } from '#pgp/keyring.ts';
import { onCall } from '#team/oncall.ts';
import { atLeast, type Proof } from '#team/policy.ts';
import type { Sender } from '#team/sender.ts';

/** The event of a new report: who reported it as far as the mail can tell, and who is on call (S1-34, S4-04). */
export function reportedEvent(mail: Mail, by: Sender, message: string, certificate: string | undefined, office: Office, now: Date): Event {
  const reporter = reporterOf(mail);
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
    ...(via && { via }),
    ...(commander && { commander }),
  };
}

/** Whom to acknowledge: the author, or the real reporter of a forwarded report; never a no-reply address. */
function reporterOf({ reporter, message }: Mail): Outsider | undefined {
  const found = reporter.kind === 'direct' ? message.from : reporter.kind === 'ambiguous' ? undefined : reporter.reporter;
  return found && !noReply(found.address) ? { address: found.address, name: found.name } : undefined;
}

function viaOf({ reporter }: Mail, by: Sender): string | undefined {
  if (reporter.kind === 'platform')
    return [reporter.platform, reporter.handle && `@${reporter.handle}`, reporter.url].filter(Boolean).join(' ');
  return reporter.kind === 'forwarded' || reporter.kind === 'ambiguous' ? `a forward by ${by.name}` : undefined;
}

/** The certificate a reporter sent along that names their own address; letters to them are sealed to it. */
export async function certificateOf({ opened, message }: Mail): Promise<string | undefined> {
  const address = message.from?.address;
  if (!address) return undefined;
  for (const armored of opened.certificates) {
    const certificates = await readCertificates(armored).catch(() => []);
    const theirs = certificates.find(({ emails }) => emails.includes(address));
    if (theirs) return theirs.armored;
  }
  return undefined;
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
      ...(by.who === 'outsider' && mail.message.from && { from: mail.message.from }),
      message,
      proof: by.proof,
    },
    ...events,
  ];
}
