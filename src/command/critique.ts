// /critique: what went well and what did not; it becomes part of the retrospective (S1-102).
import { defineCommand, happened, refuse } from '#command/command.ts';
import type { Incident } from '#incident/incident.ts';
import { isSeated } from '#incident/seat.ts';
import type { Sender } from '#team/sender.ts';

export const critique = defineCommand({
  word: 'critique',
  help: 'Say for the retrospective what went well, what did not, and what to change. Write about the process, not about people.',
  examples: ['/critique\nThe distributors asked twice for the patch; it should be in the first notice.\n/end'],
  who: ['member', 'release-manager', 'fix-team'],
  proof: 'domain',
  changes: true,
  args: {},
  text: 'required',
  decide({ text = '' }, { incident, by }) {
    if (!hasPart(by, incident))
      return refuse('/critique is for those who have a part in this incident, and once it is public for every release manager.');
    if (incident.reviewedAt) return refuse('The retrospective is released already.');
    return happened('Kept for the retrospective.', { type: 'critique-given', by: by.who, text });
  },
});

// S1-89: before it is public a release manager hears of an incident with the step that is theirs, and answers for none other.
function hasPart({ who, roles }: Sender, incident: Incident): boolean {
  if (roles.includes('member') || isSeated(incident, who, roles)) return true;
  return incident.announcedAt !== undefined || incident.told.includes(who) || incident.fixTeam.some(({ person }) => person === who);
}
