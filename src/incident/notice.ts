// A notice to distributors: whom it goes to, whom it has reached, and what a failed letter means for it.
import type { Recorded } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import type { Who } from '#incident/who.ts';
import type { Distributor, Roster } from '#team/roster.ts';
import { before } from '#time.ts';

/**
 * The distributors who do not have the notice with this mark yet, in the roster's order; not those it is already released to and who only
 * hear of it later, as their own rules say.
 */
export function awaitsNotice({ notice }: Incident, mark: string, { distributors }: Roster): Distributor[] {
  if (notice?.mark !== mark) return [...distributors];
  return distributors.filter(
    ({ id }) => (!notice.distributors.includes(id) && !notice.later.some(({ who }) => who === id)) || notice.unreached.includes(id),
  );
}

/** Whether a list keeps an embargo too short for a notice at `now`: it hears of it so long before the public date, and not earlier. */
export function tooEarlyFor({ longest }: Distributor, publicAt: Date | undefined, now: Date): boolean {
  return longest !== undefined && publicAt !== undefined && before(publicAt, longest) > now;
}

/** Whether the patches changed since the distributors had them: what they build is not what will be released (S1-90). */
export function patchesChanged({ notice, advisory, patches }: Pick<Incident, 'notice' | 'advisory' | 'patches'>): boolean {
  return notice !== undefined && notice.patches !== '' && notice.patches !== patchesOf({ advisory, patches });
}

/** All that is said and attached of patches, as one text to compare. */
function patchesOf({ advisory, patches }: Pick<Incident, 'advisory' | 'patches'>): string {
  return [advisory.patches ?? '', ...patches.map(({ message }) => message)].filter((one) => one !== '').join('\n');
}

type Failed = Extract<Recorded['event'], { type: 'letter-failed' }>;

/** A letter could not be delivered: a notice is unreached, and who lacks a key is asked for one, once a day. */
export function letterFailed(incident: Incident, { how, to, kind, letter }: Failed, at: Date): Incident {
  const asks = how === 'unsealable' && asksAgain(incident.keyWanted.get(to)?.at, at);
  const { notice } = incident;
  const missed = kind === 'notice' && notice && !notice.unreached.includes(to);
  return {
    ...incident,
    ...(asks && { keyWanted: new Map([...incident.keyWanted, [to, { at, letter }]]) }),
    ...(missed && { notice: { ...notice, unreached: [...notice.unreached, to] } }),
  };
}

type Released = Extract<Recorded['event'], { type: 'notice-released' }>;

/** The notice as it stands released. The same one may be released again to those it did not reach; the first moment counts for the window. */
export function released(incident: Incident, { mark, distributors, later = [] }: Released, at: Date): NonNullable<Incident['notice']> {
  const { notice: known } = incident;
  if (known?.mark !== mark) return { mark, at, distributors, unreached: [], later, patches: patchesOf(incident) };
  return {
    ...known,
    distributors: [...new Set([...known.distributors, ...distributors])],
    unreached: known.unreached.filter((id) => !distributors.includes(id)),
    later: [...known.later.filter(({ who }) => !distributors.includes(who)), ...later],
  };
}

/** Somebody whom the notice had not reached has it now. */
export function reached(incident: Incident, who: Who): Incident {
  const { notice } = incident;
  if (!notice?.unreached.includes(who)) return incident;
  return { ...incident, notice: { ...notice, unreached: notice.unreached.filter((id) => id !== who) } };
}

const oneDay = 86_400_000;

function asksAgain(last: Date | undefined, at: Date): boolean {
  return !last || at.getTime() - last.getTime() >= oneDay;
}
