// /schedule: the public date, in the recommended slot or with a reason.

import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, announcementSet, cve, member, noticed, scheduled } from '#test/situation.ts';

guards('/schedule 2026-03-16');

rows(
  {
    it: 'sets a day at the recommended hour (S1-97)',
    order: '/schedule 2026-03-16',
    answers: 'Public date: 2026-03-16 16:00 UTC. The reporter hears of it by /reply.',
    happens: [scheduled()],
  },
  {
    it: 'sets a moment',
    order: '/schedule 2026-03-16 16:00 UTC',
    answers: 'Public date: 2026-03-16 16:00 UTC. The reporter hears of it by /reply.',
    happens: [scheduled()],
  },
  {
    it: 'proposes the next slot (S1-97)',
    order: '/schedule',
    answers: 'Proposed: 2026-03-05 16:00 UTC. To set it: /schedule 2026-03-05 16:00',
  },
  {
    it: 'says until when distributors are to hear where that counts from the report (S2-69a)',
    policy: { notice: { least: '1d', most: '14d', counted: 'after-report', duty: 'cve' } },
    after: [accepted, cve],
    order: '/schedule',
    answers:
      'Proposed: 2026-03-05 16:00 UTC; distributors are to hear of it by 2026-03-16 12:00 UTC. To set it: /schedule 2026-03-05 16:00',
  },
  {
    it: 'has no more to say of distributors who have the notice',
    after: [accepted, cve, noticed],
    order: '/schedule',
    answers: 'Proposed: 2026-03-05 16:00 UTC. To set it: /schedule 2026-03-05 16:00',
  },
  {
    it: 'leaves distributors their time where a notice is owed (S1-77)',
    after: [accepted, cve],
    order: '/schedule',
    answers: 'Proposed: 2026-03-11 16:00 UTC, which leaves distributors 7 days. To set it: /schedule 2026-03-11 16:00',
  },
  {
    it: 'proposes the very next slot where everything is due at once (S1-44, S1-51)',
    after: [accepted, cve, { type: 'exposed', by: 'lead' }],
    order: '/schedule',
    answers: 'Proposed: 2026-03-03 16:00 UTC. To set it: /schedule 2026-03-03 16:00',
  },
  {
    it: 'never proposes a Friday (S1-97)',
    now: new Date('2026-03-04T12:00:00Z'),
    order: '/schedule',
    answers: 'Proposed: 2026-03-09 16:00 UTC. To set it: /schedule 2026-03-09 16:00',
  },
  {
    it: 'wants a reason for a Friday (S1-97)',
    order: '/schedule 2026-03-13',
    refuses:
      'That is not the recommended slot (16:00 UTC on mon, tue, wed, thu). To set it all the same, add: because <reason>. Recommended: 2026-03-16 16:00 UTC.',
  },
  {
    it: 'keeps the reason (S1-49)',
    order: '/schedule 2026-03-13 09:00 because upstream publishes then',
    answers:
      'Public date: 2026-03-13 09:00 UTC. Kept with your reason: That is not the recommended slot (16:00 UTC on mon, tue, wed, thu). The reporter hears of it by /reply.',
    happens: [{ type: 'scheduled', by: 'lead', publicAt: '2026-03-13T09:00:00.000Z', because: 'upstream publishes then' }],
  },
  {
    it: 'refuses the past',
    order: '/schedule 2026-03-02',
    refuses: '2026-03-02 16:00 UTC is in the past. The next recommended slot is 2026-03-03 16:00 UTC.',
  },
  {
    it: 'refuses a day that does not exist',
    order: '/schedule 2026-02-30',
    refuses: '"2026-02-30" is no date. Write one like 2026-03-03, 2026-03-03 16:00 (UTC), or 2026-03-03 09:00 America/Los_Angeles.',
  },
  {
    it: 'takes the hour of a zone, in winter and in summer (C9)',
    order: '/schedule 2026-03-05 08:00 America/Los_Angeles',
    answers: 'Public date: 2026-03-05 16:00 UTC. The reporter hears of it by /reply.',
    happens: [scheduled('2026-03-05T16:00:00.000Z')],
  },
  {
    it: 'takes the hour of a zone in summer, an hour earlier in UTC (C9)',
    order: '/schedule 2026-03-16 09:00 America/Los_Angeles',
    answers: 'Public date: 2026-03-16 16:00 UTC. The reporter hears of it by /reply.',
    happens: [scheduled()],
  },
  {
    it: 'takes an offset (C9)',
    order: '/schedule 2026-03-16 17:00 +01:00',
    answers: 'Public date: 2026-03-16 16:00 UTC. The reporter hears of it by /reply.',
    happens: [scheduled()],
  },
  {
    it: "answers in UTC and the team's zone (C9)",
    policy: { zone: 'Europe/Berlin' },
    order: '/schedule 2026-03-16',
    answers: 'Public date: 2026-03-16 16:00 UTC (17:00 Europe/Berlin). The reporter hears of it by /reply.',
    happens: [scheduled()],
  },
  {
    it: 'refuses a short name of a zone rather than guess (C9)',
    order: '/schedule 2026-03-16 16:00 CET',
    refuses: '"CET" is no zone. Write one like Europe/Berlin, or +01:00, or UTC.',
  },
  {
    it: 'refuses an hour that the clocks skip (C9)',
    order: '/schedule 2026-03-08 02:30 America/Los_Angeles',
    refuses: '02:30 on 2026-03-08 does not exist in America/Los_Angeles: the clocks skip it. Write the time in UTC.',
  },
  {
    it: 'refuses an hour that comes twice (C9)',
    order: '/schedule 2026-10-25 02:30 Europe/Berlin',
    refuses: '02:30 on 2026-10-25 comes twice in Europe/Berlin, at 2026-10-25 00:30 UTC and at 2026-10-25 01:30 UTC. Write it in UTC.',
  },
  {
    it: 'refuses a day with a zone and without an hour (C9)',
    order: '/schedule 2026-03-16 Europe/Berlin',
    refuses: 'A day alone has no zone. Write the hour too, like 2026-03-16 09:00 Europe/Berlin.',
  },
  {
    it: 'proposes no holiday (S1-61, S1-97)',
    policy: { calendar: { holidays: ['2026-03-05'] } },
    order: '/schedule',
    answers: 'Proposed: 2026-03-09 16:00 UTC. To set it: /schedule 2026-03-09 16:00',
  },
  {
    it: 'wants a reason for a holiday (S1-61)',
    policy: { calendar: { holidays: ['2026-03-16'] } },
    order: '/schedule 2026-03-16',
    refuses: 'That day is a holiday of the team. To set it all the same, add: because <reason>. Recommended: 2026-03-17 16:00 UTC.',
  },
  { it: 'refuses the same date again', after: [scheduled()], order: '/schedule 2026-03-16', refuses: 'That is the public date already.' },
  {
    it: 'wants a reason beyond the longest embargo',
    order: '/schedule 2026-06-01',
    refuses:
      'This team keeps an embargo for 90 days at most, here until 2026-05-31 12:00 UTC. To set it all the same, add: because <reason>. Recommended: 2026-06-01 16:00 UTC.',
  },
  {
    it: 'says that the reason leaves the team with the date (S1-50)',
    after: [scheduled(), noticed, { type: 'fix-team-invited', by: 'lead', people: ['engineer'] }],
    order: '/schedule 2026-03-17 because the build takes longer',
    answers:
      'Public date: 2026-03-17 16:00 UTC. The distributors who have the notice are told, with your reason. The fix team is told, with your reason. The reporter hears of it by /reply.',
    happens: [{ type: 'scheduled', by: 'lead', publicAt: '2026-03-17T16:00:00.000Z', because: 'the build takes longer' }],
  },
  {
    it: 'says that distributors are told (S1-50)',
    after: [scheduled(), noticed],
    order: '/schedule 2026-03-17',
    answers: 'Public date: 2026-03-17 16:00 UTC. The distributors who have the notice are told. The reporter hears of it by /reply.',
    happens: [scheduled('2026-03-17T16:00:00.000Z')],
  },
  {
    it: 'wants a reason to shorten the time of distributors who were told (S1-77)',
    after: [scheduled(), noticed],
    order: '/schedule 2026-03-04',
    refuses:
      'Distributors would have 2 days 2 hours, less than 7 days. To set it all the same, add: because <reason>. Recommended: 2026-03-04 16:00 UTC.',
  },
  {
    it: 'says at once that distributors who are not told yet cannot have their time (S1-77, S3-33)',
    after: [accepted, cve],
    order: '/schedule 2026-03-04',
    answers:
      'Public date: 2026-03-04 16:00 UTC. Distributors would have 1 day 4 hours, less than 7 days. The reporter hears of it by /reply.',
    happens: [scheduled('2026-03-04T16:00:00.000Z')],
  },
  {
    it: 'says nothing of their time where no window holds (S1-51)',
    after: [accepted, cve, { type: 'exposed', by: 'lead' }],
    order: '/schedule 2026-03-04',
    answers: 'Public date: 2026-03-04 16:00 UTC. The reporter hears of it by /reply.',
    happens: [scheduled('2026-03-04T16:00:00.000Z')],
  },
  {
    it: 'does not move under a confirmed announcement',
    after: [scheduled(), announcementSet],
    order: '/schedule 2026-03-17',
    refuses: 'The announcement is confirmed for its moment. /cancel announcement comes first.',
  },
  {
    it: 'has nothing to set once it is public',
    after: [announced],
    order: '/schedule 2026-03-17',
    refuses: 'This incident is public already.',
  },
  {
    it: 'is for the lead or the commander by this policy (S1-50)',
    by: member('second'),
    order: '/schedule',
    refuses: '/schedule is for: lead, commander. You are: member. Here: lead commands, nobody leads yet.',
  },
  {
    it: 'says that the public heads-up must be corrected (S1-50)',
    after: [
      scheduled(),
      { type: 'heads-up-released', by: 'second', mark: 'aaaaaaaa', channels: ['announce'], publicAt: '2026-03-16T16:00:00.000Z' },
    ],
    order: '/schedule 2026-03-17',
    answers:
      'Public date: 2026-03-17 16:00 UTC. The public heads-up names another date: /draft heads-up and /heads-up correct it. The reporter hears of it by /reply.',
    happens: [scheduled('2026-03-17T16:00:00.000Z')],
  },
  {
    it: 'refuses an hour after the last one, and an offset that no place has',
    order: '/schedule 2026-03-16 24:00',
    refuses: '"2026-03-16 24:00" is no date. Write one like 2026-03-03, 2026-03-03 16:00 (UTC), or 2026-03-03 09:00 America/Los_Angeles.',
  },
  {
    it: 'does not take a day with an offset for another day',
    order: '/schedule 2026-03-16 +05:00',
    refuses: '"2026-03-16 +05:00" is no date. Write one like 2026-03-03, 2026-03-03 16:00 (UTC), or 2026-03-03 09:00 America/Los_Angeles.',
  },
  {
    it: 'sets no date for what was declined',
    after: [{ type: 'declined', by: 'lead', class: 'hardening' }],
    order: '/schedule 2026-03-16',
    refuses: 'This incident is declined. /reopen comes first.',
  },
);
