// What /done and /undone share: which step is meant, and whether it is for the sender to say.
import type { Incident } from '#incident/incident.ts';
import { isSeated } from '#incident/seat.ts';
import type { Policy } from '#team/policy.ts';
import type { Step } from '#team/policy-fix.ts';
import type { Sender } from '#team/sender.ts';

/** The step of the policy with this key; a sentence with the list where there is none, or where the branch is wrong. */
export function stepNamed(key: string, branch: string | undefined, { steps, branches }: Policy): { step: Step } | { refused: string } {
  const step = steps.find((one) => one.key === key.toLowerCase());
  if (!step) return { refused: `There is no step "${key}". The steps are: ${steps.map((one) => one.key).join(', ') || 'none'}.` };
  const each = step.eachBranch && branches.length > 0;
  if (!each && branch !== undefined) return { refused: `"${step.key}" is not done for each branch: write it without one.` };
  if (each && branch === undefined) return { refused: `"${step.key}" is done for each branch; say which: ${branches.join(', ')}.` };
  if (branch !== undefined && !branches.includes(branch))
    return { refused: `There is no branch "${branch}". The branches are: ${branches.join(', ')}.` };
  return { step };
}

/**
 * Whether a step is for this sender to say: members and who sits with them in the incident always may, the fix team what is theirs, and release
 * managers what is theirs once a letter asked them for a step, or they were invited (S1-89).
 */
export function isStepOf({ owner }: Step, { who, roles }: Sender, incident: Incident): boolean {
  const { fixTeam, told } = incident;
  if (roles.includes('member') || isSeated(incident, who, roles)) return true;
  if (owner === 'fix-team') return fixTeam.some(({ person }) => person === who);
  return (
    owner === 'release-manager' && roles.includes('release-manager') && (told.includes(who) || fixTeam.some(({ person }) => person === who))
  );
}
