// The key of a reporter: the certificate they sent along, another one they bring later, and which one letters to them are sealed to.
import type { Event } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import type { OfferedCertificate } from '#mail/message.ts';
import { challengeAt } from '#office/brought.ts';
import { mayAnswer } from '#office/limits.ts';
import { certificateFor, type Office } from '#office/office.ts';
import type { Mail } from '#office/read.ts';
import type { World } from '#office/world.ts';
import { type Certificate, canEncrypt, readCertificates } from '#pgp/keyring.ts';
import { merged } from '#pgp/merge.ts';
import type { Turn } from '#store/turn.ts';
import { holderOf } from '#team/holder.ts';
import { isOnRoster, type Sender } from '#team/sender.ts';

/**
 * The certificate that letters to an incident's reporter are sealed to at `now`. Whoever is on the roster has theirs on file: a report in their
 * name, which anybody can write, brings none that counts. It is asked when a letter leaves, so that the roster of today decides.
 */
export async function certificateOfReporter(
  incident: Pick<Incident, 'reporter' | 'certificate'> | undefined,
  office: Office,
  now: Date,
): Promise<Certificate | undefined> {
  const holder = incident?.reporter && holderOf(office.roster, incident.reporter.address);
  if (holder) return certificateFor(office, holder.who, now);
  const [certificate] = incident?.certificate === undefined ? [] : await readCertificates(incident.certificate);
  return certificate;
}

interface Brought {
  readonly certificate: Certificate;
  readonly from: OfferedCertificate['from'];
}

/**
 * The certificate a reporter sent along that names their own address; letters to them are sealed to it. They stand in the order of their weight:
 * what was attached or written before Autocrypt, which programs add by themselves. None for an address of the roster: there the certificates on
 * file count, and what a mail brings is only offered to the register.
 */
export async function certificateOf(mail: Mail, office: Pick<Office, 'roster'>): Promise<Certificate | undefined> {
  return (await broughtOf(mail, office))?.certificate;
}

async function broughtOf({ opened, sender }: Mail, { roster }: Pick<Office, 'roster'>): Promise<Brought | undefined> {
  const address = opened.from?.address;
  if (!address || isOnRoster(sender) || holderOf(roster, address)) return undefined;
  for (const { armored, from } of opened.certificates) {
    const certificates = await readCertificates(armored).catch(() => []);
    const certificate = certificates.find(({ emails }) => emails.includes(address));
    if (certificate) return { certificate, from };
  }
  return undefined;
}

/**
 * The reporter may send another key; it takes the place of the first, or becomes the first, only when they prove it. Newer words of the key that
 * counts are merged into it.
 */
export async function reporterKeyEvents(
  turn: Turn,
  mail: Mail,
  by: Sender,
  incident: Incident,
  office: Office,
  world: World,
  now: Date,
): Promise<Event[]> {
  if (by.who !== 'outsider' || by.address !== incident.reporter?.address) return [];
  const brought = await broughtOf(mail, office);
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
