// /decline: the report is no vulnerability of ours; the reporter hears so, with the class's text or the member's own.
import { z } from 'zod';
import { defineCommand, happened, refuse } from '#command/command.ts';
import { told } from '#incident/disclosure.ts';

export const decline = defineCommand({
  word: 'decline',
  help: "Decline the report and tell the reporter, with the text of a class or your own. Classes are the policy's.",
  examples: ['/decline not-a-vulnerability', '/decline other\nThis is intended: the documentation says so.\n/end'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  args: {
    class: z
      .string()
      .toLowerCase()
      .regex(/^[a-z][a-z-]{0,40}$/, { error: 'is no class' }),
  },
  text: 'optional',
  decide({ class: kind, text }, { incident, by, policy }) {
    if (incident.announcedAt) return refuse('This incident is public already; it cannot be declined.');
    if (incident.announcement) return refuse('The announcement is confirmed for its moment. /cancel announcement comes first.');
    if (told(incident).length > 0)
      return refuse('Distributors hold this incident under embargo: it ends in public, with an announcement that says what it is.');
    if (incident.verdict?.is === 'declined') return refuse('This report is declined already.');
    const canned = Object.hasOwn(policy.declines, kind) ? policy.declines[kind] : undefined;
    const classes = Object.keys(policy.declines);
    if (canned === undefined && text === undefined) {
      return refuse(
        `"${kind}" is no class of this team, so it needs a text of yours, closed by /end. Classes: ${classes.join(', ') || 'none'}.`,
      );
    }
    const heard = incident.reporter ? 'The reporter is told.' : 'No reporter is known, so nobody is told.';
    const unused = incident.cve.state === 'assigned' || incident.cve.state === 'requested';
    const id = unused ? ` ${incident.cve.id ?? 'The requested CVE id'} is not used then: /cve reject because <reason> tells the CNA.` : '';
    return happened(`Declined (${kind}). ${heard}${id}`, { type: 'declined', by: by.who, class: kind, text: text ?? canned ?? '' });
  },
});
