// /close: everything is done; what is not done needs a reason.
import { defineCommand, happened, refuse } from '#command/command.ts';

export const close = defineCommand({
  word: 'close',
  help: 'Close the incident. Before the retrospective is released it needs a reason.',
  examples: ['/close', '/close because the report was a duplicate of one we published'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  args: {},
  because: 'optional',
  decide({ because }, { incident, by, now }) {
    if (incident.closedAt) return refuse('This incident is closed already.');
    if (incident.announcement && !incident.announcedAt && incident.announcement.at > now) {
      return refuse('An announcement is confirmed and has not left yet. /cancel announcement comes first.');
    }
    if (incident.notice && !incident.announcedAt)
      return refuse('Distributors hold this incident under embargo; it must become public before it is closed.');
    const complete = incident.reviewedAt !== undefined || incident.verdict?.is === 'declined';
    if (!complete && !because) return refuse(`${openPoint(incident)} To close it all the same: /close because <reason>.`);
    return happened('Closed.', { type: 'closed', by: by.who, ...(because && { because }) });
  },
});

function openPoint(incident: { readonly verdict?: unknown; readonly announcedAt?: Date }): string {
  if (!incident.verdict) return 'The report has no verdict yet.';
  return incident.announcedAt ? 'The retrospective is not released yet.' : 'The incident is not announced yet.';
}
