// Asks somebody into the fix team of one incident: what it is, the terms of the embargo, the way that lies ahead (S1-54, S1-58).
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { commands, line, moment, prose } from '#letter/fact.ts';

export const invitation = defineLetter({
  kind: 'invitation',
  audience: 'fix-team',
  help: 'Invites somebody into the fix team: the incident, who leads, the terms of the embargo, the process, and what they may write back.',
  facts: z.strictObject({
    id: line,
    title: line,
    by: line,
    lead: line.optional(),
    severity: line,
    publicAt: moment.optional(),
    terms: prose,
    /** The fix may be made in public. */
    semiPublic: z.boolean(),
    overview: prose.optional(),
    link: line.optional(),
    commands,
  }),
  sample: {
    id: 'SRC-4F7K2M',
    title: 'Path traversal in the archive importer',
    by: 'lead',
    lead: 'second',
    severity: 'high (CVSS 8.1)',
    publicAt: '2026-03-16T16:00:00.000Z',
    terms: 'What you learn here is under embargo: speak of it with nobody outside this thread until it is public.',
    semiPublic: false,
    overview: 'The fix is made in private, distributors hear under embargo, and then it is announced.',
    link: 'https://example.org/security',
    commands: [{ line: '/status', help: 'where it stands' }],
  },
  contents: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
