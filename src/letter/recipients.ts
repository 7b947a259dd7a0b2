// People and organisations of the roster as recipients of letters; each letter goes to exactly one.
import type { Who } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import type { Recipient } from '#letter/letter.ts';
import { addressOnFile, distributorOf, type Roster, withRole } from '#team/roster.ts';

/** The members with these handles, or all of them. */
export function members(roster: Roster, only?: readonly Who[]): Recipient[] {
  return withRole(roster, 'member')
    .filter((member) => only === undefined || only.includes(member.handle))
    .map((member) => ({ who: member.handle, address: addressOnFile(member), name: member.name }));
}

/** One distributor at its first role address. */
export function distributor(roster: Roster, id: Who): Recipient[] {
  const found = distributorOf(roster, id);
  return found ? [{ who: found.id, address: addressOnFile(found), name: found.name }] : [];
}

/** The distributors with these ids that are still on the list. */
export function distributors(roster: Roster, ids: readonly string[]): Recipient[] {
  return ids.flatMap((id) => distributor(roster, id));
}

/** The incident's reporter, where one is known. */
export function reporter({ reporter: known }: Incident): Recipient[] {
  return known ? [{ who: 'reporter', address: known.address, name: known.name }] : [];
}

/** The CNA on file. */
export function cna(roster: Roster): Recipient[] {
  return roster.cna ? [{ who: 'cna', address: roster.cna.address, name: roster.cna.name }] : [];
}

/** The operator on file. */
export function operator(roster: Roster): Recipient[] {
  return roster.operator ? [{ who: 'operator', address: roster.operator.address, name: roster.operator.name }] : [];
}

/** The channels that mail can reach: all of them, or those with these names. */
export function channels(roster: Roster, only?: readonly string[]): Recipient[] {
  return roster.channels.flatMap((channel) =>
    channel.kind === 'mail' && (only === undefined || only.includes(channel.name))
      ? [{ who: channel.name, address: channel.address, name: '' }]
      : [],
  );
}
