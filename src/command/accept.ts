// /accept: the report is a vulnerability; the reporter hears so (S4-03).
import { defineCommand, happened, refuse } from '#command/command.ts';

export const accept = defineCommand({
  word: 'accept',
  help: 'Accept the report as a vulnerability and tell the reporter; text is added to that letter.',
  examples: ['/accept', '/accept\nWe expect a fix within two weeks.\n/end'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  args: {},
  text: 'optional',
  decide({ text }, { incident, by }) {
    if (incident.verdict?.is === 'accepted') return refuse('This report is accepted already.');
    if (incident.closedAt) return refuse('This incident is closed. /reopen comes first.');
    const told = incident.reporter ? 'The reporter is told.' : 'No reporter is known, so nobody is told: /reporter <address> names one.';
    return happened(`Accepted. ${told}`, { type: 'accepted', by: by.who, ...(text && { text }) });
  },
});
