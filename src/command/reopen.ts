// /reopen: a closed or declined incident goes on.
import { defineCommand, happened, refuse } from '#command/command.ts';

export const reopen = defineCommand({
  word: 'reopen',
  help: 'Reopen a closed or declined incident.',
  examples: ['/reopen because the reporter sent a working exploit'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  evenClosed: true,
  args: {},
  because: 'optional',
  decide({ because }, { incident, by }) {
    if (!incident.closedAt && incident.verdict?.is !== 'declined') return refuse('This incident is open.');
    return happened('Reopened.', { type: 'reopened', by: by.who, ...(because && { because }) });
  },
});
