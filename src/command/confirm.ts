// /confirm: the second yes to something irreversible; by another person where the policy says so.
import { z } from 'zod';
import { confirmRoles, needsSecond, writtenForAnotherDate } from '#command/ask-confirmation.ts';
import { type Decision, defineCommand, happened, type IncidentSituation, refuse } from '#command/command.ts';
import { codeFor, isCode, mostMisses, type Pending, triesLeft } from '#incident/confirmation.ts';
import type { Action, Event, Who } from '#incident/event.ts';
import { awaitsNotice } from '#incident/notice.ts';
import { actionWords } from '#incident/tell.ts';
import { shown } from '#time.ts';

export const confirm = defineCommand({
  word: 'confirm',
  help: 'Confirm what the preview showed, with the code in your own copy of it.',
  examples: ['/confirm K7Q2ZD'],
  who: confirmRoles,
  proof: 'domain',
  changes: true,
  looks: ['reach'],
  args: { code: z.string().max(20) },
  decide({ code }, situation) {
    const { incident, by, now, policy } = situation;
    const pending = incident.pending;
    if (!pending) return refuse('Nothing awaits a confirmation.');
    if (pending.expires <= now) return refuse(`That confirmation ran out at ${shown(pending.expires, policy.zone)}; prepare it again.`);
    // Before the code is looked at: whoever must not confirm learns nothing about it.
    if (needsSecond(policy, pending.action) && pending.by === by.who)
      return refuse('Somebody else of the team must confirm what you prepared.');
    const own = codeFor(pending, by.who);
    if (!own)
      return refuse(
        'You have no code: when this was prepared you could not confirm it. Somebody who has one does, or it is prepared again.',
      );
    if (!isCode(code, own)) return missed(pending, by.who);
    const changed = outdated(pending.action, situation);
    if (changed) return refuse(`${changed} Prepare it again.`);
    return perform(pending.action, situation);
  },
});

// Somebody else's code is as wrong as one that nobody has, and the sentence is the same.
function missed(pending: Pending, who: Who): Decision {
  const left = triesLeft(pending, who);
  const event: Event = { type: 'confirmation-missed', by: who, left };
  if (left === 0)
    return refuse(
      `That is not your code either. After ${mostMisses} wrong ones what was prepared is void and the team is alarmed; it can be prepared again.`,
      event,
    );
  return refuse(
    `That is not your code. Everybody who may confirm has one of their own: yours is in your copy of the latest preview, and works once. Tries left: ${left}.`,
    event,
  );
}

// Between the preview and the confirmation people may have drafted anew or moved the date: what was shown is what must happen.
function outdated(action: Action, { incident }: IncidentSituation): string | undefined {
  const kind = action.act === 'notify' ? 'notice' : action.act === 'announce' ? 'announcement' : 'retrospective';
  const draft = incident.drafts[kind];
  if (incident.closedAt || incident.verdict?.is === 'declined') return 'This incident was closed or declined since the preview.';
  if (draft?.mark !== action.mark || draft.approvedBy.length === 0) return `The ${kind} changed since the preview.`;
  if (writtenForAnotherDate(draft, kind, incident)) return 'The public date moved since the preview.';
  return undefined;
}

function perform(action: Action, { incident, by, roster, reach, now }: IncidentSituation): Decision {
  const confirmed: Event = { type: 'confirmed', by: by.who, action };
  const done = `Confirmed: ${actionWords(action)}.`;
  switch (action.act) {
    case 'notify': {
      const awaiting = awaitsNotice(incident, action.mark, roster);
      const unreachable = awaiting.filter((distributor) => 'why' in reach(distributor)).map(({ id }) => id);
      const without =
        unreachable.length > 0
          ? ` Without a usable key: ${unreachable.join(', ')}; they are asked for one, without contents, and their copy leaves when one counts.`
          : '';
      const distributors = awaiting.map(({ id }) => id);
      return happened(`${done}${without}`, confirmed, {
        type: 'notice-released',
        by: by.who,
        mark: action.mark,
        distributors,
        unreachable,
      });
    }
    case 'announce': {
      const at = new Date(action.at) > now ? action.at : now.toISOString();
      return happened(done, confirmed, { type: 'announcement-set', by: by.who, mark: action.mark, at });
    }
    case 'retrospective':
      return happened(done, confirmed, {
        type: 'retrospective-released',
        by: by.who,
        mark: incident.drafts.retrospective?.mark ?? action.mark,
      });
    default:
      return action satisfies never;
  }
}
