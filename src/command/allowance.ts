// Who may use a command in a team: what its definition allows, narrowed by the policy, never widened.
import type { Command } from '#command/command.ts';
import type { Incident } from '#incident/incident.ts';
import { atLeast, type Policy, type Proof, type Role } from '#team/policy.ts';

/** The roles and the proof that a team's policy leaves of what a command allows; `off` also where it is about a part the process does not have. */
export function allowance(
  command: Command,
  policy: Policy,
  incident?: Pick<Incident, 'lead'>,
): { who: readonly Role[]; proof: Proof; off: boolean } {
  const rule = policy.commands[command.word];
  const least = command.changes && !command.provesItself && !atLeast(command.proof, policy.proof) ? policy.proof : command.proof;
  const proof = rule?.proof && !atLeast(least, rule.proof) ? rule.proof : least;
  const narrowed = rule?.who?.filter((role) => allows(command, role));
  const off = rule?.off === true || (command.part !== undefined && !hasPart(command.part, policy));
  return { who: withoutAbsentParts(narrowed ?? command.who, policy, !incident || incident.lead !== undefined), proof, off };
}

/** Whether a command's definition lets a role in; the roles an incident gives are members' roles, so `member` covers them. */
export function allows(command: Command, role: Role): boolean {
  return command.who.includes(role) || (command.who.includes('member') && (role === 'commander' || role === 'lead'));
}

/**
 * Whether somebody with these roles may use a command that is for these. Who commands or leads an incident without being a member sits with the
 * team there: they may do what a member may in this incident, but take no part of it, and look at no other, whatever a policy keeps for the lead.
 */
export function admits(command: Command, who: readonly Role[], roles: readonly Role[]): boolean {
  const beyond = !command.needsIncident || command.looks?.includes('incidents');
  const counted = beyond && !roles.includes('member') ? roles.filter((role) => role !== 'commander' && role !== 'lead') : roles;
  if (counted.some((role) => who.includes(role))) return true;
  const sits = counted.includes('commander') || counted.includes('lead');
  return sits && command.part === undefined && who.includes('member');
}

function hasPart(part: NonNullable<Command['part']>, { parts }: Policy): boolean {
  const turns = parts.lead !== 'none';
  // Where nobody leads an associate still may, if the team lets them (S3-10).
  const lead = turns || parts.associatesLead !== 'never';
  const standing = Object.keys(parts.standing).length > 0;
  return { commander: parts.commander !== 'none', lead, standing, passing: standing || turns }[part];
}

/**
 * What a policy keeps for a part that its process does not have is every member's, so that a team cannot lock itself out (S3-19). Where nobody
 * commands, the lead alone is left, and until there is one the members stand in.
 */
function withoutAbsentParts(who: readonly Role[], { parts }: Policy, led: boolean): readonly Role[] {
  const left = who.filter((role) => !(role === 'commander' && parts.commander === 'none') && !(role === 'lead' && parts.lead === 'none'));
  if (left.length === who.length) return who;
  const speaks = who.includes('lead') && parts.lead === 'none';
  const standsIn = !led && who.includes('commander') && parts.commander === 'none';
  return left.length === 0 || speaks || standsIn ? [...new Set<Role>([...left, 'member'])] : left;
}
