// /lead: who leads the fix: a volunteer, a named member, or whose turn it is (S1-46, S1-48).
import { z } from 'zod';
import { defineCommand, happened, refuse } from '#command/command.ts';
import { nextLead, onLeave } from '#team/oncall.ts';
import { memberOf } from '#team/roster.ts';

export const lead = defineCommand({
  word: 'lead',
  help: 'Choose the fix lead: yourself (me), a member, or whose turn it is (next).',
  examples: ['/lead me', '/lead next', '/lead lead@example.org'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  args: { who: z.string().max(254) },
  looks: ['incidents'],
  decide({ who }, { incident, by, roster, now, others }) {
    const last = others.find((other) => other.id !== incident.id && other.lead !== undefined)?.lead;
    const member = who === 'next' ? nextLead(roster, last, now) : memberOf(roster, who === 'me' ? by.who : who);
    if (!member?.roles.includes('member')) {
      return refuse(
        who === 'next'
          ? 'Everybody is on leave; name a member instead.'
          : `"${who}" is no member of this team. Write me, next, a handle or an address.`,
      );
    }
    if (incident.lead === member.handle) return refuse(`${member.handle} leads the fix already.`);
    const away = onLeave(member, now) ? ` Note: ${member.handle} is on leave now.` : '';
    const how = who === 'next' ? ('in-turn' as const) : member.handle === by.who ? ('volunteered' as const) : ('named' as const);
    return happened(`${member.handle} leads the fix.${away}`, { type: 'lead-chosen', by: by.who, lead: member.handle, how });
  },
});
