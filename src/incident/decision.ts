// Decisions about the way of an incident: which there are, what a process advises, and what follows for the release.
import { type DecisionKind, decisionKinds, hasDecided, isBroken } from '#incident/course.ts';
import type { Incident } from '#incident/incident.ts';
import { isAsap } from '#incident/pace.ts';
import type { Level } from '#incident/severity.ts';
import type { Policy } from '#team/policy.ts';
import { day } from '#time.ts';

/** The words a decision can end in. "no" takes it back; a broken embargo cannot be left undecided. */
export const choices: Readonly<Record<DecisionKind, readonly string[]>> = {
  slow: ['yes', 'no'],
  'semi-public': ['yes', 'no'],
  early: ['yes', 'no'],
  release: ['out-of-band', 'next-patch', 'no'],
  distributors: ['yes', 'no'],
  emergency: ['yes', 'no'],
  sensitivity: ['low', 'no'],
  breach: ['publish', 'continue'],
};

/** Whether a process knows a decision; a broken embargo must be decided on in all of them. */
export function knows(what: DecisionKind, { decisions, notice }: Policy): boolean {
  if (what === 'breach') return true;
  if (what === 'distributors') return decisions.distributors !== undefined || notice.duty === 'decision';
  return decisions[what === 'semi-public' ? 'semiPublic' : what] !== undefined;
}

/** The decisions that a process knows, in words. */
export function known(policy: Policy): DecisionKind[] {
  return decisionKinds.filter((what) => knows(what, policy));
}

/** Whether a decision and its reason are mailed to the whole team (S1-62, S2-67, S4-22). */
export function isPosted(what: DecisionKind, { decisions }: Policy): boolean {
  if (what === 'breach') return true;
  return decisions[what === 'semi-public' ? 'semiPublic' : what]?.post ?? true;
}

/** What the process advises against a choice, in sentences; none where the way is free. Taking something back is always free. */
export function adviceAgainst(what: DecisionKind, choice: string, incident: Incident, policy: Policy, now: Date): string[] {
  if (choice === 'no' && what !== 'distributors') return [];
  const { decisions } = policy;
  switch (what) {
    case 'slow':
      return decisions.slow ? ofSlow(incident, decisions.slow) : [];
    case 'semi-public':
      return decisions.semiPublic ? ofScore(incident, decisions.semiPublic.below) : [];
    case 'early':
      return needsUser(incident, policy)
        ? []
        : ['Nothing shows that somebody must do something for it to be exploited, so it takes a straightforward mitigation: name it.'];
    case 'release': {
      const usual = usualRelease(incident, policy, now);
      return usual && usual.choice !== choice ? [usual.words] : [];
    }
    case 'distributors': {
      const hint = distributorsHint(incident, policy);
      return hint && hint.choice !== choice && incident.severity ? [hint.words] : [];
    }
    case 'emergency':
      return ofEmergency(incident);
    case 'sensitivity':
    case 'breach':
      return [];
    default:
      return what satisfies never;
  }
}

function ofSlow(incident: Incident, { below, orLowRisk }: NonNullable<Policy['decisions']['slow']>): string[] {
  const level = incident.severity?.level;
  if (orLowRisk && (level === 'low' || level === 'none')) return [];
  const found = ofScore(incident, below);
  const way = orLowRisk ? ' Where the risk is low all the same, say so first: /severity low because <reason>.' : '';
  return found.map((sentence) => `${sentence}${way}`);
}

// Where a level was set without a vector, the highest score that the level can mean counts.
const highest: Readonly<Record<Level, number>> = { none: 0, low: 3.9, medium: 6.9, high: 8.9, critical: 10 };

function ofScore({ severity }: Incident, below: number): string[] {
  const wanted = `It is for a score under ${below.toFixed(1)}`;
  if (!severity) return [`${wanted}, and the severity is not rated yet: /severity <vector>.`];
  if (severity.score !== undefined) return severity.score < below ? [] : [`${wanted}, and the score is ${severity.score.toFixed(1)}.`];
  return highest[severity.level] < below ? [] : [`${wanted}, and the severity is ${severity.level}.`];
}

function ofEmergency({ severity, exposure }: Incident): string[] {
  if (exposure || severity?.level === 'high' || severity?.level === 'critical') return [];
  return [`It is for critical and high issues and for those that are public already, and this one is ${severity?.level ?? 'not rated'}.`];
}

/** Whether somebody must do something for it to be exploited: by the vector, or by the scope it was classified in (S1-70). */
function needsUser({ severity, classification }: Incident, { decisions }: Policy): boolean {
  if (classification && decisions.early?.scopes.includes(classification.scope)) return true;
  return /\/UI:[RPA](?:\/|$)/.test(severity?.vector ?? '');
}

/** The release that a severity usually gets, and when (S1-67, S1-68); undefined where the process knows no such choice or nothing is rated. */
export function usualRelease(
  { severity }: Pick<Incident, 'severity'>,
  { decisions }: Policy,
  now: Date,
): { readonly choice: 'out-of-band' | 'next-patch'; readonly words: string } | undefined {
  const { release } = decisions;
  if (!release || !severity) return undefined;
  if ((release.outOfBand as readonly Level[]).includes(severity.level))
    return { choice: 'out-of-band', words: `For ${severity.level} this process has a release of its own (out-of-band).` };
  const next = nextRelease(release.next, now);
  const when = next ? `, ${next}` : '';
  return { choice: 'next-patch', words: `For ${severity.level} this process waits for the next patch release${when}.` };
}

/** The next of the days of regular releases, today included. */
export function nextRelease(days: readonly string[], now: Date): string | undefined {
  return days.filter((one) => one >= day(now)).sort()[0];
}

/** Whether the distributors should hear of it, by vector and classification (S2-69c); undefined where that is no decision. */
export function distributorsHint(
  { severity, classification }: Incident,
  policy: Policy,
): { readonly choice: 'yes' | 'no'; readonly words: string } | undefined {
  if (policy.notice.duty !== 'decision') return undefined;
  const effects = policy.decisions.distributors?.effects ?? [];
  if (/\/AV:N(?:\/|$)/.test(severity?.vector ?? ''))
    return { choice: 'yes', words: 'It is open to the network (AV:N): distributors should hear of it.' };
  if (classification && effects.includes(classification.effect))
    return { choice: 'yes', words: `It is ${classification.effect}: distributors should hear of it.` };
  return {
    choice: 'no',
    words: 'Neither open to the network nor a gain of privilege: this process skips the distributors.',
  };
}

/** Whether the windows of the distributors are a warning only: public already, or called an emergency (S1-44, S1-74). */
export function isHurried(incident: Incident, policy: Policy): boolean {
  return isAsap(incident, policy) || hasDecided(incident, 'emergency');
}

/** What of its decisions and course stands out, a line each, for /status (S1-51, S1-61). */
export function courseLines(incident: Incident, policy: Policy, zoned: (moment: Date) => string): string[] {
  const { exposure, decisions, upstreamAt, duplicateOf, repeatedIn, classification, breach, priority, advisory } = incident;
  const lines: string[] = [];
  if (priority) lines.push(`Priority: ${priority}`);
  if (exposure) lines.push(`Public already: ${exposureWords(incident, policy)}`);
  if (breach) lines.push(`Embargo broken: ${zoned(breach.at)}, ${isBroken(incident) ? 'not decided on; nothing leaves' : 'decided on'}`);
  for (const what of decisionKinds) {
    const decided = decisions[what];
    if (decided) lines.push(`Decided: ${what} ${decided.choice} by ${decided.by}, because ${decided.because}`);
  }
  if (upstreamAt) lines.push(`Upstream publishes: ${zoned(upstreamAt)}${incident.beforeUpstream ? '; ours goes before it' : ''}`);
  if (classification)
    lines.push(
      `Classified: ${[classification.scope, classification.effect, classification.actor].filter(Boolean).join(', ')}: ${classification.level}`,
    );
  for (const field of ['mitigation', 'fixed'] as const)
    if (advisory[field]) lines.push(`Remediation, ${field}: ${(advisory[field] ?? '').split('\n')[0]}`);
  if (duplicateOf) lines.push(`Repeats: ${duplicateOf}`);
  if (repeatedIn) lines.push(`Repeated in: ${repeatedIn.join(', ')}`);
  return lines;
}

/** Whether it is public and what that means for the pace, in words. */
export function exposureWords(incident: Incident, policy: Policy): string {
  const { exposure, severity } = incident;
  if (exposure?.answer === 'yes') return 'whoever published it goes on in private; the usual dates hold';
  if (isAsap(incident, policy)) return 'everything is due at once (ASAP)';
  if (!policy.exposure.asap) return 'this process keeps its usual dates';
  return `the usual dates hold, since the score ${severity?.score?.toFixed(1) ?? 'is not known'} is under ${policy.exposure.from.toFixed(1)}`;
}
