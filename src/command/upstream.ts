// /upstream: another project's public date, which ours must not come before (S1-52, S3-20, S4-15).
import { z } from 'zod';
import { defineCommand, happened, type IncidentSituation, refuse } from '#command/command.ts';
import { momentNamed } from '#command/moment-named.ts';
import { after, shown, spanInWords } from '#time.ts';

export const upstream = defineCommand({
  word: 'upstream',
  help: 'Record when another project publishes, or none: nothing of ours becomes public before, unless /schedule gives a reason.',
  examples: [
    '/upstream 2026-03-20 because the parser is theirs',
    '/upstream 2026-03-20 09:00 America/Los_Angeles because the parser is theirs',
    '/upstream none because they published',
  ],
  who: ['member'],
  proof: 'domain',
  changes: true,
  args: {
    date: z.string().max(40),
    time: z.string().max(20).optional(),
    zone: z.string().max(60).optional(),
  },
  because: 'required',
  decide({ date, time, zone, because = '' }, situation) {
    const { incident, by } = situation;
    if (incident.announcedAt) return refuse('This incident is public already; no date of upstream changes that.');
    if (date.toLowerCase() === 'none') {
      if (time !== undefined) return refuse('/upstream none takes no time.');
      if (!incident.upstreamAt) return refuse('No date of upstream is recorded.');
      return happened('No date of upstream holds ours any more.', { type: 'upstream-set', by: by.who, because });
    }
    const read = momentNamed([date, time, zone], situation.policy);
    return 'wrong' in read
      ? refuse(`${read.wrong} To lift the date: /upstream none because <reason>.`)
      : record(read.at, because, situation);
  },
});

function record(at: Date, because: string, { incident, by, policy, now }: IncidentSituation) {
  const { zone } = policy;
  if (at <= now)
    return refuse(
      `${shown(at, zone)} is in the past. If upstream is public, nothing of ours waits for it: /upstream none because <reason>.`,
    );
  if (incident.upstreamAt?.getTime() === at.getTime()) return refuse('That is the date of upstream already.');
  return happened(`Upstream publishes at ${shown(at, zone)}.${consequence(at, { incident, policy })}`, {
    type: 'upstream-set',
    by: by.who,
    at: at.toISOString(),
    because,
  });
}

function consequence(at: Date, { incident, policy }: Pick<IncidentSituation, 'incident' | 'policy'>): string {
  const { announcement, publicAt, openedAt } = incident;
  const line = `/schedule ${at.toISOString().slice(0, 16).replace('T', ' ')}`;
  const longest = after(openedAt, policy.spans.longestEmbargo);
  const long = at > longest ? ` That is past the ${spanInWords(policy.spans.longestEmbargo)} this team keeps an embargo.` : '';
  if (announcement && announcement.at < at)
    return ` Our announcement is held until that is solved: /cancel announcement and ${line}, or /upstream none because <reason>.${long}`;
  if (!publicAt) return ` Our date cannot come before it: ${line}${long}`;
  if (publicAt < at) return ` Our date, ${shown(publicAt, policy.zone)}, comes before it: ${line}${long}`;
  return publicAt > at ? ` Ours is later, ${shown(publicAt, policy.zone)}. To be public together: ${line}${long}` : `${long}`;
}
