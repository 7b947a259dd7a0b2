// /close: everything is done, or there is a reason.

import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, announcementSet, closed, noticed, reviewed, scheduled } from '#test/situation.ts';

guards('/close', [announced, reviewed]);

rows(
  { it: 'closes after the retrospective (S1-33)', after: [announced, reviewed], order: '/close', answers: 'Closed.', happens: [closed] },
  {
    it: 'closes a declined report',
    after: [{ type: 'declined', by: 'lead', class: 'hardening' }],
    order: '/close',
    answers: 'Closed.',
    happens: [closed],
  },
  {
    it: 'names the open verdict',
    order: '/close',
    refuses: 'The report has no verdict yet. To close it all the same: /close because <reason>.',
  },
  {
    it: 'names the missing announcement',
    after: [accepted],
    order: '/close',
    refuses: 'The incident is not announced yet. To close it all the same: /close because <reason>.',
  },
  {
    it: 'names the missing retrospective (S1-99)',
    after: [accepted, announced],
    order: '/close',
    refuses: 'The retrospective is not released yet. To close it all the same: /close because <reason>.',
  },
  {
    it: 'keeps the reason (S1-49)',
    after: [accepted],
    order: '/close because it is a duplicate',
    answers: 'Closed.',
    happens: [{ type: 'closed', by: 'lead', because: 'it is a duplicate' }],
  },
  {
    it: 'does not leave distributors under an embargo',
    after: [accepted, noticed],
    order: '/close because so',
    refuses: 'Distributors hold this incident under embargo; it must become public before it is closed.',
  },
  {
    it: 'does not strand a confirmed announcement',
    after: [scheduled(), announcementSet],
    order: '/close because so',
    refuses: 'An announcement is confirmed and has not left yet. /cancel announcement comes first.',
  },
  { it: 'closes once', after: [closed], order: '/close', refuses: 'This incident is closed already.' },
);
