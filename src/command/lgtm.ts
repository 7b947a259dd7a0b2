// /lgtm: somebody looked at patches that others brought, and they are right (S1-88, S2-65, S4-20).
import { defineCommand, refuse } from '#command/command.ts';
import { review } from '#command/patch-review.ts';
import { isStepOf } from '#command/step-named.ts';
import { patchesIn } from '#incident/patch.ts';

export const lgtm = defineCommand({
  word: 'lgtm',
  help: 'Say that you looked at patches that others brought and that they are right: the commits or files named, or all.',
  examples: ['/lgtm', '/lgtm 1a2b3c4', '/lgtm 0001-fix.patch'],
  who: ['member', 'fix-team'],
  proof: 'domain',
  changes: true,
  args: {},
  text: 'line',
  decide({ text = '' }, situation) {
    const { incident, by, policy } = situation;
    const each = policy.steps.filter(({ eachPatch }) => eachPatch);
    if (each.length === 0) return refuse('In this process no step is done patch by patch (eachPatch).');
    const mine = each.filter((step) => isStepOf(step, by, incident));
    if (mine.length === 0) return refuse(`That is said by: ${each.map(({ owner }) => owner).join(', ')}, or a member of the team.`);
    if (patchesIn(incident).length === 0)
      return refuse(`No patch is known yet: /patch <commit> names one. All at once are done with /done ${mine[0]?.key}.`);
    return review(
      text.split(/[\s,]+/).filter((word) => word !== ''),
      mine,
      situation,
    );
  },
});
