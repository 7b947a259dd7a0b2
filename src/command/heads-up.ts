// /heads-up: prepares the public word that a fix will come: its moment and what to do until then, nothing of what it fixes (S4-24 to S4-26).
import { approvedDraft, askConfirmation, refusal } from '#command/ask-confirmation.ts';
import { defineCommand, refuse } from '#command/command.ts';
import { gate } from '#command/gate.ts';
import { notReady } from '#command/readiness.ts';

export const headsUp = defineCommand({
  word: 'heads-up',
  help: 'Release the approved public heads-up: first shows exactly what goes where, then awaits /confirm.',
  examples: ['/heads-up', '/heads-up because the mitigation is known and users need the time'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  unlessDeclined: true,
  looks: ['reach'],
  args: {},
  because: 'optional',
  decide({ because }, situation) {
    const { incident, policy, roster, now } = situation;
    if (!policy.headsUp) return refuse('The process of this team has no public heads-up.');
    if (incident.announcedAt) return refuse('This incident is public already.');
    const draft = approvedDraft(situation, 'heads-up');
    if ('refused' in draft) return refusal(draft);
    if (!incident.publicAt || incident.publicAt <= now)
      return refuse('A heads-up names the moment of the release: /schedule sets a date to come.');
    if (roster.channels.length === 0) return refuse('The roster names no channels for it.');
    if (incident.headsUp?.mark === draft.mark) return refuse('This heads-up is released already; a changed draft can follow it.');
    const advice = notReady(incident, policy);
    const held = gate(advice, because, 'To release it all the same: /heads-up');
    return held ?? askConfirmation({ act: 'heads-up', mark: draft.mark }, situation, because, advice);
  },
});
