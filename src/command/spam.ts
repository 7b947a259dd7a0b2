// /spam: closed without a word to the sender.
import { defineCommand, happened, refuse } from '#command/command.ts';

export const spam = defineCommand({
  word: 'spam',
  help: 'Close the incident as spam. Nobody is told.',
  examples: ['/spam'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  args: {},
  decide(_, { incident, by }) {
    if (incident.verdict?.is === 'accepted')
      return refuse('This report was accepted. If that was wrong, /decline it, so that the reporter hears of it.');
    if (incident.announcement) return refuse('The announcement is confirmed for its moment. /cancel announcement comes first.');
    if (incident.closedAt) return refuse('This incident is closed already.');
    return happened('Closed as spam; nobody is told.', { type: 'spam-marked', by: by.who });
  },
});
