// What the daemon does by itself when the moment of a deadline comes: what was confirmed or decided for it, and nothing else.
import { neverAskedToLeave, requested } from '#incident/access.ts';
import type { Deadline } from '#incident/deadline.ts';
import { finalNoticeAt, isReleasing, mailChannels } from '#incident/disclosure.ts';
import type { Event } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { type Around, isQueue, nextFor } from '#incident/part-line.ts';
import { openSteps, ownersOf } from '#incident/step.ts';
import type { Policy } from '#team/policy.ts';
import type { Roster } from '#team/roster.ts';
import { after, type Span } from '#time.ts';

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
  tell: (acting) => told(acting, isReleasing(acting.incident, acting.policy)),
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
  const before = finalNotice(acting);
  if (before.some(({ type }) => type === 'cancelled')) return before;
  return [...before, ...told(acting, true), { type: 'announced', mark: announcement.mark, channels: mailChannels(roster) }];
}

// Whoever is to act hears of it, in whichever order this and the announcement come. One letter names all that is open and theirs.
function told({ incident, policy, roster, now }: Acting, releases: boolean): Event[] {
  const due = openSteps(incident, policy, 'release').filter(({ tellAt, prepares }) => tellAt && tellAt <= now && (releases || prepares));
  return due.map(({ key, owner, prepares }, index) => {
    const first = due.findIndex((one) => one.owner === owner) === index;
    return { type: 'step-told', step: key, to: first ? ownersOf(owner, incident, roster) : [], ...(prepares && { prepares }) };
  });
}

// S1-93, S1-94: exactly the public text, with its day and hour; it goes again when either changed. A service that was away at its moment does not
// shorten what distributors were promised: the announcement waits until somebody decides anew (decision 0023).
function finalNotice({ incident, policy, roster, now }: Acting): Event[] {
  const { announcement, notice } = incident;
  const due = finalNoticeAt(incident, policy);
  if (!announcement || !due) return [];
  const known = roster.distributors.map(({ id }) => id);
  const distributors = policy.notice.finalToAll ? known : known.filter((id) => notice?.distributors.includes(id));
  if (distributors.length > 0 && now > after(due, grace))
    return [{ type: 'cancelled', by: 'embargod', what: 'announcement', because: awayThen }];
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

/** A restart is no absence: of a day it takes less than anybody notices. */
const grace: Span = '1h';
const awayThen = 'the service was away when the final notice had to leave';

// A text that names another date, or one that has passed, must not leave by itself.
function noticeLater({ incident: { notice, drafts, publicAt }, roster, name, now }: Acting): Event[] {
  if (publicAt && publicAt <= now) return [];
  const draft = drafts.notice;
  const fits = draft !== undefined && draft.mark === notice?.mark && draft.publicAt?.getTime() === publicAt?.getTime();
  if (!notice || !fits || !roster.distributors.some(({ id }) => id === name)) return [];
  return [{ type: 'notice-released', by: 'embargod', mark: notice.mark, distributors: [name], unreachable: [] }];
}
