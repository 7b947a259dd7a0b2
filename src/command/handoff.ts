// /handoff: offers the incident to another member; until they accept, nothing changes (S1-35).
import { z } from 'zod';
import { defineCommand, happened, refuse } from '#command/command.ts';
import { memberOf } from '#team/roster.ts';

export const handoff = defineCommand({
  word: 'handoff',
  help: 'Offer the incident to another member. You stay commander until they accept.',
  examples: ['/handoff lead', '/handoff lead@example.org'],
  who: ['commander'],
  proof: 'domain',
  changes: true,
  args: { to: z.string().max(254) },
  decide({ to }, { incident, by, roster }) {
    const member = memberOf(roster, to);
    if (!member?.roles.includes('member')) return refuse(`"${to}" is no member of this team. Members: ${handles(roster)}.`);
    if (member.handle === by.who) return refuse('This incident is yours already.');
    if (incident.handoff?.to === member.handle) return refuse(`It is offered to ${member.handle} already; no answer yet.`);
    return happened(`Offered to ${member.handle}. Until they accept you are still incident commander.`, {
      type: 'handoff-offered',
      by: by.who,
      to: member.handle,
    });
  },
});

function handles(roster: { readonly members: readonly { readonly handle: string }[] }): string {
  return roster.members.map((member) => member.handle).join(', ');
}
