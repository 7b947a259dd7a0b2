// /approve: I have read exactly this draft. The mark names the text, so nobody approves what changed meanwhile.
import { z } from 'zod';
import { defineCommand, happened, refuse } from '#command/command.ts';
import { draftKinds, releaseLine } from '#incident/action.ts';

export const approve = defineCommand({
  word: 'approve',
  help: 'Approve a draft by its mark: exactly that text may leave, no other.',
  examples: ['/approve notice 3f9a02c1'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  args: {
    kind: z.enum(draftKinds, { error: `is none of ${draftKinds.join(', ')}` }),
    mark: z.string().max(20),
  },
  decide({ kind, mark }, { incident, by }) {
    const draft = incident.drafts[kind];
    if (incident.announcedAt && (kind === 'notice' || kind === 'heads-up'))
      return refuse(`This incident is public already, and no ${kind} leaves any more.`);
    if (!draft) return refuse(`There is no ${kind} to approve: /draft ${kind} makes one.`);
    if (draft.mark !== mark.toLowerCase())
      return refuse(`The ${kind} is ${draft.mark} now, not ${mark}. Read that one before you approve it.`);
    if (draft.approvedBy.includes(by.who)) return refuse('You have approved it already.');
    return happened(`Approved. What leaves is exactly this text. Next: ${releaseLine(kind)}`, {
      type: 'approved',
      by: by.who,
      kind,
      mark: draft.mark,
    });
  },
});
