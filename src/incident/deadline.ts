// Every date an incident must not miss, derived from its state, the policy and nothing else (house rule 7).
import { courseDeadlines } from '#incident/due-course.ts';
import { disclosureDeadlines } from '#incident/due-disclosure.ts';
import { fixDeadlines } from '#incident/due-fix.ts';
import { laterDeadlines } from '#incident/due-later.ts';
import { ownedByPart, partDeadlines } from '#incident/due-part.ts';
import type { Who } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { isOpen } from '#incident/stage.ts';
import type { Policy } from '#team/policy.ts';

export interface Deadline {
  readonly key: string;
  readonly dueAt: Date;
  /** When it first makes itself heard: before the date where there is something to prepare, else at the date. */
  readonly ringsAt: Date;
  /** Who is reminded first; everybody when it is nobody's. */
  readonly owners: readonly Who[];
  /** What is due, a sentence for the reminder. */
  readonly what: string;
  /** The lines of commands that would answer it. */
  readonly commands: readonly string[];
  /** True: at the moment the daemon acts, it does not remind. */
  readonly acts?: true;
}

/** The deadlines of an incident as it stands; a closed incident has none. */
export function deadlinesOf(incident: Incident, policy: Policy): Deadline[] {
  if (!isOpen(incident)) return [];
  return [courseDeadlines, partDeadlines, fixDeadlines, disclosureDeadlines, laterDeadlines]
    .flatMap((room) => room(incident, policy))
    .map((deadline) => ownedByPart(deadline, incident, policy));
}
