// /cancel: takes back what has not happened.

import { guards, rows } from '#test/command/table.ts';
import { announced, announcementSet, noticed, ready, scheduled } from '#test/situation.ts';

const asked = {
  type: 'confirmation-asked',
  by: 'lead',
  action: { act: 'notify', mark: 'aaaaaaaa' },
  codes: [
    { to: 'second', code: 'K7Q2ZD' },
    { to: 'third', code: 'M4X8TN' },
  ],
  expires: '2026-03-04T12:00:00.000Z',
} as const;
const taken = (what: 'confirmation' | 'announcement' | 'schedule', because?: string) => ({
  type: 'cancelled' as const,
  by: 'lead',
  what,
  ...(because && { because }),
});
const finalNotice = {
  type: 'final-notice-released',
  mark: 'aaaaaaaa',
  publicAt: '2026-03-16T16:00:00.000Z',
  distributors: ['acme', 'gamma'],
} as const;
guards('/cancel', [...ready('notice'), asked]);

rows(
  {
    it: 'takes back the awaited confirmation',
    after: [asked],
    order: '/cancel',
    answers: 'Cancelled: confirmation.',
    happens: [taken('confirmation')],
  },
  {
    it: 'takes back the confirmed announcement',
    after: [scheduled(), announcementSet],
    order: '/cancel because not ready',
    answers: 'Cancelled: announcement.',
    happens: [taken('announcement', 'not ready')],
  },
  {
    it: 'says that those who have the final notice hear of it (S1-50, S1-94)',
    after: [scheduled(), announcementSet, finalNotice],
    order: '/cancel because not ready',
    answers: 'Cancelled: announcement. The distributors who have the final notice are told that it holds no longer, with your reason.',
    happens: [taken('announcement', 'not ready')],
  },
  {
    it: 'takes back the public date',
    after: [scheduled()],
    order: '/cancel schedule',
    answers: 'Cancelled: schedule.',
    happens: [taken('schedule')],
  },
  {
    it: 'owes distributors a reason (S1-50)',
    after: [scheduled(), noticed],
    order: '/cancel schedule',
    refuses: 'Distributors were told this date: give them the reason, /cancel schedule because <reason>.',
  },
  {
    it: 'gives them the reason',
    after: [scheduled(), noticed],
    order: '/cancel schedule because the fix breaks',
    answers: 'Cancelled: schedule.',
    happens: [taken('schedule', 'the fix breaks')],
  },
  {
    it: 'does not pull the date from under an announcement',
    after: [scheduled(), announcementSet],
    order: '/cancel schedule',
    refuses: 'The announcement is confirmed for that date. /cancel announcement comes first.',
  },
  {
    it: 'takes nothing back that is public',
    after: [announcementSet, announced],
    order: '/cancel announcement',
    refuses: 'This incident is public; that cannot be taken back.',
  },
  { it: 'has nothing to take back', order: '/cancel', refuses: 'There is no announcement to cancel.' },
  {
    it: 'refuses another word',
    order: '/cancel everything',
    refuses: '"everything" is none of confirmation, announcement, schedule. Write: /cancel [what] [because <reason>]',
  },
  {
    it: 'says that the public heads-up must be corrected (S1-50)',
    after: [
      scheduled(),
      { type: 'heads-up-released', by: 'second', mark: 'aaaaaaaa', channels: ['announce'], publicAt: '2026-03-16T16:00:00.000Z' },
    ],
    order: '/cancel schedule',
    answers: 'Cancelled: schedule. The public heads-up still names the old date: a new date and /draft heads-up correct it.',
    happens: [{ type: 'cancelled', by: 'lead', what: 'schedule' }],
  },
  {
    it: 'takes the announcement back where a confirmation has run out, not that',
    after: [scheduled(), { ...asked, expires: '2026-03-03T11:00:00.000Z' }, announcementSet],
    order: '/cancel because not ready',
    answers: 'Cancelled: announcement.',
    happens: [taken('announcement', 'not ready')],
  },
  {
    it: 'has no confirmation to take back that has run out',
    after: [{ ...asked, expires: '2026-03-03T11:00:00.000Z' }],
    order: '/cancel confirmation',
    refuses: 'Nothing awaits a confirmation.',
  },
  {
    it: 'says that the announcement leaves all the same where only a confirmation is taken back',
    after: [scheduled(), announcementSet, asked],
    order: '/cancel',
    answers: 'Cancelled: confirmation. The announcement is confirmed all the same; /cancel announcement takes that back.',
    happens: [taken('confirmation')],
  },
);
