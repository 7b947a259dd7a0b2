// /schedule: sets the public date; without one it proposes the recommended slot (S1-97: 16:00 UTC on a non-Friday weekday).
import { z } from 'zod';
import { answered, type Decision, defineCommand, happened, type IncidentSituation, refuse } from '#command/command.ts';
import { owesNotice } from '#incident/deadline.ts';
import { fits, hourOn, nextSlot, noticeObjection } from '#incident/slot.ts';
import { after, readMoment, shown, spanInWords } from '#time.ts';

export const schedule = defineCommand({
  word: 'schedule',
  help: 'Set the public date (UTC); without a date, propose one. A date outside the recommended slot needs a reason.',
  examples: ['/schedule', '/schedule 2026-03-03', '/schedule 2026-03-06 09:00 because the upstream project publishes then'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  args: {
    date: z.string().max(40).optional(),
    time: z.string().max(20).optional(),
    zone: z.enum(['UTC', 'Z'], { error: 'is not UTC' }).optional(),
  },
  because: 'optional',
  decide({ date, time, because }, situation) {
    const { incident } = situation;
    if (incident.announcedAt) return refuse('This incident is public already.');
    if (incident.announcement) return refuse('The announcement is confirmed for its moment. /cancel announcement comes first.');
    if (date === undefined) return propose(situation);
    const read = readMoment(time === undefined ? date : `${date} ${time}`);
    if (!read)
      return refuse(`"${[date, time].filter(Boolean).join(' ')}" is no date. Write one like 2026-03-03 or 2026-03-03 16:00 (UTC).`);
    return decideOn(read.hour ? read.at : hourOn(read.at, situation.policy.slot), because, situation);
  },
});

function propose({ incident, policy, now }: IncidentSituation): Decision {
  const at = nextSlot(
    owesNotice(incident, policy) && !incident.notice ? after(after(now, policy.notice.least), '1d') : after(now, '2d'),
    policy.slot,
  );
  const because = owesNotice(incident, policy) ? `, which leaves distributors ${spanInWords(policy.notice.least)}` : '';
  return answered(`Proposed: ${shown(at, policy.zone)}${because}. To set it: /schedule ${at.toISOString().slice(0, 16).replace('T', ' ')}`);
}

function decideOn(at: Date, because: string | undefined, { incident, policy, now, by }: IncidentSituation): Decision {
  if (at <= now)
    return refuse(
      `${shown(at, policy.zone)} is in the past. The next recommended slot is ${shown(nextSlot(after(now, '1h'), policy.slot), policy.zone)}.`,
    );
  if (incident.publicAt?.getTime() === at.getTime()) return refuse('That is the public date already.');
  const advice = objections(at, { incident, policy });
  if (advice.length > 0 && !because) {
    return refuse(
      `${advice.join(' ')} To set it all the same, add: because <reason>. Recommended: ${shown(nextSlot(at, policy.slot), policy.zone)}.`,
    );
  }
  const moved = incident.notice ? ' The distributors who have the notice are told.' : '';
  const reporter = incident.reporter ? ' The reporter hears of it by /reply.' : '';
  return happened(
    `Public date: ${shown(at, policy.zone)}.${advice.length > 0 ? ` Kept with your reason: ${advice.join(' ')}` : ''}${moved}${reporter}`,
    {
      type: 'scheduled',
      by: by.who,
      publicAt: at.toISOString(),
      ...(because && { because }),
    },
  );
}

function objections(at: Date, { incident, policy }: Pick<IncidentSituation, 'incident' | 'policy'>): string[] {
  const found: string[] = [];
  if (!fits(at, policy.slot) && policy.slot)
    found.push(`That is not the recommended slot (${policy.slot.time} UTC on ${policy.slot.days.join(', ')}).`);
  const longest = after(incident.openedAt, policy.spans.longestEmbargo);
  if (at > longest)
    found.push(
      `This team keeps an embargo for ${spanInWords(policy.spans.longestEmbargo)} at most, here until ${shown(longest, policy.zone)}.`,
    );
  const objection = incident.notice && noticeObjection(incident.notice.at, at, policy);
  if (objection) found.push(objection);
  return found;
}
