// /set: writes a field of the advisory: what we will say.
import { z } from 'zod';
import { defineCommand, happened, refuse } from '#command/command.ts';
import { advisoryFields, isAdvisoryField } from '#incident/advisory.ts';
import { nextPatches } from '#incident/version.ts';

const longestTitle = 200;

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
    if (name === 'title' && (text.includes('\n') || text.length > longestTitle))
      return refuse(`The title is one line of ${longestTitle} characters at most; /set details takes what is longer.`);
    if (incident.advisory[name] === text) return refuse(`That stands there already: ${name}.`);
    const stale = Object.entries(incident.drafts).filter(([kind, draft]) => kind !== 'retrospective' && !draft.own);
    const frozen = name === 'patches' && incident.notice && !incident.announcedAt;
    const advice =
      stale.length > 0
        ? ` Drafts do not change by themselves: /draft ${stale.map(([kind]) => kind).join(', /draft ')} makes them anew.`
        : '';
    // S1-90: distributors build from what they have.
    const freeze = frozen
      ? ' The patches are frozen since the notice: the distributors who have it need a new one, by /draft notice and /notify.'
      : '';
    const next = name === 'latest' ? nextPatches(text) : [];
    const version = next.length > 0 ? ` The next patch release: ${next.join(', ')}. To say so: /set fixed ${next.join(', ')}` : '';
    return happened(`Written: ${name}.${freeze}${advice}${version}`, { type: 'field-set', by: by.who, field: name, text });
  },
});
