// One team ready to work: its policy and people, its keys opened, its templates compiled.
import type { Mac } from '#incident/thread.ts';
import type { Templates } from '#letter/template.ts';
import type { Address } from '#mail/message.ts';
import { type Copies, openCopies } from '#office/copies.ts';
import { type Certificate, canEncrypt, type Keyring, keyring, type OwnKey } from '#pgp/keyring.ts';
import type { Policy } from '#team/policy.ts';
import type { Distributor, Roster } from '#team/roster.ts';
import type { Owner } from '#team/sender.ts';

/** A certificate and the one of the roster it belongs to: a member's handle, a distributor's id, `cna` or `operator`. */
export interface Held {
  readonly who: string;
  readonly certificate: Certificate;
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
  readonly held: readonly Held[];
  readonly templates: Templates;
  /** Who of the roster owns the certificate with this primary fingerprint. */
  readonly owner: Owner;
  /** Keyed digest for address tokens. */
  readonly mac: Mac;
  /** Texts on their way to many. */
  readonly copies: Copies;
}

/** What an office is made from. */
export type OfficeParts = Omit<Office, 'keyring' | 'owner' | 'copies'> & { readonly formerKeys: readonly OwnKey[] };

/** Puts an office together. */
export function openOffice({ formerKeys, ...parts }: OfficeParts): Office {
  const owners = new Map(parts.held.map(({ who, certificate }) => [certificate.fingerprint, who]));
  return {
    ...parts,
    keyring: keyring(
      [parts.key, ...formerKeys],
      parts.held.map(({ certificate }) => certificate),
    ),
    owner: (fingerprint) => owners.get(fingerprint),
    copies: openCopies(),
  };
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
  for (const { id } of office.roster.distributors) {
    const certificate = await certificateFor(office, id, now);
    const answer = certificate ? await canEncrypt(certificate, now) : undefined;
    if (certificate && answer?.usable) known.set(id, { sealed: `encrypted to ${certificate.fingerprint.slice(-16)}` });
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
  unsupported: 'the kind of key is not supported',
} as const;

/** The Message-ID domain of the team's letters. */
export function domainOf(office: Office): string {
  return office.address.slice(office.address.lastIndexOf('@') + 1);
}
