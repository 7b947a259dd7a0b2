// The look back, without blame: what happened when, what was late, what to do better.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line, moment, prose } from '#letter/fact.ts';

export const retrospective = defineLetter({
  kind: 'retrospective',
  audience: 'public',
  help: 'Looks back on an incident without blame: who took part, the timeline, what was late, what people said.',
  facts: z.strictObject({
    id: line,
    title: line,
    cve: line.optional(),
    people: z.array(z.strictObject({ role: line, name: line })),
    timeline: z.array(z.strictObject({ at: moment, text: line })),
    late: z.array(line),
    figures: z.array(z.strictObject({ name: line, value: line })),
    critiques: z.array(prose),
    links: z.array(line).optional(),
  }),
  sample: {
    id: 'SRC-4F7K2M',
    title: 'Path traversal in the archive importer',
    cve: 'CVE-1900-0001',
    people: [
      { role: 'incident commander', name: 'lead' },
      { role: 'reporter', name: 'Robin Reporter' },
    ],
    timeline: [
      { at: '2026-03-01T09:30:00.000Z', text: 'The report arrived.' },
      { at: '2026-03-06T11:00:00.000Z', text: 'The incident commander accepted it.' },
      { at: '2026-03-10T16:00:00.000Z', text: 'The announcement was published.' },
    ],
    late: ['Triage took 5 days 1 hour; the policy says 3 days.'],
    figures: [{ name: 'from report to publication', value: '9 days 6 hours' }],
    critiques: ['The patch was ready early.\nThe text of the notice was not.'],
    links: ['https://example.org/advisories/CVE-1900-0001'],
  },
  contents: true,
  autoSubmitted: 'no',
  html: true,
});
