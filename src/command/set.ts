// /set: writes a field of the advisory: what we will say.
import { z } from 'zod';
import { defineCommand, happened, refuse } from '#command/command.ts';
import { advisoryFields, isAdvisoryField } from '#incident/advisory.ts';

export const set = defineCommand({
  word: 'set',
  help: `Write a field of the advisory. Fields: ${Object.keys(advisoryFields).join(', ')}.`,
  examples: [
    '/set title Privilege escalation in the example controller',
    '/set mitigation\nDisable the webhook until you can upgrade.\n/end',
  ],
  who: ['member'],
  proof: 'domain',
  changes: true,
  args: { field: z.string().max(40) },
  text: 'required',
  decide({ field, text = '' }, { by, incident }) {
    const name = field.toLowerCase();
    if (!isAdvisoryField(name)) return refuse(`The advisory has no field "${field}". It has: ${Object.keys(advisoryFields).join(', ')}.`);
    if (incident.advisory[name] === text) return refuse(`That stands there already: ${name}.`);
    const stale = Object.entries(incident.drafts).filter(([kind, draft]) => kind !== 'retrospective' && !draft.own);
    const advice =
      stale.length > 0
        ? ` Drafts do not change by themselves: /draft ${stale.map(([kind]) => kind).join(', /draft ')} makes them anew.`
        : '';
    return happened(`Written: ${name}.${advice}`, { type: 'field-set', by: by.who, field: name, text });
  },
});
