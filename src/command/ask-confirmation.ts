// What /notify, /announce and /retrospective send share: nothing irreversible happens at once (DESIGN rule 6).
import { type Decision, happened, type IncidentSituation, refuse } from '#command/command.ts';
import type { Action, DraftKind } from '#incident/event.ts';
import type { Draft, Incident } from '#incident/incident.ts';
import { actionWords } from '#incident/tell.ts';
import type { Policy } from '#team/policy.ts';
import { after } from '#time.ts';

/** The approved draft of a kind, or the sentence why it may not leave as it stands. */
export function approvedDraft({ incident }: IncidentSituation, kind: DraftKind): Draft | { refused: string } {
  const draft = incident.drafts[kind];
  if (incident.closedAt || incident.verdict?.is === 'declined')
    return { refused: `This incident is ${incident.closedAt ? 'closed' : 'declined'}. /reopen comes first.` };
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

/** Asks for the confirmation of an action: the code goes to the team with a preview of exactly what would happen. */
export function askConfirmation(action: Action, { by, now, policy, draw }: IncidentSituation, because?: string): Decision {
  const who = needsSecond(policy, action) ? 'Somebody else of the team confirms it' : 'It happens';
  return happened(`To ${actionWords(action)} is prepared. ${who} with the code in the preview that is on its way.`, {
    type: 'confirmation-asked',
    by: by.who,
    action,
    code: draw(),
    expires: after(now, policy.spans.confirmation).toISOString(),
    ...(because && { because }),
  });
}

/** Whether this team wants another person to confirm an action. */
export function needsSecond(policy: Policy, action: Action): boolean {
  return policy.commands[action.act]?.confirm !== 'same-person';
}

/** Reads the reason why a preparation cannot go on, as a refusal. */
export function refusal(found: { refused: string }): Decision {
  return refuse(found.refused);
}
