// How a letter is sealed: as the policy says for its audience, and never in clear with what came to us encrypted.
import type { Incident } from '#incident/incident.ts';
import type { Letter } from '#letter/letter.ts';
import { type Kind, letterOfKind } from '#letter/list.ts';
import { type Audience, type Policy, type Seal, sealFor } from '#team/policy.ts';

const inside: readonly Audience[] = ['team', 'fix-team', 'steering', 'release-managers'];

/**
 * The seal of a letter about an incident. What shows a mail to the team, or anything derived from it, is sealed `must` once something in the
 * incident came encrypted; so is what we write to a reporter who writes encrypted. Texts that people wrote for distributors, the CNA or the
 * public follow the policy: it names those audiences, and a preview showed how they leave.
 */
export function sealOf(
  kind: Kind,
  audience: Audience,
  policy: Policy,
  incident?: Pick<Incident, 'confidential' | 'reporterEncrypts'>,
): Seal {
  const bare = letterOfKind(kind)?.contents === false;
  // A transcript repeats lines of a mail, whoever wrote it.
  const told = inside.includes(audience) || kind === 'transcript';
  const hidden = told ? incident?.confidential : audience === 'reporter' && incident?.reporterEncrypts;
  return hidden && !bare ? 'must' : sealFor(policy, audience);
}

const strictness: readonly Seal[] = ['never', 'may', 'must'];

/**
 * The seal of a letter that waited, as it leaves: what it was queued with, or what the policy asks for by now where that is stricter. A policy
 * that was loosened meanwhile changes nothing. Letters without contents keep theirs: they ask for the key that is missing.
 */
export function sealAtLast({ kind, audience, seal }: Pick<Letter, 'kind' | 'audience' | 'seal'>, policy: Policy): Seal {
  if (letterOfKind(kind)?.contents === false) return seal;
  const now = sealFor(policy, audience);
  return strictness.indexOf(now) > strictness.indexOf(seal) ? now : seal;
}
