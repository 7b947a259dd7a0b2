// /retrospective: drafts the look back from the journal and the critiques, then prepares its release.
import { z } from 'zod';
import { approvedDraft, askConfirmation, refusal } from '#command/ask-confirmation.ts';
import { defineCommand, happened, refuse } from '#command/command.ts';

export const retrospective = defineCommand({
  word: 'retrospective',
  help: 'Draft the retrospective from the journal and the critiques so far; with "send", release the approved one after /confirm.',
  examples: ['/retrospective', '/retrospective send'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  looks: ['reach'],
  args: { step: z.enum(['send'], { error: 'is not "send"' }).optional() },
  decide({ step }, situation) {
    const { incident, by, write } = situation;
    if (!incident.announcedAt) return refuse('The retrospective comes after the announcement.');
    if (incident.reviewedAt) return refuse('The retrospective is released already.');
    if (step === 'send') {
      const draft = approvedDraft(situation, 'retrospective');
      return 'refused' in draft ? refusal(draft) : askConfirmation({ act: 'retrospective', mark: draft.mark }, situation);
    }
    const { mark, subject, text, html } = write('retrospective', incident);
    if (incident.drafts.retrospective?.mark === mark) return refuse(`Nothing changed since the draft ${mark}.`);
    return happened(
      `Drafted retrospective ${mark}; the text is on its way to the team. It names who took part: ask them first. Whoever has read it: /approve retrospective ${mark}`,
      {
        type: 'drafted',
        by: by.who,
        kind: 'retrospective',
        mark,
        own: false,
        subject,
        text,
        ...(html !== undefined && { html }),
      },
    );
  },
});
