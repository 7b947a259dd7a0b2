// /accept-handoff: the offered incident is mine from now on.
import { defineCommand, happened, refuse } from '#command/command.ts';

export const acceptHandoff = defineCommand({
  word: 'accept-handoff',
  help: 'Accept the incident that was offered to you.',
  examples: ['/accept-handoff'],
  who: ['member', 'fix-team'],
  proof: 'domain',
  changes: true,
  part: 'commander',
  args: {},
  decide(_, { incident, by }) {
    if (!incident.handoff) return refuse('This incident is not offered to anybody. /take takes one that nobody has.');
    if (incident.handoff.to !== by.who) return refuse(`This incident is offered to ${incident.handoff.to}, not to you.`);
    return happened('You are incident commander now.', { type: 'handoff-accepted', by: by.who });
  },
});
