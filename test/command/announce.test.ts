// /announce: prepares the announcement for its moment.

import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, announcementSet, cve, noticed, ready, scheduled, stepDone } from '#test/situation.ts';

const prepared = [accepted, scheduled(), ...ready('announcement')];
const asked = {
  type: 'confirmation-asked',
  by: 'lead',
  action: { act: 'announce', mark: 'aaaaaaaa', at: '2026-03-16T16:00:00.000Z' },
  codes: [
    { to: 'second', code: 'K7Q2ZD' },
    { to: 'third', code: 'M4X8TN' },
  ],
  expires: '2026-03-04T12:00:00.000Z',
} as const;
const answers =
  'To announce aaaaaaaa at 2026-03-16 16:00 UTC is prepared. Somebody else of the team confirms it with the code in their own preview, which is on its way.';
const binaries = (more: object) => ({
  key: 'binaries',
  what: 'The binaries are there',
  owner: 'release-manager',
  phase: 'release',
  gate: 'announcement',
  ...more,
});
const finalNotice = {
  type: 'final-notice-released',
  mark: 'aaaaaaaa',
  publicAt: '2026-03-16T16:00:00.000Z',
  distributors: ['acme', 'gamma'],
} as const;
guards('/announce', prepared);

rows(
  { it: 'asks for a confirmation at the public date (S1-47, S1-97)', after: prepared, order: '/announce', answers, happens: [asked] },
  {
    it: 'wants a reason when the date has passed and distributors do not have the public text (S1-93)',
    after: [...prepared, stepDone('binaries')],
    now: new Date('2026-03-16T17:00:00Z'),
    order: '/announce',
    refuses:
      'Distributors would have the public text less than a minute before, less than 24 hours. To announce all the same: /announce because <reason>.',
  },
  {
    it: 'wants it also where the final notice they had was taken back with its announcement (S1-93)',
    after: [...prepared, announcementSet, finalNotice, { type: 'cancelled', by: 'lead', what: 'announcement' }],
    now: new Date('2026-03-16T10:00:00Z'),
    order: '/announce',
    refuses:
      'Distributors would have the public text 6 hours before, less than 24 hours. To announce all the same: /announce because <reason>.',
  },
  {
    it: 'is for now when the date has passed',
    after: [...prepared, finalNotice, stepDone('binaries')],
    now: new Date('2026-03-16T17:00:00Z'),
    order: '/announce',
    answers:
      'To announce aaaaaaaa at 2026-03-16 17:00 UTC is prepared. Somebody else of the team confirms it with the code in their own preview, which is on its way.',
    happens: [{ ...asked, action: { ...asked.action, at: '2026-03-16T17:00:00.000Z' }, expires: '2026-03-17T17:00:00.000Z' }],
  },
  {
    it: 'wants a reason where distributors were owed a notice (S1-76)',
    after: [...prepared, cve],
    order: '/announce',
    refuses: 'Distributors were not told. /notify comes first. To announce all the same: /announce because <reason>.',
  },
  {
    it: 'keeps that reason (S1-49)',
    after: [...prepared, cve],
    order: '/announce because it is exploited',
    answers,
    happens: [{ ...asked, because: 'it is exploited', against: 'Distributors were not told. /notify comes first.' }],
  },
  { it: 'needs none once they were told', after: [...prepared, cve, noticed], order: '/announce', answers, happens: [asked] },
  {
    it: 'needs a draft',
    after: [scheduled()],
    order: '/announce',
    refuses: 'There is no announcement yet: /draft announcement makes one.',
  },
  {
    it: 'refuses a draft for another date',
    after: [...prepared, scheduled('2026-03-17T16:00:00.000Z')],
    order: '/announce',
    refuses: 'The public date moved since the announcement aaaaaaaa was drafted: /draft announcement makes it anew.',
  },
  {
    it: 'refuses when it is confirmed already',
    after: [...prepared, announcementSet],
    order: '/announce',
    refuses: 'The announcement is confirmed for its moment. /cancel announcement takes it back.',
  },
  {
    it: 'announces once',
    after: [...prepared, announcementSet, announced],
    order: '/announce',
    refuses: 'This incident is announced already. To say more: /draft announcement, then /announce again.',
  },
  {
    it: 'adds to what is announced with another approved text (S1-71, S4-35)',
    after: [...prepared, announcementSet, announced, ...ready('announcement', 'bbbbbbbb')],
    order: '/announce',
    answers:
      'To update the announcement with bbbbbbbb is prepared. Somebody else of the team confirms it with the code in their own preview, which is on its way.',
    happens: [{ ...asked, action: { act: 'update', mark: 'bbbbbbbb' } }],
  },
  {
    it: 'adds nothing that is said already',
    after: [
      ...prepared,
      announcementSet,
      announced,
      ...ready('announcement', 'bbbbbbbb'),
      { type: 'announcement-updated', by: 'second', mark: 'bbbbbbbb', channels: ['announce'] },
    ],
    order: '/announce',
    refuses: 'This incident is announced already. To say more: /draft announcement, then /announce again.',
  },
  {
    it: 'wants a reason at the date while the binaries are not there (S1-91)',
    after: [...prepared, finalNotice],
    now: new Date('2026-03-16T16:00:00Z'),
    order: '/announce',
    refuses:
      'Not done: binaries (All binaries are built, publicly available and work): /done binaries. To announce all the same: /announce because <reason>.',
  },
  {
    it: 'wants it a day before where the policy says so (S4-27)',
    policy: { steps: [binaries({ ahead: '1d' })] },
    after: prepared,
    now: new Date('2026-03-15T16:00:00Z'),
    order: '/announce',
    refuses: 'Not done: binaries (The binaries are there): /done binaries. To announce all the same: /announce because <reason>.',
  },
  {
    it: 'goes on without them for a reason, and keeps the advice (S1-49, S1-91)',
    after: [...prepared, finalNotice],
    now: new Date('2026-03-16T16:00:00Z'),
    order: '/announce because one platform has no builder today',
    answers:
      'To announce aaaaaaaa at 2026-03-16 16:00 UTC is prepared. Somebody else of the team confirms it with the code in their own preview, which is on its way.',
    happens: [
      {
        ...asked,
        action: { ...asked.action, despite: ['binaries'] },
        expires: '2026-03-17T16:00:00.000Z',
        because: 'one platform has no builder today',
        against: 'Not done: binaries (All binaries are built, publicly available and work): /done binaries.',
      },
    ],
  },
  {
    it: 'goes on for a reason with one that is confirmed and held at its moment (S1-91)',
    after: [...prepared, announcementSet, finalNotice],
    now: new Date('2026-03-16T17:00:00Z'),
    order: '/announce because one platform has no builder today',
    answers:
      'To announce aaaaaaaa at 2026-03-16 17:00 UTC is prepared. Somebody else of the team confirms it with the code in their own preview, which is on its way.',
    happens: [
      {
        ...asked,
        action: { act: 'announce', mark: 'aaaaaaaa', at: '2026-03-16T17:00:00.000Z', despite: ['binaries'] },
        expires: '2026-03-17T17:00:00.000Z',
        because: 'one platform has no builder today',
        against: 'Not done: binaries (All binaries are built, publicly available and work): /done binaries.',
      },
    ],
  },
  {
    it: 'wants a reason when distributors would have the public text 23 hours 59 minutes before (S1-93)',
    after: [...prepared, noticed, stepDone('binaries')],
    now: new Date('2026-03-15T16:01:00Z'),
    order: '/announce',
    refuses:
      'Distributors would have the public text 23 hours 59 minutes before, less than 24 hours. To announce all the same: /announce because <reason>.',
  },
  {
    it: 'wants none when they have it 24 hours before (S1-93)',
    after: [...prepared, noticed],
    now: new Date('2026-03-15T16:00:00Z'),
    order: '/announce',
    answers,
    happens: [{ ...asked, expires: '2026-03-16T16:00:00.000Z' }],
  },
  {
    it: 'has nowhere to announce',
    roster: { channels: [], retrospective: [] },
    after: prepared,
    order: '/announce',
    refuses: 'The roster names no channels to announce on.',
  },
);
