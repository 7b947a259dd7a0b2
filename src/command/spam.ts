// /spam: closed without a word to the sender.
import { defineCommand, happened, refuse } from '#command/command.ts';
import { told } from '#incident/disclosure.ts';

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
    if (incident.announcedAt) return refuse('This incident is public already; it cannot be spam.');
    if (told(incident).length > 0)
      return refuse('Distributors hold this incident under embargo: it ends in public, with an announcement that says what it is.');
    if (incident.announcement) return refuse('The announcement is confirmed for its moment. /cancel announcement comes first.');
    return happened('Closed as spam; nobody is told.', { type: 'spam-marked', by: by.who });
  },
});
