// /decline-handoff: the offered incident stays where it is.
import { defineCommand, happened, refuse } from '#command/command.ts';

export const declineHandoff = defineCommand({
  word: 'decline-handoff',
  help: 'Decline the incident that was offered to you, or take an offer of yours back.',
  examples: ['/decline-handoff because I am away next week'],
  who: ['member', 'fix-team'],
  proof: 'domain',
  changes: true,
  part: 'commander',
  args: {},
  because: 'optional',
  decide({ because }, { incident, by }) {
    if (!incident.handoff) return refuse('This incident is not offered to anybody.');
    if (incident.handoff.to !== by.who && incident.handoff.from !== by.who)
      return refuse(`This incident is offered to ${incident.handoff.to}, not to you.`);
    return happened(`It stays with ${incident.commander ?? 'nobody'}.`, {
      type: 'handoff-declined',
      by: by.who,
      ...(because && { because }),
    });
  },
});
