// /undone: a step that was said to be done is open again.
import { z } from 'zod';
import { defineCommand, happened, refuse } from '#command/command.ts';
import { isStepOf, stepNamed } from '#command/step-named.ts';

export const undone = defineCommand({
  word: 'undone',
  help: 'Take back that a step of the process is done.',
  examples: [
    '/undone binaries because the image for arm64 does not start',
    '/undone cherry-pick release-1.30 because the test fails there',
  ],
  who: ['member', 'fix-team', 'release-manager'],
  proof: 'domain',
  changes: true,
  args: { step: z.string().max(40), branch: z.string().max(40).optional() },
  because: 'required',
  decide({ step: key, branch, because }, { incident, by, policy }) {
    const found = stepNamed(key, branch, policy);
    if ('refused' in found) return refuse(found.refused);
    const { step } = found;
    if (!isStepOf(step, by, incident)) return refuse(`"${step.key}" is said by: ${step.owner}, or a member of the team.`);
    const known =
      incident.stepsDone.some((one) => one.step === step.key && one.branch === branch) ||
      incident.reviews.some((one) => one.step === step.key);
    if (!known) return refuse('That is not said to be done.');
    if (incident.announcedAt && step.phase !== 'after') return refuse('This incident is public already; that cannot be taken back.');
    return happened(`Open again: ${step.key}${branch === undefined ? '' : ` on ${branch}`}.`, {
      type: 'step-undone',
      by: by.who,
      step: step.key,
      ...(branch !== undefined && { branch }),
      ...(because && { because }),
    });
  },
});
