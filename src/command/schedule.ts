// /schedule: sets the public date; without one it proposes the recommended slot (S1-97: 16:00 UTC on a non-Friday weekday).
import { z } from 'zod';
import { answered, type Decision, defineCommand, happened, type IncidentSituation, refuse } from '#command/command.ts';
import { momentNamed } from '#command/moment-named.ts';
import { isHurried } from '#incident/decision.ts';
import { told } from '#incident/disclosure.ts';
import { owesNotice } from '#incident/due-disclosure.ts';
import type { Incident } from '#incident/incident.ts';
import { isAsap } from '#incident/pace.ts';
import { nextSlot, noticeObjection, slotObjection } from '#incident/slot.ts';
import { lapsed } from '#team/calendar.ts';
import type { Policy } from '#team/policy.ts';
import { after, before, shown, spanInWords } from '#time.ts';

export const schedule = defineCommand({
  word: 'schedule',
  help: 'Set the public date, in UTC or the zone behind it; without a date, propose one. A date outside the recommended slot needs a reason.',
  examples: [
    '/schedule',
    '/schedule 2026-03-03',
    '/schedule 2026-03-05 09:00 America/Los_Angeles because the upstream project publishes then',
  ],
  who: ['member'],
  proof: 'domain',
  changes: true,
  unlessDeclined: true,
  args: {
    date: z.string().max(40).optional(),
    time: z.string().max(20).optional(),
    zone: z.string().max(60).optional(),
  },
  because: 'optional',
  decide({ date, time, zone, because }, situation) {
    const { incident } = situation;
    if (incident.announcedAt) return refuse('This incident is public already.');
    if (incident.announcement) return refuse('The announcement is confirmed for its moment. /cancel announcement comes first.');
    if (date === undefined) return propose(situation);
    const read = momentNamed([date, time, zone], situation.policy);
    return 'wrong' in read ? refuse(read.wrong) : decideOn(read.at, because, situation);
  },
});

function propose({ incident, policy, now }: IncidentSituation): Decision {
  const at = nextSlot(earliest(incident, policy, now), policy);
  return answered(
    `Proposed: ${shown(at, policy.zone)}${windowWords(incident, policy)}. To set it: /schedule ${at.toISOString().slice(0, 16).replace('T', ' ')}`,
  );
}

// The window of the distributors ends with the public date, or counts from the report whatever the date (S1-77, S2-69a).
function windowWords(incident: Incident, policy: Policy): string {
  const { counted, least, most } = policy.notice;
  if (incident.notice || !owesNotice(incident, policy) || isAsap(incident, policy)) return '';
  if (counted === 'before-public') return `, which leaves distributors ${spanInWords(least)}`;
  return `; distributors are to hear of it by ${shown(lapsed(incident.openedAt, most, policy), policy.zone)}`;
}

// S1-44: what is public already waits for nothing but its slot.
function earliest(incident: Incident, policy: Policy, now: Date): Date {
  if (isAsap(incident, policy)) return after(now, '1h');
  return owesNotice(incident, policy) && !incident.notice ? after(after(now, policy.notice.least), '1d') : after(now, '2d');
}

function decideOn(at: Date, because: string | undefined, { incident, policy, now, by }: IncidentSituation): Decision {
  if (at <= now)
    return refuse(
      `${shown(at, policy.zone)} is in the past. The next recommended slot is ${shown(nextSlot(after(now, '1h'), policy), policy.zone)}.`,
    );
  if (incident.publicAt?.getTime() === at.getTime()) return refuse('That is the public date already.');
  const advice = objections(at, { incident, policy });
  if (advice.length > 0 && !because) {
    return refuse(
      `${advice.join(' ')} To set it all the same, add: because <reason>. Recommended: ${shown(nextSlot(at, policy), policy.zone)}.`,
    );
  }
  // Who gives a reason thinks of the team; it leaves the team where others plan by the date.
  const reason = because ? ', with your reason' : '';
  const moved = [
    ...(told(incident).length > 0 ? [` The distributors who have the notice are told${reason}.`] : []),
    ...(because && incident.fixTeam.length > 0 ? [` The fix team is told${reason}.`] : []),
  ].join('');
  const corrected = incident.headsUp ? ' The public heads-up names another date: /draft heads-up and /heads-up correct it.' : '';
  const short = tooShort(at, incident, policy, now);
  const reporter = incident.reporter ? ' The reporter hears of it by /reply.' : '';
  return happened(
    `Public date: ${shown(at, policy.zone)}.${advice.length > 0 ? ` Kept with your reason: ${advice.join(' ')}` : ''}${short}${moved}${corrected}${reporter}`,
    {
      type: 'scheduled',
      by: by.who,
      publicAt: at.toISOString(),
      ...(because && { because }),
    },
  );
}

// S1-77: no advice against the date, for /notify asks for the reason; but it is good to know before the text is written.
function tooShort(at: Date, incident: Incident, policy: Policy, now: Date): string {
  const { counted, least } = policy.notice;
  if (incident.notice || counted !== 'before-public' || isHurried(incident, policy) || !owesNotice(incident, policy)) return '';
  return before(at, least) < now ? ` ${noticeObjection(now, at, policy)}` : '';
}

function objections(at: Date, { incident, policy }: Pick<IncidentSituation, 'incident' | 'policy'>): string[] {
  const found: string[] = [];
  const slot = slotObjection(at, policy);
  if (slot) found.push(slot);
  const longest = after(incident.openedAt, policy.spans.longestEmbargo);
  if (at > longest)
    found.push(
      `This team keeps an embargo for ${spanInWords(policy.spans.longestEmbargo)} at most, here until ${shown(longest, policy.zone)}.`,
    );
  if (incident.upstreamAt && incident.upstreamAt > at)
    found.push(`Upstream publishes at ${shown(incident.upstreamAt, policy.zone)}, which is later.`);
  const objection = incident.notice && !isHurried(incident, policy) && noticeObjection(incident.notice.at, at, policy, incident.openedAt);
  if (objection) found.push(objection);
  return found;
}
