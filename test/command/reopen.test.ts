// /reopen: a closed or declined incident goes on.

import { guards, rows } from '#test/command/table.ts';
import { closed } from '#test/situation.ts';

guards('/reopen', [closed]);

rows(
  {
    it: 'opens a closed incident, with the reason',
    after: [closed],
    order: '/reopen because there is an exploit',
    answers: 'Reopened.',
    happens: [{ type: 'reopened', by: 'lead', because: 'there is an exploit' }],
  },
  {
    it: 'opens a declined one',
    after: [{ type: 'declined', by: 'lead', class: 'hardening' }],
    order: '/reopen',
    answers: 'Reopened.',
    happens: [{ type: 'reopened', by: 'lead' }],
  },
  { it: 'refuses an open one', order: '/reopen', refuses: 'This incident is open.' },
);
