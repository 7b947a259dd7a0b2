// People and organisations of the roster as recipients of letters; each letter goes to exactly one.
import type { Who } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { seated } from '#incident/seat.ts';
import type { Recipient } from '#letter/letter.ts';
import { addressOnFile, distributorOf, memberOf, type Roster, withRole } from '#team/roster.ts';

/** The members with these handles, or all of them. */
export function members(roster: Roster, only?: readonly Who[]): Recipient[] {
  return withRole(roster, 'member')
    .filter((member) => only === undefined || only.includes(member.handle))
    .map((member) => ({ who: member.handle, address: addressOnFile(member), name: member.name }));
}

/** Whoever reads what the team reads of one incident: the members, and who sits with them in it (S1-35, S2-33). */
export function atTheTable(roster: Roster, incident: Incident, only?: readonly Who[]): Recipient[] {
  const guests = seated(incident, roster)
    .filter(({ handle }) => only === undefined || only.includes(handle))
    .flatMap(({ handle }) => onFile(roster, handle));
  return [...members(roster, only), ...guests];
}

/** Whoever drives an incident: its lead, else its commander, also one who sits with the members; every member where neither reads it (S2-64). */
export function driving(roster: Roster, incident: Incident): Recipient[] {
  const found = atTheTable(roster, incident, [incident.lead ?? incident.commander ?? '']);
  return found.length > 0 ? found : members(roster);
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

/** Whoever manages access to private repositories, where the roster names one. */
export function administrator({ administrator: known }: Roster): Recipient[] {
  return known ? [{ who: 'administrator', address: known.address, name: known.name }] : [];
}

/** Those who were invited into the fix team of an incident, as far as they are still on the roster; also members among them. */
export function invited(roster: Roster, { fixTeam }: Incident): Recipient[] {
  return fixTeam.flatMap(({ person }) => onFile(roster, person));
}

/** The fix team without the members of the team, who read everything anyway. */
export function fixTeam(roster: Roster, incident: Incident): Recipient[] {
  const inside = new Set(members(roster).map(({ who }) => who));
  return invited(roster, incident).filter(({ who }) => !inside.has(who));
}

/** The release managers who were told of an incident, without those who read with the team or with its fix team (S1-103). */
export function releasing(roster: Roster, incident: Incident): Recipient[] {
  return releaseManagers(roster, incident).filter(({ who }) => incident.told.includes(who));
}

/** All release managers but those who read with the team or with the fix team of an incident. */
export function releaseManagers(roster: Roster, incident: Incident): Recipient[] {
  const inside = new Set([...atTheTable(roster, incident), ...fixTeam(roster, incident)].map(({ who }) => who));
  return withRole(roster, 'release-manager')
    .filter(({ handle }) => !inside.has(handle))
    .flatMap(({ handle }) => onFile(roster, handle));
}

/** Somebody of the roster, whatever their role. */
export function onFile(roster: Roster, who: Who): Recipient[] {
  const found = memberOf(roster, who);
  return found ? [{ who: found.handle, address: addressOnFile(found), name: found.name }] : [];
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
