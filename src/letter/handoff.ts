// An incident is offered to the next person, with where it stands.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { commands, line, prose } from '#letter/fact.ts';

export const handoff = defineLetter({
  kind: 'handoff',
  audience: 'team',
  help: 'Offers an incident to another member, with where it stands; until they accept it stays where it is.',
  facts: z.strictObject({ id: line, from: line, to: line, because: line.optional(), summary: prose, commands }),
  sample: {
    id: 'SRC-4F7K2M',
    from: 'lead',
    to: 'second',
    because: 'end of my week',
    summary: 'Accepted on 2026-03-02. Severity high. Public on 2026-03-10 16:00 UTC.\nOpen: CVE id, mitigation.',
    commands: [
      { line: '/accept-handoff', help: 'You are incident commander from then on.' },
      { line: '/decline-handoff', help: 'It stays with lead.' },
    ],
  },
  contents: true,
  perishable: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
