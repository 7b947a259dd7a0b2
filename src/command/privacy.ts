// /privacy: asks whoever published it to go on in private, and records what they answered (S1-43, S1-44, S4-06).
import { z } from 'zod';
import { defineCommand, happened, type IncidentSituation, refuse } from '#command/command.ts';
import { waiver } from '#command/waiver.ts';
import { evolveCourse } from '#incident/course.ts';
import { exposureWords } from '#incident/decision.ts';
import type { Outsider } from '#incident/event.ts';
import { isAsap } from '#incident/pace.ts';
import { distributorOf, memberOf } from '#team/roster.ts';

const Address = z.email().max(254);

export const privacy = defineCommand({
  word: 'privacy',
  help: 'Ask whoever made it public (the reporter, or an address) to go on in private; or record their answer: yes or no.',
  examples: ['/privacy ask', '/privacy ask finder@example.com', '/privacy yes', '/privacy no'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  args: {
    what: z.enum(['ask', 'yes', 'no'], { error: 'is none of ask, yes, no' }),
    address: z.string().max(260).optional(),
  },
  decide({ what, address }, situation) {
    const { incident } = situation;
    if (incident.announcedAt) return refuse('This incident is announced already; there is nothing left to go on with in private.');
    if (!incident.exposure) return refuse('It is not marked as public. /public comes first.');
    if (what === 'ask') return ask(address, situation);
    if (address !== undefined) return refuse(`/privacy ${what} stands alone: it is about whoever was asked.`);
    return record(what, situation);
  },
});

function ask(address: string | undefined, { incident, by, roster }: IncidentSituation) {
  const { reporter } = incident;
  if (address === undefined && !reporter) return refuse('No reporter is known. Name whoever published it: /privacy ask <address>');
  const wanted = address?.replace(/^<|>$/g, '').toLowerCase();
  if (wanted !== undefined && !Address.safeParse(wanted).success)
    return refuse(`"${wanted.slice(0, 60)}" is no mail address. Write one like finder@example.com.`);
  if (wanted !== undefined && (memberOf(roster, wanted) || distributorOf(roster, wanted)))
    return refuse(`${wanted} is on the roster; whoever published it is asked, or the reporter: /privacy ask`);
  const of: Outsider | undefined = wanted !== undefined && wanted !== reporter?.address ? { address: wanted, name: '' } : undefined;
  return happened(
    `${of?.address ?? reporter?.address} is asked to go on in private. A reply that begins with YES or NO is recorded by itself; anything else is passed on, and /privacy yes or /privacy no records it.`,
    { type: 'privacy-asked', by: by.who, ...(of && { of }) },
  );
}

function record(answer: 'yes' | 'no', { incident, by, policy, now }: IncidentSituation) {
  if (incident.exposure?.answer === answer) return refuse(`Their answer is recorded as ${answer} already.`);
  const next = evolveCourse(incident, now, { type: 'privacy-answered', by: by.who, answer });
  const cancel = isAsap(next, policy) ? '' : ' Waiting dates count again from where they began.';
  return happened(`Recorded: ${answer}. ${exposureWords(next, policy).replace(/^./, (first) => first.toUpperCase())}.${cancel}`, {
    type: 'privacy-answered',
    by: by.who,
    answer,
    ...waiver(incident, next, policy),
  });
}
