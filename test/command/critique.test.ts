// /critique: what the retrospective will say.

import { guards, rows } from '#test/command/table.ts';
import { announced, member, reviewed } from '#test/situation.ts';

guards('/critique It went well.');

rows(
  {
    it: 'keeps a critique (S1-102)',
    after: [announced],
    by: member('third'),
    order: '/critique\nToo slow.\n/end',
    answers: 'Kept for the retrospective.',
    happens: [{ type: 'critique-given', by: 'third', text: 'Too slow.' }],
  },
  {
    it: 'hears release managers too, once it is public (S1-103)',
    after: [announced],
    by: member('third', { roles: ['release-manager'] }),
    order: '/critique Late.',
    answers: 'Kept for the retrospective.',
    happens: [{ type: 'critique-given', by: 'third', text: 'Late.' }],
  },
  {
    it: 'hears them before, when they were told of a step of the release (S1-89)',
    after: [{ type: 'step-told', step: 'merge', to: ['third'] }],
    by: member('third', { roles: ['release-manager'] }),
    order: '/critique Late.',
    answers: 'Kept for the retrospective.',
    happens: [{ type: 'critique-given', by: 'third', text: 'Late.' }],
  },
  {
    it: 'is not for release managers who were asked for nothing yet (S1-89)',
    by: member('third', { roles: ['release-manager'] }),
    order: '/critique Late.',
    refuses: '/critique is for those who have a part in this incident, and once it is public for every release manager.',
  },
  {
    it: 'comes too late after the release',
    after: [announced, reviewed],
    order: '/critique x',
    refuses: 'The retrospective is released already.',
  },
  { it: 'misses the text', order: '/critique', refuses: 'The text is missing. Write: /critique <text, or lines up to /end>' },
);
