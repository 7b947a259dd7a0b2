// /draft: makes the text of a notice, an announcement or a retrospective, for people to read and approve.
import { z } from 'zod';
import { writtenForAnotherDate } from '#command/ask-confirmation.ts';
import { defineCommand, happened, refuse } from '#command/command.ts';
import { missingFields } from '#incident/advisory.ts';

export const draft = defineCommand({
  word: 'draft',
  help: 'Draft the notice, the announcement or the retrospective from what is known, or give its whole text yourself.',
  examples: ['/draft notice', '/draft announcement\nOur own words.\n/end'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  args: { kind: z.enum(['notice', 'announcement', 'retrospective'], { error: 'is none of notice, announcement, retrospective' }) },
  text: 'optional',
  decide({ kind, text }, { incident, by, policy, write }) {
    if (kind === 'announcement' && incident.announcement)
      return refuse('The announcement is confirmed for its moment. /cancel announcement comes first.');
    if (kind === 'retrospective' && !incident.announcedAt) return refuse('The retrospective comes after the announcement.');
    if (kind !== 'retrospective' && incident.announcedAt) return refuse('This incident is public already.');
    const required = kind === 'retrospective' ? [] : policy.advisory[kind];
    const missing = text === undefined ? missingFields(incident, required) : [];
    if (missing.length > 0) return refuse(`Still missing: ${missing.join(', ')}. ${missing.map(remedy).join(', ')}`);
    if (kind === 'announcement' && !incident.publicAt) return refuse('There is no public date yet: /schedule sets it.');
    if (kind === 'notice' && !incident.publicAt)
      return refuse('Distributors must know until when the embargo lasts: /schedule sets the public date.');
    const written = write(kind, incident, text);
    const before = incident.drafts[kind];
    // The same words of the team's own for another date are approved anew.
    if (before?.mark === written.mark && !writtenForAnotherDate(before, kind, incident))
      return refuse(`The draft ${written.mark} says exactly that already.`);
    return happened(
      `Drafted ${kind} ${written.mark}; the text is on its way to the team. Whoever has read it: /approve ${kind} ${written.mark}`,
      {
        type: 'drafted',
        by: by.who,
        kind,
        mark: written.mark,
        own: text !== undefined,
        subject: written.subject,
        text: written.text,
        ...(written.html !== undefined && { html: written.html }),
      },
    );
  },
});

function remedy(field: string): string {
  if (field === 'severity') return '/severity <vector>';
  return field === 'cve' ? '/cve <id>' : `/set ${field} <text>`;
}
