// /severity: a CVSS vector or a level. The lead's level stands beside the score and may differ from it, with a reason (S1-69).
import { z } from 'zod';
import { defineCommand, happened, refuse } from '#command/command.ts';
import { type Level, levels, score } from '#incident/severity.ts';

export const severity = defineCommand({
  word: 'severity',
  help: 'Set the severity: a CVSS vector is scored; a level alone overrides the score and needs a reason.',
  examples: ['/severity CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', '/severity medium because only reachable from the node itself'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  args: { rating: z.string().max(400) },
  because: 'optional',
  decide({ rating, because }, { incident, by, policy }) {
    const level = levels.find((known) => known === rating.toLowerCase());
    if (level) return override(level, because, incident.severity, by.who);
    const scored = score(rating);
    if ('wrong' in scored) return refuse(`${scored.wrong} A level is one of ${levels.join(', ')}.`);
    if (!policy.cvss.versions.includes(scored.version)) {
      return refuse(`This team scores with CVSS ${policy.cvss.versions.join(' or ')}, not ${scored.version}.`);
    }
    return happened(`CVSS ${scored.version} ${scored.score.toFixed(1)}, ${scored.level}.`, {
      type: 'severity-set',
      by: by.who,
      level: scored.level,
      vector: scored.vector,
      score: scored.score,
      ...(because && { because }),
    });
  },
});

function override(level: Level, because: string | undefined, known: { vector?: string; score?: number } | undefined, by: string) {
  if (!because) return refuse(`A level without a vector needs a reason: /severity ${level} because <reason>.`);
  const beside = known?.score === undefined ? '' : ` beside CVSS ${known.score.toFixed(1)}`;
  return happened(`Severity ${level}${beside}.`, {
    type: 'severity-set' as const,
    by,
    level,
    ...(known?.vector !== undefined && { vector: known.vector }),
    ...(known?.score !== undefined && { score: known.score }),
    because,
  });
}
