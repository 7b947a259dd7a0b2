// People and bodies of the roster as holders of certificates: what they are called, where they are written to, how their keys may change.
import type { Policy } from '#team/policy.ts';
import type { Holder, Way } from '#team/register-event.ts';
import { addressOnFile, distributorOf, memberOf, type Roster } from '#team/roster.ts';

/** A holder as the roster knows them; `kind` tells which letters they may get. */
export interface Held {
  readonly who: Holder;
  readonly kind: 'member' | 'distributor' | 'cna' | 'administrator' | 'operator';
  readonly name: string;
  /** The first is where letters go; a certificate must name one of them. */
  readonly addresses: readonly string[];
}

/** The holder with this handle, id or address. */
export function holderOf(roster: Roster, named: string): Held | undefined {
  const member = memberOf(roster, named);
  if (member) return { who: member.handle, kind: 'member', name: member.name, addresses: member.addresses };
  const distributor = distributorOf(roster, named);
  if (distributor) return { who: distributor.id, kind: 'distributor', name: distributor.name, addresses: distributor.addresses };
  for (const kind of ['cna', 'administrator', 'operator'] as const) {
    const body = roster[kind];
    if (body && (named === kind || named === body.address)) return { who: kind, kind, name: body.name, addresses: [body.address] };
  }
  return undefined;
}

/** Where letters to a holder go. */
export function addressOf(held: Held): string {
  return addressOnFile(held);
}

const words: Record<Way, string> = {
  'old-key': 'a mail signed with the key before',
  'second-person': "another person's word",
  challenge: 'the answer to a challenge',
};

/** The same in words: "a mail signed with the key before or the answer to a challenge". */
export function waysInWords(policy: Policy, held: Pick<Held, 'kind'>): string {
  return waysFor(policy, held)
    .map((way) => words[way])
    .join(' or ');
}

/** What lets a new certificate of this holder count in this team. */
export function waysFor({ certificates }: Policy, { kind }: Pick<Held, 'kind'>): readonly Way[] {
  return kind === 'member' ? certificates.members : certificates.others;
}
