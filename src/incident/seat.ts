// Who sits with the team in one incident without being of the team: an associate who leads it, an outside maintainer who commands it.
import { hasDecided } from '#incident/course.ts';
import type { Incident } from '#incident/incident.ts';
import type { Policy, Role } from '#team/policy.ts';
import type { Member, Roster } from '#team/roster.ts';

type Known = Pick<Incident, 'commander' | 'lead' | 'fixTeam' | 'exposure' | 'announcedAt' | 'decisions'>;

/**
 * Whether somebody who is no member reads and writes with the team in this incident: its commander or lead, who was invited to its fix team
 * (S1-35) or is an associate and the incident is one that they may know (S2-33, S3-10). Asked anew each time: what is taken back ends it.
 */
export function isSeated(incident: Known, handle: string, roles: readonly Role[]): boolean {
  if (incident.commander !== handle && incident.lead !== handle) return false;
  if (incident.fixTeam.some(({ person }) => person === handle)) return true;
  return incident.lead === handle && roles.includes('associate') && openness(incident) !== undefined;
}

/** The people of the roster who sit with the team in this incident beside its members. */
export function seated(incident: Incident, { members }: Roster): Member[] {
  return members.filter(({ handle, roles }) => !roles.includes('member') && isSeated(incident, handle, roles));
}

/** Why an associate may know of an incident: it is public already, or was called of low sensitivity; undefined where they may not. */
export function openness(incident: Pick<Known, 'exposure' | 'announcedAt' | 'decisions'>): 'public' | 'low-sensitivity' | undefined {
  if (incident.announcedAt || (incident.exposure && incident.exposure.answer !== 'yes')) return 'public';
  return hasDecided(incident, 'sensitivity') ? 'low-sensitivity' : undefined;
}

/** Whether the associates of a team with this policy may know of an incident, and lead it (S2-33, S3-10). */
export function isOpenToAssociates(incident: Known, { parts: { associatesLead } }: Pick<Policy, 'parts'>): boolean {
  const open = openness(incident);
  if (open === undefined || associatesLead === 'never') return false;
  return open === 'public' || associatesLead === 'public-or-low-sensitivity';
}
