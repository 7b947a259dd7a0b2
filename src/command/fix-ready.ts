// /fix-ready: work on the fix is complete; the lead hears of it (S2-64, S1-73).
import { z } from 'zod';
import { defineCommand, happened, refuse } from '#command/command.ts';
import { against, gate } from '#command/gate.ts';
import { openSteps } from '#incident/step.ts';

export const fixReady = defineCommand({
  word: 'fix-ready',
  help: 'Say that the fix is ready, or a mitigation; the lead is told. What is still open before needs a reason.',
  examples: ['/fix-ready', '/fix-ready mitigation', '/fix-ready because the last review comes with the cherry-pick'],
  who: ['member', 'fix-team'],
  proof: 'domain',
  changes: true,
  args: { what: z.enum(['fix', 'mitigation'], { error: 'is neither fix nor mitigation' }).optional() },
  because: 'optional',
  decide({ what = 'fix', because }, { incident, by, policy }) {
    if (incident.announcedAt) return refuse('This incident is public already.');
    if (incident.verdict?.is !== 'accepted') return refuse('The report is not accepted yet; /accept comes first.');
    if (incident.fixReady?.what === what) return refuse(`The ${what} is ready already; /fix-unready because <reason> takes it back.`);
    const open = openSteps(incident, policy, 'fix');
    const advice = open.map((step) => `Not done yet: ${step.what} (${step.lines.join(', ')}).`);
    const objection = gate(advice, because, `To say so all the same: /fix-ready${what === 'fix' ? '' : ` ${what}`}`);
    if (objection) return objection;
    return happened(`The ${what} is ready; the lead is told.`, {
      type: 'fix-ready',
      by: by.who,
      what,
      ...(because && { because }),
      ...against(advice, because),
    });
  },
});
