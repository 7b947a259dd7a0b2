// /announce: prepares the announcement for its moment.

import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, announcementSet, cve, noticed, ready, scheduled } from '#test/situation.ts';

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
guards('/announce', prepared);

rows(
  { it: 'asks for a confirmation at the public date (S1-47, S1-97)', after: prepared, order: '/announce', answers, happens: [asked] },
  {
    it: 'is for now when the date has passed',
    after: prepared,
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
    refuses: 'Distributors were not told. /notify comes first; to announce all the same: /announce because <reason>.',
  },
  {
    it: 'keeps that reason (S1-49)',
    after: [...prepared, cve],
    order: '/announce because it is exploited',
    answers,
    happens: [{ ...asked, because: 'it is exploited' }],
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
  { it: 'announces once', after: [...prepared, announced], order: '/announce', refuses: 'This incident is announced already.' },
  {
    it: 'has nowhere to announce',
    roster: { channels: [], retrospective: [] },
    after: prepared,
    order: '/announce',
    refuses: 'The roster names no channels to announce on.',
  },
);
