// Whom a notice goes to: everybody on the list, or, once it was released, those it has not reached.
import type { Incident } from '#incident/incident.ts';
import type { Distributor, Roster } from '#team/roster.ts';

/** The distributors who do not have the notice with this mark yet, in the roster's order. */
export function awaitsNotice({ notice }: Incident, mark: string, { distributors }: Roster): Distributor[] {
  if (notice?.mark !== mark) return [...distributors];
  return distributors.filter(({ id }) => !notice.distributors.includes(id) || notice.unreached.includes(id));
}
