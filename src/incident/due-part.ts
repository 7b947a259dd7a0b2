// What is due of people: a part somebody was asked to have, somebody who leads, a turn on call that ends; and whose a deadline is.
import type { Deadline } from '#incident/deadline.ts';
import { due } from '#incident/due-course.ts';
import { fixDue } from '#incident/due-fix.ts';
import type { Incident } from '#incident/incident.ts';
import { dueAfter } from '#incident/pace.ts';
import { heldPart } from '#incident/part.ts';
import { partOwner, standingPart } from '#incident/part-line.ts';
import { openSteps, stillToDo } from '#incident/step.ts';
import { lapsed } from '#team/calendar.ts';
import type { Policy } from '#team/policy.ts';

/** The words of reminders, up to the colon of their keys, and of drafts to be read: what a standing part can own. */
export const ownable = [
  ...(['triage', 'second-chance', 'privacy', 'update', 'breach', 'handoff', 'lead', 'quiet', 'close'] as const),
  ...(['fix-team', 'access', 'assessment', 'fix', 'request', 'removal', 'cve-request', 'cve-answer', 'cve-unused', 'cve-record'] as const),
  ...(['plan', 'release', 'embargo', 'notice', 'notice-again', 'heads-up', 'announcement', 'announcement-held'] as const),
  ...(['retrospective', 'draft'] as const),
] as const;

/** The deadlines of who has what; none of them holds anything up. */
export function partDeadlines(incident: Incident, policy: Policy): Deadline[] {
  if (incident.announcedAt) return [];
  return [...ofParts(incident, policy), ...ofLead(incident, policy), ...ofTurn(incident, policy), ...ofOwnSteps(incident, policy)];
}

// S2-37: who does not say that they have it is passed by; the next one in line is asked without anybody's doing, in the end everybody.
function ofParts(incident: Incident, policy: Policy): Deadline[] {
  return Object.entries(incident.parts)
    .filter(([part, { taken }]) => !taken && isWanted(part, incident, policy))
    .map(([part, held]) => {
      const at = lapsed(held.at, policy.spans.part, policy);
      const take = part === 'lead' ? '/lead me' : `/take-part ${part}`;
      if (held.open) return due(`part:${part}`, at, [], `Nobody has the part "${part}" yet; whoever says so first has it.`, [take]);
      const what = `Nobody has said yet that they have the part "${part}".`;
      return { ...due(`part:${part}`, at, [held.who], what, [take, `/pass ${part} because <reason>`]), acts: true as const };
    });
}

function isWanted(part: string, { verdict, lead }: Incident, policy: Policy): boolean {
  if (part === 'lead') return verdict?.is === 'accepted' && lead === undefined && policy.parts.lead !== 'none';
  return verdict?.is !== 'declined' && standingPart(policy, part) !== undefined;
}

// S1-46: a volunteer comes first; where nobody volunteers, whose turn it is is asked.
function ofLead(incident: Incident, policy: Policy): Deadline[] {
  const { verdict, lead, commander } = incident;
  if (verdict?.is !== 'accepted' || lead || policy.parts.lead === 'none' || heldPart(incident, 'lead')) return [];
  const at = dueAfter(verdict.at, policy.spans.lead, incident, policy);
  return [{ ...due('lead', at, [commander], 'Nobody leads the fix yet.', ['/lead me', '/lead next']), acts: true }];
}

// S1-33: the end of a turn moves nothing; whoever has the incident hears that they may hand it off.
function ofTurn({ turn, commander, verdict }: Incident, policy: Policy): Deadline[] {
  if (!turn || turn.told || commander !== turn.who || policy.parts.commander === 'none' || verdict?.is === 'declined') return [];
  const what = `The turn of ${turn.who} on call ends; this incident stays theirs unless they hand it off.`;
  return [{ ...due('turn', turn.ends, [turn.who], what, ['/handoff <member>', '/status']), acts: true }];
}

// S2-29: what somebody's part is to see done before the fix is ready is due with the fix; other steps of the fix are the fix team's own.
function ofOwnSteps(incident: Incident, policy: Policy): Deadline[] {
  const at = incident.verdict?.is === 'accepted' ? fixDue(incident, policy) : undefined;
  if (!at) return [];
  return openSteps(incident, policy, 'fix').flatMap(({ key, what, lines }) => {
    const owner = partOwner(key, incident, policy);
    return owner === undefined ? [] : [due(`step:${key}`, at, [owner], stillToDo(what), lines)];
  });
}

/** The same deadline with whoever has the part that it belongs to as its first owner (S2-29, S2-30, S2-31). */
export function ownedByPart(deadline: Deadline, incident: Incident, policy: Policy): Deadline {
  const [word = '', step] = deadline.key.split(':', 2);
  const owner =
    step !== undefined && (word === 'step' || word === 'tell') ? partOwner(step, incident, policy) : partOwner(word, incident, policy);
  return owner === undefined ? deadline : { ...deadline, owners: [owner] };
}
