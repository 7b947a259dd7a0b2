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
  {
    it: 'refuses an offer that somebody else made void by taking it (S1-35)',
    after: [offered, { type: 'taken', by: 'third' }],
    by: member('second'),
    order: '/accept-handoff',
    refuses: 'This incident is not offered to anybody. /take takes one that nobody has.',
  },
  {
    it: 'accepts late, as long as the offer stands (S1-35)',
    after: [offered],
    by: member('second'),
    now: new Date('2026-04-03T12:00:00Z'),
    order: '/accept-handoff',
    answers: 'You are incident commander now.',
    happens: [{ type: 'handoff-accepted', by: 'second' }],
  },
  {
    it: 'refuses what was closed meanwhile',
    after: [offered, { type: 'closed', by: 'lead' }],
    by: member('second'),
    order: '/accept-handoff',
    refuses: 'This incident is closed. /reopen comes first.',
  },
  {
    it: 'takes it from a maintainer of the fix team (S1-35)',
    after: [
      { type: 'fix-team-invited', by: 'lead', people: ['maintainer'] },
      { type: 'handoff-offered', by: 'lead', to: 'maintainer' },
    ],
    by: member('maintainer', { roles: ['engineer'] }),
    order: '/accept-handoff',
    answers: 'You are incident commander now.',
    happens: [{ type: 'handoff-accepted', by: 'maintainer' }],
  },
);
