// Who is in the play: the team, those who write to it and those it writes to, with fresh keys. All of them are roles.
import { type OwnKey, readOwnKey } from '#pgp/keyring.ts';
import { type MadeKey, makeKey } from '#pgp/make-key.ts';
import { before, type Span } from '#time.ts';

export const team = { name: 'Example Security Response Committee', address: 'security@example.org' } as const;

/** The people of the play, by the name that the script calls them. */
export const cast = {
  lead: { name: 'Lead', address: 'lead@example.org', part: 'member of the team, leads the fix' },
  second: { name: 'Second', address: 'second@example.org', part: 'member of the team, on call in the first week' },
  third: { name: 'Third', address: 'third@example.org', part: 'member of the team' },
  reporter: { name: 'Reporter', address: 'reporter@example.net', part: 'found the flaw; has no key and needs none' },
  acme: { name: 'Acme Linux', address: 'security@acme.example.net', part: 'distributor' },
  beta: { name: 'Beta OS', address: 'psirt@beta.example.net', part: 'distributor' },
  gamma: { name: 'Gamma Cloud', address: 'security@gamma.example.net', part: 'distributor whose key has expired' },
  cna: { name: 'Example CNA', address: 'cna@cna.example.net', part: 'assigns CVE ids' },
  announce: { name: 'announce list', address: 'announce@lists.example.org', part: 'the public' },
  mallory: { name: 'Mallory', address: 'mallory@attacker.example', part: 'somebody who pretends' },
} as const;
export type Role = keyof typeof cast;

export const roles = Object.keys(cast) as Role[];
const keyed = ['lead', 'second', 'third', 'acme', 'beta', 'gamma'] as const;
type Keyed = (typeof keyed)[number];

/** A key as it is written into files, and opened for use. */
export interface Key {
  readonly made: MadeKey;
  readonly own: OwnKey;
}

export interface Keys {
  readonly team: Key;
  /** By role; whoever is missing has none. */
  readonly of: Readonly<Partial<Record<Role, Key>>>;
}

/** Makes everybody's key, a year old when the play begins on `monday`; Gamma's ended a month before. */
export async function makeKeys(monday: Date): Promise<Keys> {
  const born = before(monday, '365d' as Span);
  const one = async (who: { name: string; address: string }, expires?: Date): Promise<Key> => {
    const made = await makeKey({ name: who.name, email: who.address, now: born, ...(expires && { expires }) });
    return { made, own: await readOwnKey(made.private) };
  };
  const pairs: [Keyed, Key][] = [];
  for (const role of keyed) pairs.push([role, await one(cast[role], role === 'gamma' ? before(monday, '30d') : undefined)]);
  return { team: await one(team), of: Object.fromEntries(pairs) };
}

/** What an address is called in the play: "lead", "Acme Linux", "the team". */
export function calledBy(address: string): string {
  const plain = address.toLowerCase().replace(/\+[^@]*(?=@)/, '');
  if (plain === team.address) return 'the team’s address';
  const role = roles.find((known) => cast[known].address === plain);
  return role ? cast[role].name : plain;
}
