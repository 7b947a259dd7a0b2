// Alarms: the same few words, without contents, to every member and to the operator.
import type { Letter } from '#letter/letter.ts';
import type { FactsByKind } from '#letter/list.ts';
import { members, operator } from '#letter/recipients.ts';
import { type Policy, sealFor } from '#team/policy.ts';
import type { Roster } from '#team/roster.ts';

/** One alarm for each of them. */
export function alarms(policy: Policy, roster: Roster, facts: FactsByKind['alarm']): Letter[] {
  const team = members(roster).map((to) => ({ kind: 'alarm', audience: 'team' as const, to, seal: sealFor(policy, 'team'), facts }));
  const watching = operator(roster).map((to) => ({
    kind: 'alarm',
    audience: 'operator' as const,
    to,
    seal: sealFor(policy, 'operator'),
    facts,
  }));
  return [...team, ...watching];
}
