// /cancel: takes back what has not happened yet: a confirmation awaited, a confirmed announcement, a public date.
import { z } from 'zod';
import { defineCommand, happened, refuse } from '#command/command.ts';
import { told } from '#incident/disclosure.ts';
import type { Incident } from '#incident/incident.ts';

export const cancel = defineCommand({
  word: 'cancel',
  help: 'Take back what has not happened yet: the awaited confirmation, the confirmed announcement, or the public date (schedule).',
  examples: ['/cancel', '/cancel announcement because the binaries are not ready', '/cancel schedule because the fix does not hold'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  args: {
    what: z.enum(['confirmation', 'announcement', 'schedule'], { error: 'is none of confirmation, announcement, schedule' }).optional(),
  },
  because: 'optional',
  decide({ what, because }, { incident, by }) {
    const wanted = what ?? (incident.pending ? 'confirmation' : 'announcement');
    if (incident.announcedAt && wanted !== 'confirmation') return refuse('This incident is public; that cannot be taken back.');
    const there = { confirmation: incident.pending, announcement: incident.announcement, schedule: incident.publicAt }[wanted];
    if (!there) return refuse(wanted === 'confirmation' ? 'Nothing awaits a confirmation.' : `There is no ${wanted} to cancel.`);
    if (wanted === 'schedule' && incident.announcement)
      return refuse('The announcement is confirmed for that date. /cancel announcement comes first.');
    if (wanted === 'schedule' && told(incident).length > 0 && !because) {
      return refuse('Distributors were told this date: give them the reason, /cancel schedule because <reason>.');
    }
    return happened(`Cancelled: ${wanted}.${consequence(wanted, incident)}`, {
      type: 'cancelled',
      by: by.who,
      what: wanted,
      ...(because && { because }),
    });
  },
});

function consequence(what: 'confirmation' | 'announcement' | 'schedule', { headsUp, finalNotice }: Incident): string {
  if (what === 'schedule' && headsUp) return ' The public heads-up still names the old date: a new date and /draft heads-up correct it.';
  const heard = what === 'announcement' && finalNotice && !finalNotice.withdrawn;
  return heard ? ' The distributors who have the final notice are told that it holds no longer.' : '';
}
