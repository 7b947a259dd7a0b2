// /patch: the files that came with this mail are the patches; they go along with the notice, byte for byte (S1-79, S1-81, S2-69e).
import { z } from 'zod';
import { defineCommand, happened, refuse } from '#command/command.ts';

export const patch = defineCommand({
  word: 'patch',
  help: 'Keep the files attached to this mail as the patches, for one branch or for all; they go along with the notice.',
  examples: ['/patch', '/patch release-1.30'],
  who: ['member', 'fix-team'],
  proof: 'domain',
  changes: true,
  args: { branch: z.string().max(40).optional() },
  decide({ branch }, { incident, by, policy, attached }) {
    if (!attached || attached.names.length === 0)
      return refuse('No file is attached to this mail: attach the patches and write /patch again.');
    if (branch !== undefined && policy.branches.length > 0 && !policy.branches.includes(branch))
      return refuse(`There is no branch "${branch}". The branches are: ${policy.branches.join(', ')}.`);
    if (incident.announcedAt) return refuse('This incident is public already.');
    const names = attached.names.join(', ');
    const again = incident.notice
      ? ' Distributors hold a notice with other patches: /draft notice and /notify bring them these.'
      : incident.drafts.notice
        ? ' Drafts do not change by themselves: /draft notice makes it anew.'
        : '';
    return happened(`Kept${branch === undefined ? '' : ` for ${branch}`}: ${names}.${again}`, {
      type: 'patches-attached',
      by: by.who,
      message: attached.mail,
      names: attached.names,
      ...(branch !== undefined && { branch }),
    });
  },
});
