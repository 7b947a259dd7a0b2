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
  decide({ what, because }, { incident, by, now }) {
    // What ran out awaits nothing: whoever means the announcement must not take that back instead.
    const pending = incident.pending && incident.pending.expires > now ? incident.pending : undefined;
    const wanted = what ?? (pending ? 'confirmation' : 'announcement');
    if (incident.announcedAt && wanted !== 'confirmation') return refuse('This incident is public; that cannot be taken back.');
    const there = { confirmation: pending, announcement: incident.announcement, schedule: incident.publicAt }[wanted];
    if (!there) return refuse(wanted === 'confirmation' ? 'Nothing awaits a confirmation.' : `There is no ${wanted} to cancel.`);
    if (wanted === 'schedule' && incident.announcement)
      return refuse('The announcement is confirmed for that date. /cancel announcement comes first.');
    if (wanted === 'schedule' && told(incident).length > 0 && !because) {
      return refuse('Distributors were told this date: give them the reason, /cancel schedule because <reason>.');
    }
    return happened(`Cancelled: ${wanted}.${consequence(wanted, incident, because ? ', with your reason' : '')}`, {
      type: 'cancelled',
      by: by.who,
      what: wanted,
      ...(because && { because }),
    });
  },
});

function consequence(what: 'confirmation' | 'announcement' | 'schedule', incident: Incident, reason: string): string {
  const { announcement, announcedAt, headsUp, finalNotice } = incident;
  if (what === 'confirmation')
    return announcement && !announcedAt ? ' The announcement is confirmed all the same; /cancel announcement takes that back.' : '';
  if (what === 'schedule' && headsUp) return ' The public heads-up still names the old date: a new date and /draft heads-up correct it.';
  const heard = what === 'announcement' && finalNotice && !finalNotice.withdrawn;
  return heard ? ` The distributors who have the final notice are told that it holds no longer${reason}.` : '';
}
