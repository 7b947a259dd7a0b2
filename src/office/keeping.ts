// What of a mail is kept, and the incident that a report opens.
import type { Event, Recorded } from '#incident/event.ts';
import { idBytes, makeId } from '#incident/id.ts';
import { type Incident, incidentOf } from '#incident/incident.ts';
import { firstParts, isQueue } from '#incident/part-line.ts';
import { fingerprint } from '#mail/fingerprint.ts';
import { again, placeFor } from '#office/aside.ts';
import { reportedEvent } from '#office/happening.ts';
import { everyIncident } from '#office/lately.ts';
import type { Office } from '#office/office.ts';
import type { Mail } from '#office/read.ts';
import { certificateOf } from '#office/reporter-key.ts';
import { draw, type World } from '#office/world.ts';
import type { Fetched } from '#post/imap.ts';
import type { MailToKeep } from '#store/commit.ts';
import type { Turn } from '#store/turn.ts';
import type { Sender } from '#team/sender.ts';

/**
 * Whether the proof of a mail came before: its signature in another mail, or, where only our mail server vouches for it, its Message-ID: relaxed
 * DKIM lets anybody change blanks of a mail and send it again.
 */
export async function replays(turn: Turn, { opened, sender, message }: Mail, { name }: Office): Promise<boolean> {
  if (opened.signature.digest !== undefined && (await turn.signatureSeen(opened.signature.digest))) return true;
  if (sender.proof !== 'domain' || !message.messageId) return false;
  return (await turn.cited(name, [message.messageId])).length > 0;
}

interface Keeping {
  readonly office: Office;
  readonly world: World;
  readonly now: Date;
  readonly keep: boolean;
  readonly replayed: boolean;
}

/** A mail as it is kept: its bytes, what was decrypted, and its signature the first time it comes. */
export function toKeep(fetched: Fetched, { message, opened, sender }: Mail, { office, world, now, keep, replayed }: Keeping): MailToKeep {
  const { digest, status } = opened.signature;
  return {
    id: draw(world, 20),
    team: office.name,
    place: placeFor(fetched, world, { keep }),
    fingerprint: again(fingerprint(message), world, { keep }),
    ...(message.messageId && { messageId: message.messageId }),
    ...(message.from && { sender: message.from.address }),
    kind: 'mail',
    receivedAt: now,
    raw: message.bytes,
    ...(opened.inner && { inner: opened.inner }),
    ...(digest && status === 'good' && keep && !replayed && { signature: digest }),
    note: { subject: opened.subject, sender: sender.who, proof: sender.proof },
  };
}

interface Opening {
  readonly incident: Incident;
  readonly recorded: readonly Recorded[];
  readonly events: readonly Event[];
}

/** Opens an incident for a report under a fresh id; throws when ten random ids in a row were taken. */
export async function openIncident(
  turn: Turn,
  mail: Mail,
  by: Sender,
  message: string,
  office: Office,
  world: World,
  now: Date,
): Promise<Opening> {
  const certificate = (await certificateOf(mail, office))?.armored;
  const events = [reportedEvent(mail, by, message, certificate, office, now), ...(await partsOf(turn, office, world, now))];
  for (let tries = 0; tries < 10; tries++) {
    const id = makeId(office.prefix, world.random(idBytes));
    if (!(await turn.create({ id, team: office.name, kind: 'incident', openedAt: now }))) continue;
    const incident = incidentOf(id, recordedAt(now, events));
    if (incident) return { incident, recorded: recordedAt(now, events), events };
  }
  throw new Error('no free incident id was found in ten tries');
}

// Who stands at the head of a queue hangs on who had its part in other incidents; a week is known by the roster alone.
async function partsOf(turn: Turn, office: Office, world: World, now: Date): Promise<Event[]> {
  const { policy, roster } = office;
  const queues = Object.keys(policy.parts.standing).some((part) => isQueue(part, policy));
  return firstParts({ policy, roster, now, others: queues ? await everyIncident(turn, office, world) : [] });
}

function recordedAt(now: Date, events: readonly Event[]): Recorded[] {
  return events.map((event, index) => ({ number: index + 1, at: now, event }));
}
