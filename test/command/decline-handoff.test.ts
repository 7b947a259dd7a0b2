// /decline-handoff: the offer ends, the commander stays.

import { guards, rows } from '#test/command/table.ts';
import { member } from '#test/situation.ts';

const offered = { type: 'handoff-offered', by: 'lead', to: 'second' } as const;
guards('/decline-handoff', [offered], { by: member('second') });

rows(
  {
    it: 'declines with a reason, the commander stays (S1-35)',
    after: [offered],
    by: member('second'),
    order: '/decline-handoff because I am away',
    answers: 'It stays with lead.',
    happens: [{ type: 'handoff-declined', by: 'second', because: 'I am away' }],
  },
  {
    it: 'lets the commander take the offer back',
    after: [offered],
    order: '/decline-handoff',
    answers: 'It stays with lead.',
    happens: [{ type: 'handoff-declined', by: 'lead' }],
  },
  {
    it: 'refuses somebody else',
    after: [offered],
    by: member('third'),
    order: '/decline-handoff',
    refuses: 'This incident is offered to second, not to you.',
  },
  { it: 'refuses where nothing is offered', order: '/decline-handoff', refuses: 'This incident is not offered to anybody.' },
);
