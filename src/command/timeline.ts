// /timeline: everything that happened, one line each.
import { answered, defineCommand } from '#command/command.ts';
import { tell } from '#incident/tell.ts';
import { shown } from '#time.ts';

export const timeline = defineCommand({
  word: 'timeline',
  help: 'Show everything that happened to the incident, in order.',
  examples: ['/timeline'],
  who: ['member'],
  proof: 'domain',
  changes: false,
  args: {},
  decide: (_, { recorded, policy }) =>
    answered(
      recorded
        .map(({ number, at, event }) => `${String(number).padStart(3)}  ${shown(at, policy.zone)}  ${tell(event, policy.zone)}`)
        .join('\n'),
    ),
});
