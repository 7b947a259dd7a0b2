// /confirm: the second yes to something irreversible; by another person where the policy says so.
import { z } from 'zod';
import { confirmRoles, needsSecond, writtenForAnotherDate } from '#command/ask-confirmation.ts';
import { type Decision, defineCommand, happened, type IncidentSituation, refuse } from '#command/command.ts';
import { draftKindOf } from '#incident/action.ts';
import { codeFor, isCode, mostMisses, type Pending, triesLeft } from '#incident/confirmation.ts';
import { breachMoves, isBroken } from '#incident/course.ts';
import { mailChannels } from '#incident/disclosure.ts';
import type { Action, Event, Who } from '#incident/event.ts';
import { awaitsNotice, tooEarlyFor } from '#incident/notice.ts';
import { actionWords } from '#incident/tell.ts';
import { shown, spanInWords } from '#time.ts';

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
    const over = overtaken(pending.action, situation);
    if (over) return refuse(over);
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

// What came about since the preview and leaves nothing to confirm: nobody is told under embargo what is public, nor twice that it is.
function overtaken({ act }: Action, { incident, now }: IncidentSituation): string | undefined {
  const { announcedAt, publicAt, reviewedAt, verdict } = incident;
  const embargoed = act === 'notify' || act === 'heads-up';
  if (verdict?.is === 'declined') return 'This incident was declined since the preview. /reopen comes first.';
  if (announcedAt && (embargoed || act === 'announce'))
    return 'This incident was announced since the preview; what was prepared came too late.';
  if (reviewedAt && act === 'retrospective') return 'The retrospective was released since the preview.';
  if (embargoed && publicAt && publicAt <= now)
    return 'The public date has passed since the preview: /schedule sets one to come, and then it is prepared again.';
  return undefined;
}

// Between the preview and the confirmation people may have drafted anew or moved the date: what was shown is what must happen.
function outdated(action: Action, { incident }: IncidentSituation): string | undefined {
  const kind = draftKindOf(action);
  const draft = incident.drafts[kind];
  if (draft?.mark !== action.mark || draft.approvedBy.length === 0) return `The ${kind} changed since the preview.`;
  if (writtenForAnotherDate(draft, kind, incident)) return 'The public date moved since the preview.';
  // A confirmed announcement is held until then; these would leave at once (S1-83).
  if ((action.act === 'notify' || action.act === 'heads-up') && isBroken(incident))
    return 'The embargo was broken, and nothing leaves before it is decided how to go on: /decide breach continue because <reason>, or publish.';
  return undefined;
}

function perform(action: Action, situation: IncidentSituation): Decision {
  const { incident, by, roster, now, policy } = situation;
  const confirmed: Event = { type: 'confirmed', by: by.who, action };
  const done = `Confirmed: ${actionWords(action, policy.zone)}.`;
  switch (action.act) {
    case 'notify':
      return release(action.mark, done, confirmed, situation);
    case 'announce': {
      const at = new Date(action.at) > now ? action.at : now.toISOString();
      const { despite } = action;
      // Only after a broken embargo it leaves before its date, and whoever plans by that date hears of it (S1-84).
      const early = incident.publicAt !== undefined && new Date(at) < incident.publicAt;
      const moved: Event[] = early ? [{ type: 'scheduled', by: by.who, publicAt: at, because: breachMoves }] : [];
      return happened(done, confirmed, ...moved, {
        type: 'announcement-set',
        by: by.who,
        mark: action.mark,
        at,
        ...(despite && { despite }),
      });
    }
    case 'heads-up': {
      const publicAt = incident.publicAt?.toISOString();
      if (!publicAt) return refuse('There is no public date any more. Prepare it again.');
      const corrects = incident.headsUp ? { corrects: true as const } : {};
      const channels = mailChannels(roster);
      return happened(done, confirmed, { type: 'heads-up-released', by: by.who, mark: action.mark, channels, publicAt, ...corrects });
    }
    case 'update':
      return happened(done, confirmed, { type: 'announcement-updated', by: by.who, mark: action.mark, channels: mailChannels(roster) });
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

function release(mark: string, done: string, confirmed: Event, { incident, by, roster, reach, now }: IncidentSituation): Decision {
  const awaiting = awaitsNotice(incident, mark, roster);
  const inTime = awaiting.filter((distributor) => !tooEarlyFor(distributor, incident.publicAt, now));
  const later = awaiting.flatMap(({ id, longest }) => (longest && !inTime.some((one) => one.id === id) ? [{ who: id, longest }] : []));
  const unreachable = inTime.filter((distributor) => 'why' in reach(distributor)).map(({ id }) => id);
  const without =
    unreachable.length > 0
      ? ` Without a usable key: ${unreachable.join(', ')}; they are asked for one, without contents, and their copy leaves when one counts.`
      : '';
  const wait = later
    .map(({ who, longest }) => ` ${who} hears ${spanInWords(longest)} before the public date, as its own rules say.`)
    .join('');
  return happened(`${done}${without}${wait}`, confirmed, {
    type: 'notice-released',
    by: by.who,
    mark,
    distributors: inTime.map(({ id }) => id),
    unreachable,
    ...(later.length > 0 && { later }),
  });
}
