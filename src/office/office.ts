// One team ready to work: its policy and people, its keys opened, its templates compiled.
import type { Mac } from '#incident/thread.ts';
import type { Templates } from '#letter/template.ts';
import { supportedKinds } from '#letter/unsealable.ts';
import type { Address } from '#mail/message.ts';
import { type Carried, openCarried } from '#office/carried.ts';
import { type Copies, openCopies } from '#office/copies.ts';
import { type Certificate, canEncrypt, type Keyring, keyring, type OwnKey } from '#pgp/keyring.ts';
import { type Policy, sealFor } from '#team/policy.ts';
import { emptyRegister, type Register } from '#team/register.ts';
import type { Distributor, Roster } from '#team/roster.ts';
import type { Owner } from '#team/sender.ts';

/** A certificate and the one of the roster it belongs to: a member's handle, a distributor's id, `cna`, `administrator` or `operator`. */
export interface Held {
  readonly who: string;
  readonly certificate: Certificate;
}

/** A local copy of a repository, where files of owners are looked up. */
export interface Checkout {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

export interface Office {
  /** The team's name in the config; `title` is what people read. */
  readonly name: string;
  readonly title: string;
  readonly prefix: string;
  readonly address: string;
  readonly subaddressing: boolean;
  readonly authserv: readonly string[];
  readonly policy: Policy;
  readonly roster: Roster;
  readonly key: OwnKey;
  readonly keyring: Keyring;
  /** What counts: the certificates of the files, as the register has changed them. */
  readonly held: readonly Held[];
  /** Those of the files beside the roster. */
  readonly filed: readonly Held[];
  readonly register: Register;
  readonly website?: string;
  /** Absent: none. */
  readonly checkouts?: readonly Checkout[];
  readonly templates: Templates;
  /** Who of the roster owns the certificate with this primary fingerprint. */
  readonly owner: Owner;
  /** Keyed digest for address tokens. */
  readonly mac: Mac;
  /** Texts on their way to many. */
  readonly copies: Copies;
  /** Attachments on their way to several. */
  readonly carried: Carried;
}

/** What an office is made from. */
export type OfficeParts = Omit<Office, 'keyring' | 'owner' | 'copies' | 'carried' | 'filed' | 'register'> & {
  readonly formerKeys: readonly OwnKey[];
};

/** Puts an office together, with the certificates of the files alone. */
export function openOffice({ formerKeys, held, ...parts }: OfficeParts): Office {
  const common = { ...parts, filed: held, register: emptyRegister, copies: openCopies(), carried: openCarried() };
  return { ...common, ...holding([parts.key, ...formerKeys], held) };
}

/** The same office when other certificates count. */
export function withHeld(office: Office, held: readonly Held[], register: Register): Office {
  return { ...office, register, ...holding(office.keyring.own, held) };
}

function holding(own: readonly OwnKey[], held: readonly Held[]): Pick<Office, 'held' | 'keyring' | 'owner'> {
  const owners = new Map(held.map(({ who, certificate }) => [certificate.fingerprint, who]));
  const ring = keyring(
    own,
    held.map(({ certificate }) => certificate),
  );
  return { held, keyring: ring, owner: (fingerprint) => owners.get(fingerprint) };
}

/** The team as the author of its letters. */
export function author(office: Office): Address {
  return { address: office.address, name: office.title };
}

/** The certificate to seal a letter with: the first usable one of this person at `now`, else any of theirs, so that the reason is known. */
export async function certificateFor(office: Office, who: string, now: Date): Promise<Certificate | undefined> {
  const theirs = office.held.filter((held) => held.who === who);
  for (const { certificate } of theirs) {
    const answer = await canEncrypt(certificate, now);
    if (answer.usable) return certificate;
  }
  return theirs[0]?.certificate;
}

/** How each distributor can be reached at `now`; asked before a turn, since looking at certificates takes time. */
export async function reachAll(office: Office, now: Date): Promise<(distributor: Distributor) => { sealed: string } | { why: string }> {
  const known = new Map<string, { sealed: string } | { why: string }>();
  const demand = sealFor(office.policy, 'distributors');
  for (const { id } of office.roster.distributors) {
    const certificate = demand === 'never' ? undefined : await certificateFor(office, id, now);
    const answer = certificate ? await canEncrypt(certificate, now) : undefined;
    if (certificate && answer?.usable) known.set(id, { sealed: `encrypted to ${certificate.fingerprint.slice(-16)}` });
    else if (demand !== 'must') known.set(id, { sealed: 'IN CLEAR, signed and not encrypted' });
    else known.set(id, { why: answer && !answer.usable ? reasons[answer.why] : 'no certificate on the roster' });
  }
  return ({ id }) => known.get(id) ?? { why: 'not on the roster' };
}

/** Why a certificate cannot be used, in words for the team. */
export const reasons = {
  'no-certificate': 'no certificate on the roster',
  'no-encryption-key': 'the certificate has no key to encrypt to',
  expired: 'the key has expired',
  revoked: 'the key is revoked',
  weak: 'the key is too weak',
  unsupported: `this kind of key is not supported; ${supportedKinds}`,
} as const;

/** The Message-ID domain of the team's letters. */
export function domainOf(office: Office): string {
  return office.address.slice(office.address.lastIndexOf('@') + 1);
}
