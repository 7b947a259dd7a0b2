// /tell: a message of a member to the fix team; everything else that members write stays with the team (S1-55).
import { z } from 'zod';
import { defineCommand, happened, refuse } from '#command/command.ts';

export const tell = defineCommand({
  word: 'tell',
  help: 'Write to the fix team, with the attachments of this mail. What you write without it goes to the team only.',
  examples: ['/tell fix-team Please look at the second patch.', '/tell fix-team\nThe report says:\n…\n/end'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  evenClosed: true,
  args: { whom: z.enum(['fix-team'], { error: 'is not the fix team; write /tell fix-team, or /reply to the reporter' }) },
  text: 'required',
  decide({ text = '' }, { incident, by, policy }) {
    if (incident.fixTeam.length === 0)
      return refuse(
        policy.fixTeam.from === 'team'
          ? 'The team itself is the fix team, and nobody else is invited: what you write reaches everybody.'
          : 'Nobody is on the fix team yet: /fix-team invite <person> comes first.',
      );
    const people = incident.fixTeam.map(({ person }) => person).filter((person) => person !== by.who);
    return happened(`Told to the fix team: ${people.join(', ') || 'nobody but you'}.`, { type: 'fix-team-told', by: by.who, text });
  },
});
