// /status: where the incident stands, who has it, and what is due.
import { answered, defineCommand } from '#command/command.ts';
import { summary } from '#incident/summary.ts';

export const status = defineCommand({
  word: 'status',
  help: 'Show where the incident stands, who has which part, and what is due next.',
  examples: ['/status'],
  who: ['member'],
  proof: 'domain',
  changes: false,
  args: {},
  decide: (_, { incident, policy, now }) => answered(summary(incident, policy, now)),
});
