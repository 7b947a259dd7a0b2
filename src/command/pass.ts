// /pass: whoever has a part, or was asked to lead, gives a good reason, and the next in line is asked at once (S2-38, S2-41).
import { z } from 'zod';
import { defineCommand, happened, type IncidentSituation, refuse } from '#command/command.ts';
import { partNamed } from '#command/part-named.ts';
import { heldPart, type PartEvent } from '#incident/part.ts';
import { nextFor } from '#incident/part-line.ts';

export const pass = defineCommand({
  word: 'pass',
  help: 'Pass a part of this incident on, with a reason: the next in line is asked at once, after the last one everybody.',
  examples: ['/pass triage because I am travelling this week', '/pass lead because I wrote the code'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  part: 'passing',
  args: { part: z.string().max(40) },
  because: 'required',
  looks: ['incidents'],
  decide({ part, because }, situation) {
    const { incident, by, policy } = situation;
    const wrong = part === 'lead' ? leading(situation) : partNamed(part, policy);
    if (wrong) return refuse(wrong);
    const held = heldPart(incident, part);
    if (!held) return refuse(`Nobody was asked for the part "${part}" in this incident yet.`);
    if (held.open && !held.taken) return refuse(`The part "${part}" is nobody's: everybody is asked already.`);
    if (held.who !== by.who) return refuse(`The part "${part}" is with ${held.who}, not with you.`);
    const passed: PartEvent = { type: 'part-passed', part, by: by.who, because: because ?? '' };
    const next = nextFor(part, incident, situation, by.who);
    const answer =
      next.type === 'part-given' ? `Passed on: ${next.to} is asked.` : 'Passed on: nobody is left in line, so everybody is asked.';
    return happened(answer, passed, next);
  },
});

function leading({ incident, policy }: IncidentSituation): string | undefined {
  if (policy.parts.lead === 'none') return 'No incident has a fix lead in this team: every member speaks for it.';
  return incident.lead === undefined ? undefined : `${incident.lead} leads the fix: they can hand it on with /lead <who>.`;
}
