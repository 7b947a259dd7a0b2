// The register: which certificates count for whom. Folded from its journal and the files of the roster; no certificate replaces another silently.
import type { Holder, Named, RegisterEvent, Source, Way } from '#team/register-event.ts';

/** A certificate that somebody brought and that does not count yet. */
export interface Offer extends Named {
  readonly armored: string;
  readonly from: Source;
  readonly at: Date;
  readonly challenge?: { readonly code: string; readonly expires: Date };
}

/** A certificate that counts because of what happened, not because of a file. */
export interface Accepted extends Named {
  readonly armored: string;
  readonly at: Date;
  readonly by: Holder;
  readonly way: Way;
}

export interface Register {
  /** What the files said when they were last looked at; undefined before the first time. */
  readonly files?: { readonly certificates: readonly Named[]; readonly teamKey: string };
  /** Oldest first, at most three of one person. */
  readonly offers: readonly Offer[];
  /** Newest first. */
  readonly accepted: readonly Accepted[];
  /** Newer words of a certificate about itself, by fingerprint. */
  readonly refreshed: ReadonlyMap<string, string>;
  /** Certificates that count no more, by fingerprint, whatever the files say. */
  readonly out: ReadonlyMap<string, { readonly who: Holder; readonly how: 'replaced' | 'withdrawn'; readonly at: Date }>;
  readonly declined: ReadonlySet<string>;
  /** The last warning about the end of each key, by fingerprint. */
  readonly warned: ReadonlyMap<string, { readonly ends: Date; readonly step: number; readonly at: Date }>;
}

const mostOffers = 3;

export const emptyRegister: Register = {
  offers: [],
  accepted: [],
  refreshed: new Map(),
  out: new Map(),
  declined: new Set(),
  warned: new Map(),
};

/** The register from its whole journal, oldest event first. */
export function registerOf(recorded: readonly { readonly at: Date; readonly event: RegisterEvent }[]): Register {
  return recorded.reduce((register, { at, event }) => registered(register, event, at), emptyRegister);
}

/** The register after one more event. An event about an offer that is not there, or that cannot count, changes nothing. */
export function registered(register: Register, event: RegisterEvent, at: Date): Register {
  switch (event.type) {
    case 'files-read':
      return filesRead(register, event);
    case 'certificate-offered':
      return { ...register, offers: withOffer(register.offers, event, at) };
    case 'certificate-refreshed':
      return { ...register, refreshed: new Map(register.refreshed).set(event.fingerprint, event.armored) };
    case 'certificate-accepted':
      return accept(register, event, at);
    case 'certificate-declined':
      return {
        ...register,
        offers: register.offers.filter((offer) => !same(offer, event)),
        declined: adding(register.declined, key(event)),
      };
    case 'certificate-withdrawn':
      return {
        ...register,
        offers: register.offers.filter(({ fingerprint }) => fingerprint !== event.fingerprint),
        accepted: register.accepted.filter(({ fingerprint }) => fingerprint !== event.fingerprint),
        out: new Map(register.out).set(event.fingerprint, { who: event.who, how: 'withdrawn', at }),
      };
    case 'end-warned': {
      const { fingerprint, ends, step } = event;
      return { ...register, warned: new Map(register.warned).set(fingerprint, { ends: new Date(ends), step, at }) };
    }
    default:
      return event satisfies never;
  }
}

/** The offer of this person under this fingerprint. */
export function offerOf({ offers }: Register, named: Named): Offer | undefined {
  return offers.find((offer) => same(offer, named));
}

/** The offer whose challenge this code answers at `now`; a code is good once and for a while. */
export function challenged({ offers }: Register, code: string, now: Date): Offer | undefined {
  return offers.find(({ challenge }) => challenge?.code === code && challenge.expires > now);
}

/**
 * What counts for whom, those accepted last first: accepted certificates, then those of the files, without what was replaced or withdrawn.
 * A certificate that belongs to somebody already does not count for another.
 */
export function counting<Filed extends Named>(register: Register, files: readonly Filed[]): (Accepted | Filed)[] {
  const all: (Accepted | Filed)[] = [...register.accepted, ...files].filter(({ fingerprint }) => !register.out.has(fingerprint));
  const seen = new Set<string>();
  return all.filter(({ fingerprint }) => !seen.has(fingerprint) && seen.add(fingerprint));
}

/**
 * Why an offered certificate cannot come to count, or undefined when it can: nobody offered it, it was replaced or withdrawn, or it is another
 * holder's. Phrases for "… , so it cannot count".
 */
export function objectionTo(register: Register, named: Named): string | undefined {
  if (!offerOf(register, named)) return 'nobody offered it';
  const out = register.out.get(named.fingerprint);
  if (out) return `it was ${out.how} before`;
  const owners = [...register.accepted, ...(register.files?.certificates ?? [])].filter(
    ({ fingerprint }) => fingerprint === named.fingerprint,
  );
  const other = owners.find(({ who }) => who !== named.who);
  return other && `it is that of ${other.who}`;
}

/** Whether somebody said no to this certificate before. */
export function wasDeclined({ declined }: Register, named: Named): boolean {
  return declined.has(key(named));
}

type Of<Type extends RegisterEvent['type']> = Extract<RegisterEvent, { type: Type }>;

// A certificate that the operator files again after it was replaced or withdrawn counts again: whoever holds the machine decides.
function filesRead(register: Register, { certificates, teamKey }: Of<'files-read'>): Register {
  const before = register.files;
  const returned = before ? certificates.filter((one) => !before.certificates.some((known) => same(known, one))) : [];
  const out = new Map(register.out);
  for (const { fingerprint } of returned) out.delete(fingerprint);
  return { ...register, files: { certificates, teamKey }, out };
}

function withOffer(offers: readonly Offer[], event: Of<'certificate-offered'>, at: Date): Offer[] {
  const { who, fingerprint, armored, from, challenge } = event;
  const offer: Offer = {
    ...{ who, fingerprint, armored, from, at },
    ...(challenge && { challenge: { code: challenge.code, expires: new Date(challenge.expires) } }),
  };
  const others = offers.filter((one) => !same(one, offer));
  const theirs = others.filter((one) => one.who === who);
  const gone = new Set(theirs.slice(0, Math.max(0, theirs.length - mostOffers + 1)));
  return [...others.filter((one) => !gone.has(one)), offer];
}

// What was accepted takes the place of everything before, also of what was accepted while somebody decided about this one.
function accept(register: Register, event: Of<'certificate-accepted'>, at: Date): Register {
  const offer = offerOf(register, event);
  if (!offer || objectionTo(register, event)) return register;
  const { who, fingerprint, by, way, replaces } = event;
  const before = register.accepted.filter((one) => one.who === who).map((one) => one.fingerprint);
  const out = new Map(register.out);
  for (const old of [...replaces, ...before]) if (old !== fingerprint) out.set(old, { who, how: 'replaced', at });
  return {
    ...register,
    offers: register.offers.filter((one) => one.who !== who),
    accepted: [
      { who, fingerprint, armored: offer.armored, at, by, way },
      ...register.accepted.filter((one) => one.who !== who && one.fingerprint !== fingerprint),
    ],
    out,
  };
}

function same(one: Named, other: Named): boolean {
  return one.who === other.who && one.fingerprint === other.fingerprint;
}

function key({ who, fingerprint }: Named): string {
  return `${who} ${fingerprint}`;
}

function adding<Value>(set: ReadonlySet<Value>, value: Value): ReadonlySet<Value> {
  return new Set(set).add(value);
}
