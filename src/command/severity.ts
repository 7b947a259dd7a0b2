// /severity: a CVSS vector or a level. The lead's level stands beside the score and may differ from it, with a reason (S1-69).
import { z } from 'zod';
import { type Decision, defineCommand, happened, refuse } from '#command/command.ts';
import { distributorsHint, usualRelease } from '#incident/decision.ts';
import type { Event } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { type Level, levels, score } from '#incident/severity.ts';
import type { Policy } from '#team/policy.ts';

export const severity = defineCommand({
  word: 'severity',
  help: 'Set the severity: a CVSS vector is scored; a level alone overrides the score and needs a reason, or is only provisional.',
  examples: [
    '/severity CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    '/severity medium because only reachable from the node itself',
    '/severity high provisional',
  ],
  who: ['member'],
  proof: 'domain',
  changes: true,
  args: {
    rating: z.string().max(400),
    provisional: z.literal('provisional', { error: 'is not understood; only "provisional" may stand there' }).optional(),
  },
  because: 'optional',
  decide({ rating, provisional, because }, { incident, by, policy, now }) {
    const level = levels.find((known) => known === rating.toLowerCase());
    if (level) {
      if (!because && !provisional) return refuse(`A level without a vector needs a reason: /severity ${level} because <reason>.`);
      return rated(override(level, because, incident.severity, by.who), provisional, incident, policy, now);
    }
    const scored = score(rating);
    if ('wrong' in scored) return refuse(`${scored.wrong} A level is one of ${levels.join(', ')}.`);
    if (!policy.cvss.versions.includes(scored.version)) {
      return refuse(`This team scores with CVSS ${policy.cvss.versions.join(' or ')}, not ${scored.version}.`);
    }
    const event = {
      type: 'severity-set' as const,
      by: by.who,
      level: scored.level,
      vector: scored.vector,
      score: scored.score,
      ...(because && { because }),
    };
    return rated(event, provisional, incident, policy, now, `CVSS ${scored.version} ${scored.score.toFixed(1)}, ${scored.level}`);
  },
});

type Rated = Extract<Event, { type: 'severity-set' }>;

// The score stays beside the level that somebody set (S1-69).
function override(level: Level, because: string | undefined, known: Incident['severity'], by: string): Rated {
  return {
    type: 'severity-set',
    by,
    level,
    ...(known?.vector !== undefined && { vector: known.vector }),
    ...(known?.score !== undefined && { score: known.score }),
    ...(because && { because }),
  };
}

function rated(event: Rated, provisional: string | undefined, incident: Incident, policy: Policy, now: Date, words?: string): Decision {
  const beside = event.score === undefined ? '' : ` beside CVSS ${event.score.toFixed(1)}`;
  const after: Incident = { ...incident, severity: event };
  const hints = [usualRelease(after, policy, now), distributorsHint(after, policy)].flatMap((hint) => (hint ? [hint.words] : []));
  return happened([`${words ?? `Severity ${event.level}${beside}`}${provisional ? ', provisionally' : ''}.`, ...hints].join('\n'), {
    ...event,
    ...(provisional && { provisional: true }),
  });
}
