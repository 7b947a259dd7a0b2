// /handoff: offers the incident to another member, or to a maintainer of its fix team; until they accept, nothing changes (S1-35).
import { z } from 'zod';
import { defineCommand, happened, type IncidentSituation, refuse } from '#command/command.ts';
import { gate } from '#command/gate.ts';
import { awayUntil } from '#team/oncall.ts';
import { type Member, memberOf } from '#team/roster.ts';

export const handoff = defineCommand({
  word: 'handoff',
  help: 'Offer the incident to another member, or to somebody of its fix team. You stay commander until they accept.',
  examples: ['/handoff lead', '/handoff lead@example.org because my week is over'],
  who: ['commander'],
  proof: 'domain',
  changes: true,
  part: 'commander',
  args: { to: z.string().max(254) },
  because: 'optional',
  decide({ to, because }, situation) {
    const { incident, by, now } = situation;
    const member = found(to, situation);
    if (typeof member === 'string') return refuse(member);
    const { handle } = member;
    if (handle === by.who) return refuse('This incident is yours already.');
    if (incident.handoff?.to === handle) return refuse(`It is offered to ${handle} already; no answer yet.`);
    const until = awayUntil(member, now);
    const advice = until === undefined ? [] : [`${handle} is on leave until ${until} and may not answer.`];
    const held = gate(advice, because, `To offer it all the same: /handoff ${handle}`);
    if (held) return held;
    const before = incident.handoff ? ` The offer to ${incident.handoff.to} no longer holds.` : '';
    return happened(`Offered to ${handle}. Until they accept you are still incident commander.${before}`, {
      type: 'handoff-offered',
      by: by.who,
      to: handle,
      ...(because && { because }),
    });
  },
});

/** A refusal is a sentence, not a list. */
const mostNamed = 20;

function found(to: string, { roster, incident }: IncidentSituation): Member | string {
  const member = memberOf(roster, to);
  if (member?.roles.includes('member')) return member;
  if (member && incident.fixTeam.some(({ person }) => person === member.handle)) return member;
  // Whoever commands reads everything of the incident: an outside maintainer is invited before they are asked.
  if (member?.roles.some((role) => role === 'engineer' || role === 'release-manager'))
    return `${member.handle} is no member, and must be on the fix team of this incident first: /fix-team invite ${member.handle}.`;
  const members = roster.members.filter(({ roles }) => roles.includes('member')).map(({ handle }) => handle);
  const more = members.length > mostNamed ? ' and others' : '';
  return `"${to}" is no member of this team. Members: ${members.slice(0, mostNamed).join(', ')}${more}.`;
}
