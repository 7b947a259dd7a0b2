// /status: where the incident stands, who has it, and what is due.
import { answered, defineCommand } from '#command/command.ts';
import { fixSummary } from '#incident/fix-summary.ts';
import { isSeated } from '#incident/seat.ts';
import { summary } from '#incident/summary.ts';

export const status = defineCommand({
  word: 'status',
  help: 'Show where the incident stands, who has which part, and what is due next.',
  examples: ['/status'],
  who: ['member', 'fix-team'],
  proof: 'domain',
  changes: false,
  args: {},
  // Whoever was only invited sees their work, not what the team knows besides.
  decide: (_, { incident, recorded, policy, now, by: { who, roles } }) =>
    answered(
      roles.includes('member') || isSeated(incident, who, roles) ? summary(incident, policy, now, recorded) : fixSummary(incident, policy),
    ),
});
