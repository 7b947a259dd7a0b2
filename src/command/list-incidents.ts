// /list: the team's incidents, one line each.
import { z } from 'zod';
import { answered, defineGeneralCommand } from '#command/command.ts';
import type { Incident } from '#incident/incident.ts';
import { isOpen, stageOf } from '#incident/stage.ts';
import { day } from '#time.ts';

export const list = defineGeneralCommand({
  word: 'list',
  help: "List the team's open incidents, or all of them.",
  examples: ['/list', '/list all'],
  who: ['member'],
  proof: 'domain',
  changes: false,
  looks: ['incidents'],
  args: { which: z.enum(['open', 'all'], { error: 'is neither open nor all' }).default('open') },
  decide({ which }, { others }) {
    const shown = others.filter((incident) => which === 'all' || isOpen(incident));
    return answered(shown.length === 0 ? `No ${which === 'all' ? '' : 'open '}incidents.` : shown.map(line).join('\n'));
  },
});

function line(incident: Incident): string {
  const parts = [
    incident.id,
    stageOf(incident),
    incident.severity?.level ?? 'not rated',
    incident.commander ?? 'nobody',
    `since ${day(incident.openedAt)}`,
  ];
  if (incident.publicAt) parts.push(`public ${day(incident.publicAt)}`);
  return `${parts.join(' | ')} | ${incident.advisory.title ?? incident.title}`;
}
