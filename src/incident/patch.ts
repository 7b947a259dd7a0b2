// The patches of a fix, one by one: who brought each, and who else looked at it and says that it is right (S2-65, S4-20).
import type { Incident } from '#incident/incident.ts';
import type { Who } from '#incident/who.ts';

export type ReviewEvent =
  /** Commits of the fix, in full or shortened; the list takes the place of the last one of the same person, for a branch or for all. */
  | { readonly type: 'commits-named'; readonly by: Who; readonly commits: readonly string[]; readonly branch?: string }
  /** Somebody looked at patches of others, for a step of the policy that is done for each patch. */
  | { readonly type: 'patches-reviewed'; readonly by: Who; readonly step: string; readonly patches: readonly string[] };

/** What the state keeps of it, beside the attached patches. */
export interface Reviews {
  readonly commits: readonly { readonly commit: string; readonly by: Who; readonly branch?: string }[];
  readonly reviews: readonly { readonly step: string; readonly patch: string; readonly by: Who }[];
}

export const noReviews: Reviews = { commits: [], reviews: [] };

/** A commit or an attached file, by its name; files of one name on several branches are one patch of all who brought them. */
export interface Patch {
  readonly name: string;
  readonly by: readonly Who[];
}

type Known = Pick<Incident, 'patches' | keyof Reviews>;

/** Every patch of the fix that was named or attached, each once. */
export function patchesIn({ patches, commits }: Pick<Known, 'patches' | 'commits'>): Patch[] {
  const brought = new Map<string, Who[]>();
  const bring = (name: string, by: Who) => brought.set(name, [...new Set([...(brought.get(name) ?? []), by])]);
  for (const { commit, by } of commits) bring(commit, by);
  for (const { names, by } of patches) for (const name of names) bring(name, by);
  return [...brought].map(([name, by]) => ({ name, by }));
}

/** The patches that nobody but those who brought them has looked at for this step. */
export function unreviewed(incident: Known, step: string): Patch[] {
  return patchesIn(incident).filter(({ name }) => !incident.reviews.some((one) => one.step === step && one.patch === name));
}

/** The state after one more such event. */
export function evolveReviews(incident: Incident, event: ReviewEvent): Incident {
  if (event.type === 'patches-reviewed') {
    const { step, by, patches } = event;
    return { ...incident, reviews: [...incident.reviews, ...patches.map((patch) => ({ step, patch, by }))] };
  }
  const { by, commits, branch } = event;
  const others = incident.commits.filter((one) => one.by !== by || one.branch !== branch);
  return { ...incident, commits: [...others, ...commits.map((commit) => ({ commit, by, ...(branch !== undefined && { branch }) }))] };
}

/** The reviews that are left when files of these names come anew: what was looked at was something else. */
export function withoutReviewsOf(names: readonly string[], { reviews }: Pick<Reviews, 'reviews'>): Reviews['reviews'] {
  return reviews.filter(({ patch }) => !names.includes(patch));
}

/** The sentence of such an event. */
export function tellReview(event: ReviewEvent, name: (who: Who) => string): string {
  return event.type === 'commits-named'
    ? `${name(event.by)} named the commits of the fix${event.branch ? ` on ${event.branch}` : ''}: ${event.commits.join(', ')}.`
    : `${name(event.by)} reviewed ${event.patches.join(', ')}.`;
}
