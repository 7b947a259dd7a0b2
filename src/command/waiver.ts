// What /public and /privacy share: what need not be waited for any more, so that the journal says it with its reason (S1-44).
import { owesNotice } from '#incident/due-disclosure.ts';
import type { Incident } from '#incident/incident.ts';
import { isAsap } from '#incident/pace.ts';
import type { Policy } from '#team/policy.ts';
import { spanInWords } from '#time.ts';

/** The waiver that an event must tell: the window of the distributors, once everything is due at once; nothing where it was so before. */
export function waiver(before: Incident, after: Incident, policy: Policy): { readonly waives?: string } {
  const { duty, least } = policy.notice;
  if (duty === 'never' || isAsap(before, policy) || !isAsap(after, policy)) return {};
  const owed = owesNotice(before, policy) && !before.notice ? 'that they were owed' : 'that they would have';
  return { waives: `the ${spanInWords(least)} of the distributors ${owed}, since it is public already.` };
}
