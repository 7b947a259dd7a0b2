// /duplicate: this report repeats another incident; its reporter is told so, without a word of the other (S2-25).
import { z } from 'zod';
import { defineCommand, happened, type IncidentSituation, refuse } from '#command/command.ts';
import { told } from '#incident/disclosure.ts';
import { readId } from '#incident/id.ts';
import type { Incident } from '#incident/incident.ts';

export const duplicate = defineCommand({
  word: 'duplicate',
  help: 'Link the report to the incident it repeats and tell the reporter; text is added to that letter. /accept or /reopen takes it back.',
  examples: ['/duplicate SRC-4F7K2M', '/duplicate SRC-4F7K2M\nYour second way in was new to us.\n/end'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  looks: ['incidents'],
  args: { id: z.string().max(40) },
  text: 'optional',
  decide({ id, text }, situation) {
    const { incident, by } = situation;
    if (incident.announcedAt) return refuse('This incident is public already; what repeats it is linked from the other one.');
    if (incident.announcement) return refuse('The announcement is confirmed for its moment. /cancel announcement comes first.');
    if (told(incident).length > 0) return refuse('Distributors were told of this incident; link the other one to it instead.');
    const other = originalOf(id, situation);
    if ('refused' in other) return other;
    if (incident.duplicateOf === other.id) return refuse(`It is linked to ${other.id} already.`);
    const heard = incident.reporter ? 'The reporter is told.' : 'No reporter is known, so nobody is told.';
    return happened(`Linked to ${other.id}, which it repeats. ${heard}`, {
      type: 'duplicate-linked',
      by: by.who,
      of: other.id,
      ...(text && { text }),
    });
  },
});

function originalOf(text: string, { incident, others }: IncidentSituation): Incident | { refused: string } {
  const prefix = incident.id.split('-', 1)[0] ?? '';
  const id = readId(text, prefix);
  if (!id) {
    const other = /^[a-z]{2,8}-[0-9a-z]{6}$/i.test(text);
    const wrong = other ? `${text.toUpperCase()} is no incident of this team` : `"${text}" is no id of an incident`;
    return { refused: `${wrong}; they look like ${incident.id}. /list all shows them.` };
  }
  if (id === incident.id) return { refused: `${id} is this incident itself. Name the one that it repeats.` };
  const found = others.find((one) => one.id === id);
  if (!found) return { refused: `This team has no incident ${id}. /list all shows them.` };
  if (found.duplicateOf)
    return {
      refused:
        found.duplicateOf === incident.id
          ? `${id} is linked to this incident as its repetition; one of them must stay the first.`
          : `${id} itself repeats ${found.duplicateOf}: link to that one.`,
    };
  if (found.verdict?.is === 'spam') return { refused: `${id} was marked as spam. /spam does the same here.` };
  return found;
}
