// /announce: prepares the announcement of the approved draft at the public date; once it is public, an update of it.
import { approvedDraft, askConfirmation, refusal } from '#command/ask-confirmation.ts';
import { type Decision, defineCommand, type IncidentSituation, refuse } from '#command/command.ts';
import { gate } from '#command/gate.ts';
import { notDone } from '#command/readiness.ts';
import { isHurried } from '#incident/decision.ts';
import { heldBy, owesNotice } from '#incident/due-disclosure.ts';
import { stepsBefore } from '#incident/step.ts';
import { before, between, spanInWords } from '#time.ts';

export const announce = defineCommand({
  word: 'announce',
  help: 'Announce the approved draft at the public date, or update what is announced: first shows exactly what goes where, then awaits /confirm.',
  examples: ['/announce', '/announce because it is exploited already and distributors cannot be waited for'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  unlessDeclined: true,
  looks: ['reach'],
  args: {},
  because: 'optional',
  decide({ because }, situation) {
    const { incident, roster, now, policy } = situation;
    if (incident.announcedAt) return update(situation);
    if (incident.announcement && !overrides(situation, because))
      return refuse('The announcement is confirmed for its moment. /cancel announcement takes it back.');
    const draft = approvedDraft(situation, 'announcement');
    if ('refused' in draft) return refusal(draft);
    if (!incident.publicAt) return refuse('There is no public date yet: /schedule sets it.');
    if (roster.channels.length === 0) return refuse('The roster names no channels to announce on.');
    const at = incident.publicAt > now ? incident.publicAt : now;
    // A step that is due later holds the announcement when its moment comes, and not before.
    const late = stepsBefore(incident, policy, 'announcement').filter((step) => step.at <= now);
    const advice = [...unheard(situation, at), ...late.map(notDone)];
    const held = gate(advice, because, 'To announce all the same: /announce');
    const despite = late.map(({ key }) => key);
    const action = { act: 'announce', mark: draft.mark, at: at.toISOString(), ...(despite.length > 0 && { despite }) } as const;
    return held ?? askConfirmation(action, situation, because, advice);
  },
});

// A confirmed announcement that an open step holds back at its moment can go on without it, for a reason (S1-91).
function overrides({ incident, policy, now }: IncidentSituation, because: string | undefined): boolean {
  const { announcement } = incident;
  return because !== undefined && announcement !== undefined && announcement.at <= now && heldBy(incident, policy).length > 0;
}

/** What distributors should have heard and have not: the notice (S1-76), the public text in time (S1-93). */
function unheard({ incident, policy, roster, now }: IncidentSituation, at: Date): string[] {
  const { final, duty } = policy.notice;
  if (roster.distributors.length === 0) return [];
  const found = owesNotice(incident, policy) && !incident.notice ? ['Distributors were not told. /notify comes first.'] : [];
  const heard = incident.finalNotice && !incident.finalNotice.withdrawn;
  const atOnce = at <= now && (isHurried(incident, policy) || incident.decisions.breach?.choice === 'publish');
  if (final && duty !== 'never' && !heard && !atOnce && before(at, final) < now)
    found.push(`Distributors would have the public text ${between(now, at)} before, less than ${spanInWords(final)}.`);
  return found;
}

// S1-71, S4-35: a fix or an id that came after the first word.
function update(situation: IncidentSituation): Decision {
  const { incident, roster } = situation;
  const draft = approvedDraft(situation, 'announcement');
  if ('refused' in draft) return refusal(draft);
  const last = incident.updates.at(-1)?.mark ?? incident.announcement?.mark;
  if (draft.mark === last) return refuse('This incident is announced already. To say more: /draft announcement, then /announce again.');
  if (roster.channels.length === 0) return refuse('The roster names no channels to announce on.');
  return askConfirmation({ act: 'update', mark: draft.mark }, situation);
}
