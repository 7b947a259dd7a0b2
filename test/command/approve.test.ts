// /approve: exactly this text, by its mark.

import { guards, rows } from '#test/command/table.ts';
import { announced, drafted, member, ready, scheduled } from '#test/situation.ts';

guards('/approve notice aaaaaaaa', [drafted('notice')]);

rows(
  {
    it: 'approves a draft by its mark and says what is next (S1-47)',
    after: [drafted('notice')],
    order: '/approve notice AAAAAAAA',
    answers: 'Approved. What leaves is exactly this text. Next: /notify',
    happens: [{ type: 'approved', by: 'lead', kind: 'notice', mark: 'aaaaaaaa' }],
  },
  {
    it: 'knows the next step of an announcement',
    after: [drafted('announcement')],
    order: '/approve announcement aaaaaaaa',
    answers: 'Approved. What leaves is exactly this text. Next: /announce',
    happens: [{ type: 'approved', by: 'lead', kind: 'announcement', mark: 'aaaaaaaa' }],
  },
  {
    it: 'knows the next step of a retrospective',
    after: [drafted('retrospective')],
    order: '/approve retrospective aaaaaaaa',
    answers: 'Approved. What leaves is exactly this text. Next: /retrospective send',
    happens: [{ type: 'approved', by: 'lead', kind: 'retrospective', mark: 'aaaaaaaa' }],
  },
  {
    it: 'refuses the mark of an older draft',
    after: [drafted('notice', 'bbbbbbbb'), drafted('notice')],
    order: '/approve notice bbbbbbbb',
    refuses: 'The notice is aaaaaaaa now, not bbbbbbbb. Read that one before you approve it.',
  },
  {
    it: 'refuses a draft that is not there',
    after: [scheduled()],
    order: '/approve notice aaaaaaaa',
    refuses: 'There is no notice to approve: /draft notice makes one.',
  },
  {
    it: 'counts a person once',
    after: ready('notice'),
    by: member('second'),
    order: '/approve notice aaaaaaaa',
    refuses: 'You have approved it already.',
  },
  {
    it: 'misses the mark',
    after: [drafted('notice')],
    order: '/approve notice',
    refuses: '<mark> is missing. Write: /approve <kind> <mark>',
  },
  {
    it: 'is too late for what only leaves before it is public',
    after: [...ready('notice'), announced],
    by: member('third'),
    order: '/approve notice aaaaaaaa',
    refuses: 'This incident is public already, and no notice leaves any more.',
  },
);
