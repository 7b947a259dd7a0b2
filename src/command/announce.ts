// /announce: prepares the announcement of the approved draft at the public date.

import { approvedDraft, askConfirmation, refusal } from '#command/ask-confirmation.ts';
import { defineCommand, refuse } from '#command/command.ts';
import { owesNotice } from '#incident/deadline.ts';

export const announce = defineCommand({
  word: 'announce',
  help: 'Announce the approved draft at the public date: first shows exactly what goes where, then awaits /confirm.',
  examples: ['/announce', '/announce because it is exploited already and distributors cannot be waited for'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  looks: ['reach'],
  args: {},
  because: 'optional',
  decide({ because }, situation) {
    const { incident, roster, now, policy } = situation;
    if (incident.announcedAt) return refuse('This incident is announced already.');
    if (incident.announcement) return refuse('The announcement is confirmed for its moment. /cancel announcement takes it back.');
    const draft = approvedDraft(situation, 'announcement');
    if ('refused' in draft) return refusal(draft);
    if (!incident.publicAt) return refuse('There is no public date yet: /schedule sets it.');
    if (roster.channels.length === 0) return refuse('The roster names no channels to announce on.');
    if (owesNotice(incident, policy) && !incident.notice && !because) {
      return refuse('Distributors were not told. /notify comes first; to announce all the same: /announce because <reason>.');
    }
    const at = incident.publicAt > now ? incident.publicAt : now;
    return askConfirmation({ act: 'announce', mark: draft.mark, at: at.toISOString() }, situation, because);
  },
});
