// /list: the team's incidents, one line each.

import { z } from 'zod';
import { answered, defineGeneralCommand } from '#command/command.ts';
import { titleOf } from '#incident/advisory.ts';
import type { Incident } from '#incident/incident.ts';
import { isOpen, stageOf } from '#incident/stage.ts';
import { shown } from '#time.ts';

export const list = defineGeneralCommand({
  word: 'list',
  help: "List the team's open incidents, or all of them.",
  examples: ['/list', '/list all'],
  who: ['member'],
  proof: 'domain',
  changes: false,
  looks: ['incidents'],
  args: { which: z.enum(['open', 'all'], { error: 'is neither open nor all' }).default('open') },
  decide({ which }, { others, policy: { zone } }) {
    const listed = others.filter((incident) => which === 'all' || isOpen(incident));
    return answered(
      listed.length === 0 ? `No ${which === 'all' ? '' : 'open '}incidents.` : listed.map((incident) => line(incident, zone)).join('\n'),
      listed.some(({ confidential }) => confidential),
    );
  },
});

function line(incident: Incident, zone: string): string {
  const parts = [
    incident.id,
    stageOf(incident),
    incident.severity?.level ?? 'not rated',
    incident.commander ?? 'nobody',
    `since ${shown(incident.openedAt, zone)}`,
  ];
  if (incident.publicAt) parts.push(`public ${shown(incident.publicAt, zone)}`);
  return `${parts.join(' | ')} | ${titleOf(incident)}`;
}
