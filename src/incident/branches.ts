// Which supported branches the patches that distributors get are for (S1-81).
import type { Incident } from '#incident/incident.ts';
import type { Policy } from '#team/policy.ts';

/** The branches that neither the text about patches nor the name of an attached file names; none where the policy does not ask. */
export function withoutPatch({ advisory, patches }: Pick<Incident, 'advisory' | 'patches'>, { branches, notice }: Policy): string[] {
  if (!notice.allBranches) return [];
  const said = [advisory.patches ?? '', ...patches.flatMap(({ names, branch }) => [...names, branch ?? ''])];
  return branches.filter((branch) => !said.some((text) => names(text, branch)));
}

// "release-1.2" must not be taken for named where only "release-1.25" stands.
function names(text: string, branch: string): boolean {
  for (let at = text.indexOf(branch); at >= 0; at = text.indexOf(branch, at + 1)) {
    const [left = '', right = '', next = ''] = [text[at - 1], text[at + branch.length], text[at + branch.length + 1]];
    if (!/[\p{L}\p{N}]/u.test(left) && !/[\p{L}\p{N}]/u.test(right) && !(/[.-]/.test(right) && /\d/.test(next))) return true;
  }
  return false;
}
