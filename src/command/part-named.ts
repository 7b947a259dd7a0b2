// The part that a command names, or the sentence that says which parts there are.
import type { Policy } from '#team/policy.ts';

/** What is wrong with the name of a part; undefined for one that the policy has. */
export function partNamed(part: string, { parts }: Policy): string | undefined {
  const known = Object.keys(parts.standing);
  return known.includes(part) ? undefined : `There is no part "${part}". Parts: ${known.join(', ') || 'none'}.`;
}
