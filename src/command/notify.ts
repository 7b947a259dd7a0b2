// /notify: prepares the release of the approved notice to the distributors.

import { approvedDraft, askConfirmation, refusal } from '#command/ask-confirmation.ts';
import { defineCommand, refuse } from '#command/command.ts';
import { awaitsNotice } from '#incident/notice.ts';
import { noticeObjection } from '#incident/slot.ts';

export const notify = defineCommand({
  word: 'notify',
  help: 'Release the approved notice to the distributors: first shows exactly what goes to whom, then awaits /confirm.',
  examples: ['/notify', '/notify because the public date is near and they can still prepare'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  looks: ['reach'],
  args: {},
  because: 'optional',
  decide({ because }, situation) {
    const { incident, roster, now, policy, reach } = situation;
    const draft = approvedDraft(situation, 'notice');
    if ('refused' in draft) return refusal(draft);
    if (incident.announcedAt) return refuse('This incident is public already.');
    if (roster.distributors.length === 0) return refuse('The roster names no distributors.');
    if (!incident.publicAt || incident.publicAt <= now)
      return refuse('Distributors must know until when the embargo lasts: /schedule sets a date to come.');
    const awaiting = awaitsNotice(incident, draft.mark, roster);
    if (awaiting.length === 0) return refuse('This notice is released already; a changed draft can follow it.');
    if (incident.notice?.mark === draft.mark && awaiting.every((distributor) => 'why' in reach(distributor)))
      return refuse(`This notice is released already. Still without a usable key: ${awaiting.map(({ id }) => id).join(', ')}.`);
    const objection = noticeObjection(now, incident.publicAt, policy);
    if (objection && !because) return refuse(`${objection} To notify all the same: /notify because <reason>.`);
    return askConfirmation({ act: 'notify', mark: draft.mark }, situation, because);
  },
});
