// What /notify, /announce and /retrospective send share: nothing irreversible happens at once (house rule 6).
import { type Decision, happened, type IncidentSituation, refuse } from '#command/command.ts';
import { commandOf } from '#incident/action.ts';
import type { Draft } from '#incident/draft.ts';
import type { Action, DraftKind } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { actionWords } from '#incident/tell.ts';
import type { Policy, Role } from '#team/policy.ts';
import { type Member, withRole } from '#team/roster.ts';
import { after } from '#time.ts';

/** The approved draft of a kind, or the sentence why it may not leave as it stands. */
export function approvedDraft({ incident }: IncidentSituation, kind: DraftKind): Draft | { refused: string } {
  const draft = incident.drafts[kind];
  if (!draft) return { refused: `There is no ${kind} yet: /draft ${kind} makes one.` };
  if (writtenForAnotherDate(draft, kind, incident))
    return { refused: `The public date moved since the ${kind} ${draft.mark} was drafted: /draft ${kind} makes it anew.` };
  if (draft.approvedBy.length === 0)
    return { refused: `The ${kind} ${draft.mark} is not approved: somebody who has read it writes /approve ${kind} ${draft.mark}` };
  return draft;
}

/** Whether a draft names a public date that no longer holds; the people who get it would plan by it. */
export function writtenForAnotherDate(draft: Draft, kind: DraftKind, { publicAt }: Pick<Incident, 'publicAt'>): boolean {
  return kind !== 'retrospective' && draft.publicAt?.getTime() !== publicAt?.getTime();
}

/**
 * Asks for the confirmation of an action: everybody of the team gets a preview of exactly what would happen, and whoever may confirm it a
 * code of their own in it, so that confirming shows that they read the mailbox on file. The advice that a reason goes against is kept with it.
 * Refuses what nobody could confirm.
 */
export function askConfirmation(action: Action, situation: IncidentSituation, because?: string, advice: readonly string[] = []): Decision {
  const { incident, by, now, policy, draw } = situation;
  const codes = confirmers(action, situation).map(({ handle }) => ({ to: handle, code: draw() }));
  const second = needsSecond(policy, action);
  if (codes.length === 0)
    return refuse(`Nobody ${second ? 'else ' : ''}of the team may give the /confirm that this needs: policy or roster must change first.`);
  const how = codes.some(({ to }) => to === by.who)
    ? 'Confirm it with the code in your preview, which is on its way; so can others with theirs.'
    : 'Somebody else of the team confirms it with the code in their own preview, which is on its way.';
  const { pending } = incident;
  const before =
    pending && pending.expires > now
      ? ` ${pending.action.act === action.act ? 'What was prepared before' : `To ${actionWords(pending.action, policy.zone)}`} awaits no confirmation any more: one thing at a time does, and its codes are void.`
      : '';
  return happened(`To ${actionWords(action, policy.zone)} is prepared. ${how}${before}`, {
    type: 'confirmation-asked',
    by: by.who,
    action,
    codes,
    expires: after(now, policy.spans.confirmation).toISOString(),
    ...(because && { because }),
    ...(advice.length > 0 && { against: advice.join(' ') }),
  });
}

/** Who may give a /confirm where the policy does not narrow it. */
export const confirmRoles: readonly Role[] = ['member'];

// The parts people have in the incident as it stands: whoever gets one later was mailed no code, and it is prepared again.
function confirmers(action: Action, { incident, by, policy, roster }: IncidentSituation): Member[] {
  const { who = confirmRoles, off } = policy.commands.confirm ?? {};
  const parts = ({ handle, roles }: Member): Role[] => [
    ...roles,
    ...(incident.commander === handle ? (['commander'] as const) : []),
    ...(incident.lead === handle ? (['lead'] as const) : []),
  ];
  return withRole(roster, 'member').filter(
    (member) => !off && parts(member).some((part) => who.includes(part)) && !(needsSecond(policy, action) && member.handle === by.who),
  );
}

/** Whether this team wants another person to confirm an action. */
export function needsSecond(policy: Policy, action: Action): boolean {
  return policy.commands[commandOf(action)]?.confirm !== 'same-person';
}

/** Reads the reason why a preparation cannot go on, as a refusal. */
export function refusal(found: { refused: string }): Decision {
  return refuse(found.refused);
}
