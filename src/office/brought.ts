// The certificates a mail brings of its sender, and what they come to in the register: newer words, an offer, or a change the old key signed.
import { type Office, reasons } from '#office/office.ts';
import { draw, type World } from '#office/world.ts';
import { type Certificate, canEncrypt, readCertificates } from '#pgp/keyring.ts';
import { merged } from '#pgp/merge.ts';
import { type Held, holderOf, waysFor } from '#team/holder.ts';
import type { Policy } from '#team/policy.ts';
import { offerOf, type Register, wasDeclined } from '#team/register.ts';
import type { RegisterEvent, Source } from '#team/register-event.ts';
import { after, day } from '#time.ts';

/** One certificate of a holder, looked at before the turn. */
export interface Brought {
  readonly who: string;
  readonly fingerprint: string;
  readonly armored: string;
  readonly from: Source;
  readonly is: 'newer' | 'other' | 'unusable';
  /** It lies inside what a good signature of its holder covers. */
  readonly covered: boolean;
  /** Why it cannot be encrypted to. */
  readonly why?: string;
}

/** Certificates of a mail that are looked at closely, which takes time, and that are taken. */
const most = { looked: 10, taken: 5 };

/**
 * What offered certificates mean for this holder at `now`, at most five. Passed over: what somebody else holds, what names none of their
 * addresses, what is there already; an Autocrypt certificate while there is a usable one, since programs add those by themselves.
 */
export async function broughtBy(
  who: string,
  offered: readonly { readonly armored: string | Buffer; readonly from: Source; readonly covered: boolean }[],
  office: Office,
  now: Date,
): Promise<Brought[]> {
  const holder = holderOf(office.roster, who);
  if (!holder || offered.length === 0) return [];
  const found: Brought[] = [];
  let looked = 0;
  for (const { armored, from, covered } of offered) {
    for (const certificate of await readCertificates(armored).catch(() => [])) {
      if (found.some(({ fingerprint }) => fingerprint === certificate.fingerprint)) continue;
      if (++looked > most.looked || found.length >= most.taken) return found;
      const is = await meaning(certificate, from, holder, office, now);
      if (is) found.push({ who: holder.who, fingerprint: certificate.fingerprint, from, covered, ...is });
    }
  }
  return found;
}

type Meaning = Pick<Brought, 'is' | 'armored' | 'why'>;

async function meaning(certificate: Certificate, from: Source, holder: Held, office: Office, now: Date): Promise<Meaning | undefined> {
  const known = office.held.find((held) => held.certificate.fingerprint === certificate.fingerprint);
  if (known) {
    if (known.who !== holder.who) return undefined;
    const newer = await merged(known.certificate, certificate.armored, now);
    return newer && { is: 'newer', armored: newer.armored };
  }
  if (!certificate.emails.some((email) => holder.addresses.includes(email))) return undefined;
  if (from === 'autocrypt' && (await holdsUsable(holder.who, office, now))) return undefined;
  const why = whyNot(certificate.fingerprint, holder, office) ?? (await unusable(certificate, now));
  if (why === undefined) return { is: 'other', armored: certificate.armored };
  // Programs announce a key with each mail: only who sent one on purpose is told that it is none.
  return from === 'attached' || from === 'inline' ? { is: 'unusable', armored: certificate.armored, why } : undefined;
}

/** What happened to this certificate before that keeps it from being offered, in words. */
function whyNot(fingerprint: string, { who }: Held, { register }: Office): string | undefined {
  const out = register.out.get(fingerprint);
  if (out) return `the key was ${out.how} on ${day(out.at)}`;
  return wasDeclined(register, { who, fingerprint }) ? 'the team declined it; ask them' : undefined;
}

async function unusable(certificate: Certificate, now: Date): Promise<string | undefined> {
  const able = await canEncrypt(certificate, now);
  return able.usable ? undefined : reasons[able.why];
}

/** Whether something can be sealed to this holder at `now`. */
export async function holdsUsable(who: string, office: Office, now: Date): Promise<boolean> {
  for (const held of office.held) if (held.who === who && (await canEncrypt(held.certificate, now)).usable) return true;
  return false;
}

/** Under what circumstances certificates came. */
export interface Bringing {
  /** The mail is signed by its holder's key that counts, fresh and unseen. */
  readonly signedBy: string | undefined;
  readonly policy: Policy;
  readonly now: Date;
}

/** The entries that follow. An offer that is open, or that somebody declined, is not made again. */
export function entriesFor(
  brought: readonly Brought[],
  register: Register,
  office: Office,
  bringing: Bringing,
  world: World,
): RegisterEvent[] {
  const signed = new Set<string>();
  return brought.flatMap((one): RegisterEvent[] => {
    const named = { who: one.who, fingerprint: one.fingerprint };
    if (one.is === 'newer') return [{ type: 'certificate-refreshed', ...named, armored: one.armored, from: one.from }];
    if (one.is === 'unusable' || register.out.has(one.fingerprint) || wasDeclined(register, named)) return [];
    const holder = holderOf(office.roster, one.who);
    if (!holder) return [];
    const ways = waysFor(bringing.policy, holder);
    const offer = { type: 'certificate-offered' as const, ...named, armored: one.armored, from: one.from };
    // Of several that the old key signed at once the first is the new one.
    if (one.covered && bringing.signedBy === one.who && ways.includes('old-key') && !signed.has(one.who)) {
      signed.add(one.who);
      const replaces = office.held.filter((held) => held.who === one.who).map((held) => held.certificate.fingerprint);
      return [offer, { type: 'certificate-accepted', ...named, by: one.who, way: 'old-key', replaces }];
    }
    if (isOpen(register, one, bringing.now)) return [];
    return [{ ...offer, ...(ways.includes('challenge') && { challenge: challengeAt(bringing, world) }) }];
  });
}

/** A code that nobody can guess, and until when it can be answered. */
export function challengeAt(
  { policy, now }: Pick<Bringing, 'policy' | 'now'>,
  world: Pick<World, 'random'>,
): { code: string; expires: string } {
  return { code: draw(world, 26), expires: after(now, policy.certificates.challenge).toISOString() };
}

function isOpen(register: Register, one: Brought, now: Date): boolean {
  const offer = offerOf(register, one);
  return offer !== undefined && (!offer.challenge || offer.challenge.expires > now);
}
