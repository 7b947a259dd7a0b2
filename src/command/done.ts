// /done: a step of the process is done, on a branch where it is done for each (S1-87, S1-88, S1-91).
import { z } from 'zod';
import { defineCommand, happened, refuse } from '#command/command.ts';
import { review } from '#command/patch-review.ts';
import { isStepOf, stepNamed } from '#command/step-named.ts';
import { patchesIn } from '#incident/patch.ts';
import { openSteps } from '#incident/step.ts';

export const done = defineCommand({
  word: 'done',
  help: 'Say that a step of the process is done; for a step of each branch also on which.',
  examples: ['/done binaries', '/done cherry-pick release-1.30'],
  who: ['member', 'fix-team', 'release-manager'],
  proof: 'domain',
  changes: true,
  args: { step: z.string().max(40), branch: z.string().max(40).optional() },
  decide({ step: key, branch }, situation) {
    const { incident, by, policy } = situation;
    const found = stepNamed(key, branch, policy);
    if ('refused' in found) return refuse(found.refused);
    const { step } = found;
    if (!isStepOf(step, by, incident)) return refuse(`"${step.key}" is said by: ${step.owner}, or a member of the team.`);
    if (step.eachPatch && patchesIn(incident).length > 0) return review([], [step], situation);
    const before = incident.stepsDone.find((one) => one.step === step.key && one.branch === branch);
    if (before) return refuse(`That is done already, said ${before.by}. /undone takes it back.`);
    const here = branch === undefined ? '' : ` on ${branch}`;
    const open = openSteps(incident, policy, step.phase).find(({ key: known }) => known === step.key);
    const left = (open?.left ?? []).filter((one) => one !== branch);
    const rest = left.length > 0 ? ` Left: ${left.join(', ')}.` : '';
    return happened(`Done: ${step.key}${here}.${rest}`, {
      type: 'step-done',
      by: by.who,
      step: step.key,
      ...(branch !== undefined && { branch }),
    });
  },
});
