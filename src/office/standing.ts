// How certificates stand at a moment: until when they can be used, or why they cannot.
import { type Held, type Office, reasons } from '#office/office.ts';
import { type Certificate, canEncrypt, canSign } from '#pgp/keyring.ts';
import type { Standing } from '#team/certificate-watch.ts';

/** The team's own key among the holders. */
export const ownHolder = 'team';

/**
 * Each certificate that counts, the team's own among them, with its end at `now`: the earlier of encrypting and signing, subkeys counted
 * (RFC 9580 §5.2.3.13).
 */
export async function standingOf({ held, key }: Pick<Office, 'held' | 'key'>, now: Date): Promise<Standing[]> {
  const counting: readonly Held[] = [...held, { who: ownHolder, certificate: key.certificate }];
  const all: Standing[] = [];
  for (const { who, certificate } of counting) all.push({ who, fingerprint: certificate.fingerprint, ...(await ends(certificate, now)) });
  return all;
}

async function ends(certificate: Certificate, now: Date): Promise<Pick<Standing, 'ends' | 'unusable'>> {
  const sealing = await canEncrypt(certificate, now);
  if (!sealing.usable) return { ends: (await ended(certificate)) ?? new Date(0), unusable: reasons[sealing.why] };
  // Whoever only reads needs no key that signs.
  const signing = await canSign(certificate, now);
  const moments = [sealing.until, signing.usable ? signing.until : undefined].filter((moment) => moment !== undefined);
  return moments.length > 0 ? { ends: new Date(Math.min(...moments.map((moment) => moment.getTime()))) } : {};
}

/** When a key that is no longer usable came to its end, where it says so. */
async function ended(certificate: Certificate): Promise<Date | undefined> {
  const expired = await certificate.key.getExpirationTime().catch(() => undefined);
  return expired instanceof Date ? expired : undefined;
}
