// /lead: who leads the fix: a volunteer, a named member, or whose turn it is (S1-46, S1-48); where a team says so, also an associate (S2-33, S3-10).
import { z } from 'zod';
import { type Decision, defineCommand, happened, type IncidentSituation, refuse } from '#command/command.ts';
import { gate } from '#command/gate.ts';
import { leadLine } from '#incident/part-line.ts';
import { isOpenToAssociates } from '#incident/seat.ts';
import { awayUntil } from '#team/oncall.ts';
import { type Member, memberOf } from '#team/roster.ts';

export const lead = defineCommand({
  word: 'lead',
  help: 'Choose the fix lead: yourself (me), a member, or whose turn it is (next). The first volunteer wins.',
  examples: ['/lead me', '/lead next', '/lead lead@example.org'],
  who: ['member', 'associate'],
  proof: 'domain',
  changes: true,
  part: 'lead',
  args: { who: z.string().max(254) },
  because: 'optional',
  looks: ['incidents'],
  decide({ who, because }, situation) {
    const { incident, by, now } = situation;
    const member = chosen(who, situation);
    if (typeof member === 'string') return refuse(member);
    const { handle } = member;
    const barred = associateBarred(member, situation) ?? nobodyLeads(member, situation);
    if (barred) return refuse(barred);
    if (incident.lead === handle) return refuse(`${handle} leads the fix already.`);
    // Who leads reads everything here: an associate takes that from nobody by their own word.
    if (incident.lead !== undefined && !by.roles.includes('member'))
      return refuse(`${incident.lead} leads the fix already. A member can name you instead: /lead ${handle} because <reason>.`);
    const held = gate(taken(situation), because, `To change it all the same: /lead ${who}`);
    if (held) return held;
    const until = awayUntil(member, now);
    const away = until === undefined ? '' : ` Note: ${handle} is on leave until ${until}.`;
    return chose(handle, who, away, because, by.who);
  },
});

function chose(handle: string, said: string, away: string, because: string | undefined, by: string): Decision {
  const how = said === 'next' ? ('in-turn' as const) : handle === by ? ('volunteered' as const) : ('named' as const);
  return happened(`${handle} leads the fix.${away}`, { type: 'lead-chosen', by, lead: handle, how, ...(because && { because }) });
}

function chosen(who: string, { incident, by, roster, now, others }: IncidentSituation): Member | string {
  if (!by.roles.includes('member') && who !== 'me' && memberOf(roster, who)?.handle !== by.who)
    return 'An associate can only take the lead themselves: /lead me.';
  if (who === 'next') {
    const [next] = leadLine({ roster, now, others: others.filter(({ id }) => id !== incident.id) });
    return next ?? 'Everybody is on leave; name a member instead.';
  }
  const member = memberOf(roster, who === 'me' ? by.who : who);
  const may = member?.roles.some((role) => role === 'member' || role === 'associate');
  return member && may ? member : `"${who}" is no member of this team. Write me, next, a handle or an address.`;
}

// S1-46: the first volunteer wins; only the lead, the commander, or a reason changes that.
function taken({ incident, by }: IncidentSituation): string[] {
  const { lead: leads, commander } = incident;
  return leads === undefined || by.who === leads || by.who === commander ? [] : [`${leads} leads the fix already, and can hand it on.`];
}

// S3-10, S3-19: every member speaks for such a team; only an associate who sees one incident through is named.
function nobodyLeads({ handle, roles }: Member, { policy }: IncidentSituation): string | undefined {
  if (policy.parts.lead !== 'none' || !roles.includes('member')) return undefined;
  return `${handle} is a member, and in this team every member drives the incident: nobody leads it but an associate whom you name.`;
}

/** Why somebody who is only an associate may not lead this incident; what is sealed to members is not opened by a reason. */
function associateBarred({ handle, roles }: Member, { incident, policy }: IncidentSituation): string | undefined {
  if (roles.includes('member')) return undefined;
  const { associatesLead } = policy.parts;
  if (associatesLead === 'never') return `${handle} is an associate, and in this team associates do not lead.`;
  if (isOpenToAssociates(incident, policy)) return undefined;
  const low = associatesLead === 'public-or-low-sensitivity' ? ' or of low sensitivity (/decide sensitivity low because <reason>)' : '';
  return `${handle} is an associate, and associates lead only what is public already${low}.`;
}
