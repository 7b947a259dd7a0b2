// What a mail itself makes happen, before any command in it: a report, or a mail that joins its incident.
import type { Carried } from '#command/carry-out.ts';
import type { Event, Outsider } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { noReply } from '#mail/forwarded.ts';
import type { OfferedCertificate } from '#mail/message.ts';
import { challengeAt } from '#office/brought.ts';
import { mayAnswer } from '#office/limits.ts';
import type { Office } from '#office/office.ts';
import type { Mail } from '#office/read.ts';
import type { World } from '#office/world.ts';
import { type Certificate, canEncrypt, readCertificates } from '#pgp/keyring.ts';
import { merged } from '#pgp/merge.ts';
import type { Turn } from '#store/turn.ts';
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
    ...(mail.opened.decrypted && { encrypted: true }),
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

/**
 * The certificate a reporter sent along that names their own address; letters to them are sealed to it. They stand in the order of their weight:
 * what was attached or written before Autocrypt, which programs add by themselves.
 */
export async function certificateOf(mail: Mail): Promise<Certificate | undefined> {
  return (await broughtOf(mail))?.certificate;
}

async function broughtOf({ opened, message }: Mail): Promise<{ certificate: Certificate; from: OfferedCertificate['from'] } | undefined> {
  const address = message.from?.address;
  if (!address) return undefined;
  for (const { armored, from } of opened.certificates) {
    const certificates = await readCertificates(armored).catch(() => []);
    const certificate = certificates.find(({ emails }) => emails.includes(address));
    if (certificate) return { certificate, from };
  }
  return undefined;
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

/** The reporter may send another key; it takes the place of the first, or becomes the first, only when they prove it. */
async function reporterKeyEvents(
  turn: Turn,
  mail: Mail,
  by: Sender,
  incident: Incident,
  office: Office,
  world: World,
  now: Date,
): Promise<Event[]> {
  if (by.who !== 'outsider' || by.address !== incident.reporter?.address) return [];
  const brought = await broughtOf(mail);
  if (!brought) return [];
  const { certificate, from } = brought;
  const { fingerprint, armored } = certificate;
  const { policy } = office;
  const [known] = incident.certificate ? await readCertificates(incident.certificate) : [];
  if (known?.fingerprint === fingerprint) {
    const newer = await merged(known, armored, now);
    return newer ? [{ type: 'reporter-key-proved', fingerprint, certificate: newer.armored }] : [];
  }
  const open = incident.offeredKey?.fingerprint === fingerprint && incident.offeredKey.expires > now;
  if (open || !policy.certificates.others.includes('challenge') || !(await canEncrypt(certificate, now)).usable) return [];
  // Programs announce a key with each mail; it is no wish to change one that serves.
  if (from === 'autocrypt' && known && (await canEncrypt(known, now)).usable) return [];
  // Whoever writes in the reporter's name must not be able to flood them.
  if (!(await mayAnswer(turn, 'key-challenge', by.address, office, now))) return [];
  return [{ type: 'reporter-key-offered', fingerprint, certificate: armored, ...challengeAt({ policy, now }, world) }];
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
      ...(mail.opened.decrypted && { encrypted: true }),
    },
    ...events,
  ];
}
