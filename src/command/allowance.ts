// Who may use a command in a team: what its definition allows, narrowed by the policy, never widened.
import type { Command } from '#command/command.ts';
import { atLeast, type Policy, type Proof, type Role } from '#team/policy.ts';

/** The roles and the proof that a team's policy leaves of what a command allows. */
export function allowance(command: Command, policy: Policy): { who: readonly Role[]; proof: Proof; off: boolean } {
  const rule = policy.commands[command.word];
  const least = command.changes && !command.provesItself && !atLeast(command.proof, policy.proof) ? policy.proof : command.proof;
  const proof = rule?.proof && !atLeast(least, rule.proof) ? rule.proof : least;
  const narrowed = rule?.who?.filter((role) => allows(command, role));
  return { who: narrowed ?? command.who, proof, off: rule?.off === true };
}

/** Whether a command's definition lets a role in; the roles an incident gives are members' roles, so `member` covers them. */
export function allows(command: Command, role: Role): boolean {
  return command.who.includes(role) || (command.who.includes('member') && (role === 'commander' || role === 'lead'));
}
