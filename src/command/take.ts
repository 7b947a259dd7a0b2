// /take: "I have it". Whoever is on call says so, or somebody else does where nobody has.
import { defineCommand, happened, refuse } from '#command/command.ts';

export const take = defineCommand({
  word: 'take',
  help: 'Take the incident as its commander. The first one wins; later ones ask for a hand-off.',
  examples: ['/take'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  part: 'commander',
  args: {},
  decide(_, { incident, by }) {
    if (incident.taken && incident.commander === by.who) return refuse('You have this incident already.');
    if (incident.taken) return refuse(`${incident.commander} has this incident. Ask for it: they can write /handoff ${by.who}.`);
    return happened('The incident is yours.', { type: 'taken', by: by.who });
  },
});
