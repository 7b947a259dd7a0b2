// What the daemon does by itself when the moment of a deadline comes: what was confirmed or decided for it, and nothing else.
import { neverAskedToLeave, requested } from '#incident/access.ts';
import type { Deadline } from '#incident/deadline.ts';
import { mailChannels } from '#incident/disclosure.ts';
import type { Event } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { type Around, isQueue, nextFor } from '#incident/part-line.ts';
import { openSteps, ownersOf } from '#incident/step.ts';
import type { Policy } from '#team/policy.ts';
import type { Roster } from '#team/roster.ts';

/** What an act may look at; `name` is what follows the colon in the key of the deadline ("part:triage"). */
interface Acting extends Around {
  readonly incident: Incident;
  readonly name: string;
}

/** What each acting deadline does, by its key up to the colon. */
const acts: Readonly<Record<string, (acting: Acting) => Event[]>> = {
  announce: announceNow,
  'final-notice': finalNotice,
  'notice-later': noticeLater,
  tell: tellStep,
  part: (acting) => [nextFor(acting.name, acting.incident, acting)],
  lead: (acting) => [nextFor('lead', acting.incident, acting)],
  turn: ({ incident: { turn } }) => (turn ? [{ type: 'turn-ended', to: turn.who }] : []),
  removal: ({ incident }) => requested(incident, 'remove', neverAskedToLeave(incident), 'embargod'),
};

/** The events of a deadline whose moment has come; none where it only reminds, and where there is nothing to do any more. */
export function actOf(
  deadline: Deadline,
  incident: Incident,
  policy: Policy,
  roster: Roster,
  now: Date,
  others: readonly Incident[] = [],
): Event[] {
  const [act = '', ...name] = deadline.key.split(':');
  if (!deadline.acts || !Object.hasOwn(acts, act)) return [];
  return acts[act]?.({ incident, policy, roster, now, others, name: name.join(':') }) ?? [];
}

/** Whether what a deadline does hangs on the team's other incidents. */
export function looksAround({ key, acts: doing }: Deadline, policy: Policy): boolean {
  const [act = '', name = ''] = key.split(':', 2);
  return doing === true && (act === 'lead' || (act === 'part' && isQueue(name, policy)));
}

function announceNow(acting: Acting): Event[] {
  const { incident, roster } = acting;
  const { announcement } = incident;
  if (!announcement) return [];
  return [...toTell(acting), { type: 'announced', mark: announcement.mark, channels: mailChannels(roster) }];
}

// Whoever is to act at the moment of the release hears of it, in whichever order the two come.
function toTell({ incident, policy, roster, now }: Acting): Event[] {
  return openSteps(incident, policy, 'release')
    .filter(({ tell, told, at }) => tell && !told && at <= now)
    .map(({ key, owner }) => ({ type: 'step-told', step: key, to: ownersOf(owner, incident, roster) }));
}

function tellStep({ incident, policy, roster, name }: Acting): Event[] {
  const step = policy.steps.find(({ key }) => key === name);
  return step ? [{ type: 'step-told', step: name, to: ownersOf(step.owner, incident, roster) }] : [];
}

// S1-93, S1-94: exactly the public text, with its day and hour; it goes again when either changed.
function finalNotice({ incident, policy, roster }: Acting): Event[] {
  const { announcement, notice } = incident;
  if (!announcement) return [];
  const known = roster.distributors.map(({ id }) => id);
  const distributors = policy.notice.finalToAll ? known : known.filter((id) => notice?.distributors.includes(id));
  return [
    {
      type: 'final-notice-released',
      mark: announcement.mark,
      publicAt: announcement.at.toISOString(),
      distributors,
      ...(incident.finalNotice && { corrects: true as const }),
    },
  ];
}

// A text that names another date must not leave by itself.
function noticeLater({ incident: { notice, drafts, publicAt }, roster, name }: Acting): Event[] {
  const draft = drafts.notice;
  const fits = draft !== undefined && draft.mark === notice?.mark && draft.publicAt?.getTime() === publicAt?.getTime();
  if (!notice || !fits || !roster.distributors.some(({ id }) => id === name)) return [];
  return [{ type: 'notice-released', by: 'embargod', mark: notice.mark, distributors: [name], unreachable: [] }];
}
