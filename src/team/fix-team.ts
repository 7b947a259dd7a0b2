// Whom a team may bring into the fix of an incident: people on file, by handle, address, or account on the code host.
import { personBehind } from '#team/owners.ts';
import { type Member, memberOf, type Roster } from '#team/roster.ts';

/** Who may be invited: engineers and advisors on file, release managers, and members. */
const invitable: readonly string[] = ['engineer', 'release-manager', 'member'];

/** The person somebody named; or what is wrong with the name and who mends it, as a sentence. */
export function invitee(named: string, roster: Roster): Member | { readonly wrong: string } {
  const found = memberOf(roster, named) ?? personBehind(named, roster);
  if (!found)
    return {
      wrong: `"${named}" is not on file. The operator adds them to roster.yaml, with address, key and the role engineer; then invite them.`,
    };
  return mayBeInvited(found)
    ? found
    : { wrong: `${found.handle} is ${found.roles.join(' and ')} and cannot be invited; the operator can give them the role engineer.` };
}

/** Whether somebody on file may be asked into a fix team. */
export function mayBeInvited({ roles }: Member): boolean {
  return roles.some((role) => invitable.includes(role));
}
