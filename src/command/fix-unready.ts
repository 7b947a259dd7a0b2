// /fix-unready: the fix is not ready after all; the lead hears why.
import { defineCommand, happened, refuse } from '#command/command.ts';

export const fixUnready = defineCommand({
  word: 'fix-unready',
  help: 'Take back that the fix is ready, with the reason; the lead is told.',
  examples: ['/fix-unready because the second review found a way around it'],
  who: ['member', 'fix-team'],
  proof: 'domain',
  changes: true,
  args: {},
  because: 'required',
  decide({ because = '' }, { incident, by }) {
    if (incident.announcedAt) return refuse('This incident is public already; what is wrong with the fix is a new incident.');
    if (!incident.fixReady) return refuse('Nobody has said that the fix is ready.');
    const notified = incident.notice ? ' Distributors were told of it: tell them what changed with a new notice.' : '';
    return happened(`Taken back; the lead is told.${notified}`, { type: 'fix-unready', by: by.who, because });
  },
});
