// /note: kept with the incident, for the team.

import { guards, rows } from '#test/command/table.ts';
import { member } from '#test/situation.ts';

guards('/note Reproduced.');

rows(
  {
    it: 'keeps the text',
    by: member('second'),
    order: '/note Reproduced on 1.31.',
    answers: 'Noted.',
    happens: [{ type: 'noted', by: 'second', text: 'Reproduced on 1.31.' }],
  },
  {
    it: 'keeps several lines, paths among them',
    order: '/note\nOpen\n/etc/passwd\n/end',
    answers: 'Noted.',
    happens: [{ type: 'noted', by: 'lead', text: 'Open\n/etc/passwd' }],
  },
  { it: 'misses the text', order: '/note', refuses: 'The text is missing. Write: /note <text, or lines up to /end>' },
);
