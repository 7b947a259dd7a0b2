// /take: the first has it.

import { guards, rows } from '#test/command/table.ts';
import { member } from '#test/situation.ts';

guards('/take');

rows(
  { it: 'makes the on-call say so (S1-32)', order: '/take', answers: 'The incident is yours.', happens: [{ type: 'taken', by: 'lead' }] },
  {
    it: 'lets another member take what nobody confirmed (S1-46)',
    by: member('second'),
    order: '/take',
    answers: 'The incident is yours.',
    happens: [{ type: 'taken', by: 'second' }],
  },
  {
    it: 'refuses the second one and says how to ask (S1-46)',
    after: [{ type: 'taken', by: 'lead' }],
    by: member('second'),
    order: '/take',
    refuses: 'lead has this incident. Ask for it: they can write /handoff second.',
  },
  {
    it: 'refuses the same person twice',
    after: [{ type: 'taken', by: 'lead' }],
    order: '/take',
    refuses: 'You have this incident already.',
  },
);
