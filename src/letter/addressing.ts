// Letters to the readers an incident has: the small functions that every facet of follow-up uses.
import type { DraftKind, Who } from '#incident/event.ts';
import type { Occasion } from '#letter/follow-up.ts';
import type { Letter, Recipient } from '#letter/letter.ts';
import type { FactsByKind, Kind } from '#letter/list.ts';
import { atTheTable, reporter } from '#letter/recipients.ts';
import { sealOf } from '#letter/sealing.ts';
import type { Audience } from '#team/policy.ts';

/** A letter with the facts its kind asks for. */
export function letter<K extends Kind>(
  kind: K,
  audience: Audience,
  to: Recipient,
  { policy, incident }: Pick<Occasion, 'policy' | 'incident'>,
  facts: FactsByKind[K],
): Letter {
  return { kind, audience, to, seal: sealOf(kind, audience, policy, incident), facts };
}

/** A letter whose text is a frozen draft: it carries the draft's mark instead of facts. */
export function draft(kind: DraftKind, audience: Audience, to: Recipient, { policy, incident }: Occasion, mark: string): Letter {
  return { kind, audience, to, seal: sealOf(kind, audience, policy, incident), facts: {}, draft: mark };
}

/** The same letter to every member, and whoever sits with them in the incident, but one; `carries` are the mails whose attachments go along. */
export function toTeam<K extends Kind>(
  kind: K,
  facts: FactsByKind[K],
  occasion: Occasion,
  carries?: readonly string[],
  except?: Who,
): Letter[] {
  return atTheTable(occasion.roster, occasion.incident)
    .filter((to) => to.who !== except)
    .map((to) => ({ ...letter(kind, 'team', to, occasion, facts), ...(carries && carries.length > 0 && { carries }) }));
}

/** A letter to the incident's reporter, where one is known. */
export function toReporter<K extends Kind>(kind: K, facts: FactsByKind[K], occasion: Occasion): Letter[] {
  return reporter(occasion.incident).map((to) => letter(kind, 'reporter', to, occasion, facts));
}
