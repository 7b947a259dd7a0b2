// /notify: prepares the release of the approved notice to the distributors.

import { approvedDraft, askConfirmation, refusal } from '#command/ask-confirmation.ts';
import { defineCommand, type IncidentSituation, refuse } from '#command/command.ts';
import { gate } from '#command/gate.ts';
import { notReady } from '#command/readiness.ts';
import { withoutPatch } from '#incident/branches.ts';
import { isHurried } from '#incident/decision.ts';
import { awaitsNotice, tooEarlyFor } from '#incident/notice.ts';
import { noticeObjection } from '#incident/slot.ts';

export const notify = defineCommand({
  word: 'notify',
  help: 'Release the approved notice to the distributors: first shows exactly what goes to whom, then awaits /confirm.',
  examples: ['/notify', '/notify because the public date is near and they can still prepare'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  unlessDeclined: true,
  looks: ['reach'],
  args: {},
  because: 'optional',
  decide({ because }, situation) {
    const { incident, policy, roster, now, reach } = situation;
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
    const early = awaiting.filter((distributor) => tooEarlyFor(distributor, incident.publicAt, now));
    if (early.length === awaiting.length)
      return refuse(
        `${early.map(({ id }) => id).join(', ')} keep${early.length === 1 ? 's' : ''} an embargo for ${early.map(({ longest }) => longest).join(', ')} at most, and nobody else awaits this notice. Set a nearer date, or wait.`,
      );
    const { window, others } = objections(situation, incident.publicAt);
    // S1-74: in an emergency, and with what is public already, the window is said and asks for no reason.
    const urgent = isHurried(incident, policy);
    const held = gate(urgent ? others : [...window, ...others], because, 'To notify all the same: /notify');
    return held ?? askConfirmation({ act: 'notify', mark: draft.mark }, situation, because, [...window, ...others]);
  },
});

/** What speaks against the notice now; a follow-up to those who have one is always in time. */
function objections({ incident, policy, now }: IncidentSituation, publicAt: Date): Record<'window' | 'others', string[]> {
  const window = incident.notice ? undefined : noticeObjection(now, publicAt, policy, incident.openedAt);
  const branches = withoutPatch(incident, policy);
  const patches = branches.length > 0 ? [`No patch is named for: ${branches.join(', ')}.`] : [];
  return { window: window ? [window] : [], others: [...notReady(incident, policy), ...patches] };
}
