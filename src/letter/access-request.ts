// Asks an administrator to grant or remove somebody's access to a private repository: a name and a purpose, nothing of the flaw (S1-40, S1-57).
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { commands, line } from '#letter/fact.ts';

export const accessRequest = defineLetter({
  kind: 'access-request',
  audience: 'administrator',
  help: 'Asks the administrator to grant or remove the access of one person; it is open until it is answered.',
  facts: z.strictObject({
    id: line,
    request: line,
    what: z.enum(['grant', 'remove']),
    name: line,
    /** Accounts on the code host. */
    accounts: z.array(line),
    repository: line,
    commands,
  }),
  sample: {
    id: 'SRC-4F7K2M',
    request: '1',
    what: 'grant',
    name: 'Engineer Example',
    accounts: ['engineer'],
    repository: 'the private security repository',
    commands: [
      { line: '/answer 1 done', help: 'it is done' },
      { line: '/answer 1 refused because <reason>', help: 'it cannot be done' },
    ],
  },
  contents: true,
  autoSubmitted: 'no',
  html: false,
});
