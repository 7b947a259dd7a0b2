// /accept-handoff: only whom the incident was offered to becomes its commander.

import { guards, rows } from '#test/command/table.ts';
import { member } from '#test/situation.ts';

const offered = { type: 'handoff-offered', by: 'lead', to: 'second' } as const;
guards('/accept-handoff', [offered], { by: member('second') });

rows(
  {
    it: 'makes the one it was offered to commander (S1-35)',
    after: [offered],
    by: member('second'),
    order: '/accept-handoff',
    answers: 'You are incident commander now.',
    happens: [{ type: 'handoff-accepted', by: 'second' }],
  },
  {
    it: 'refuses somebody else (S1-35)',
    after: [offered],
    by: member('third'),
    order: '/accept-handoff',
    refuses: 'This incident is offered to second, not to you.',
  },
  {
    it: 'refuses where nothing is offered',
    order: '/accept-handoff',
    refuses: 'This incident is not offered to anybody. /take takes one that nobody has.',
  },
  {
    it: 'refuses an offer that was declined',
    after: [offered, { type: 'handoff-declined', by: 'second' }],
    by: member('second'),
    order: '/accept-handoff',
    refuses: 'This incident is not offered to anybody. /take takes one that nobody has.',
  },
);
