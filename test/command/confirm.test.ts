// /confirm: the second yes, for exactly what was shown.

import { guards, rows } from '#test/command/table.ts';
import { accepted, closed, drafted, member, ready, scheduled } from '#test/situation.ts';

const at = '2026-03-16T16:00:00.000Z';
const base = [accepted, scheduled(), ...ready('notice'), ...ready('announcement'), ...ready('retrospective')];
const asked = (action: object, by = 'lead') =>
  ({ type: 'confirmation-asked', by, action, code: 'K7Q2ZD', expires: '2026-03-04T12:00:00.000Z' }) as never;
const notify = { act: 'notify', mark: 'aaaaaaaa' } as const;
const announce = { act: 'announce', mark: 'aaaaaaaa', at } as const;
const release = { act: 'retrospective', mark: 'aaaaaaaa' } as const;
const second = member('second');
guards('/confirm K7Q2ZD', [...base, asked(announce)], { by: second });

rows(
  {
    it: 'releases the notice and names who cannot be reached (S1-47, S1-86)',
    after: [...base, asked(notify)],
    by: second,
    order: '/confirm k7q2zd',
    answers:
      'Confirmed: release the notice aaaaaaaa to the distributors. Without a usable key: gamma; they are asked for one, without contents.',
    happens: [
      { type: 'confirmed', by: 'second', action: notify },
      { type: 'notice-released', by: 'second', mark: 'aaaaaaaa', distributors: ['acme', 'gamma'], unreachable: ['gamma'] },
    ],
  },
  {
    it: 'sets the announcement for its moment (S1-97)',
    after: [...base, asked(announce)],
    by: second,
    order: '/confirm K7Q2ZD',
    answers: 'Confirmed: announce aaaaaaaa at 2026-03-16 16:00 UTC.',
    happens: [
      { type: 'confirmed', by: 'second', action: announce },
      { type: 'announcement-set', by: 'second', mark: 'aaaaaaaa', at },
    ],
  },
  {
    it: 'releases the retrospective (S1-101)',
    after: [...base, asked(release)],
    by: second,
    order: '/confirm K7Q2ZD',
    answers: 'Confirmed: release the retrospective aaaaaaaa.',
    happens: [
      { type: 'confirmed', by: 'second', action: release },
      { type: 'retrospective-released', by: 'second', mark: 'aaaaaaaa' },
    ],
  },
  {
    it: 'refuses the same person (S1-47)',
    after: [...base, asked(notify)],
    order: '/confirm K7Q2ZD',
    refuses: 'Somebody else of the team must confirm what you prepared.',
  },
  {
    it: 'takes the same person where the policy says so',
    policy: { commands: { announce: { confirm: 'same-person' } } },
    after: [...base, asked(announce)],
    order: '/confirm K7Q2ZD',
    answers: 'Confirmed: announce aaaaaaaa at 2026-03-16 16:00 UTC.',
    happens: [
      { type: 'confirmed', by: 'lead', action: announce },
      { type: 'announcement-set', by: 'lead', mark: 'aaaaaaaa', at },
    ],
  },
  {
    it: 'refuses a wrong code',
    after: [...base, asked(notify)],
    by: second,
    order: '/confirm K7Q2ZE',
    refuses: 'That is not the code of the latest preview.',
  },
  { it: 'refuses where nothing is prepared', after: base, by: second, order: '/confirm K7Q2ZD', refuses: 'Nothing awaits a confirmation.' },
  {
    it: 'confirms once',
    after: [...base, asked(announce), { type: 'confirmed', by: 'second', action: announce }],
    by: second,
    order: '/confirm K7Q2ZD',
    refuses: 'Nothing awaits a confirmation.',
  },
  {
    it: 'refuses a code that ran out',
    after: [...base, asked(notify)],
    now: new Date('2026-03-04T12:00:00Z'),
    by: second,
    order: '/confirm K7Q2ZD',
    refuses: 'That confirmation ran out at 2026-03-04 12:00 UTC; prepare it again.',
  },
  {
    it: 'refuses a draft that changed meanwhile',
    after: [...base, asked(notify), drafted('notice', 'bbbbbbbb')],
    by: second,
    order: '/confirm K7Q2ZD',
    refuses: 'The notice changed since the preview. Prepare it again.',
  },
  {
    it: 'refuses a draft that was made anew and approved by nobody',
    after: [...base, asked(notify), drafted('notice')],
    by: second,
    order: '/confirm K7Q2ZD',
    refuses: 'The notice changed since the preview. Prepare it again.',
  },
  {
    it: 'refuses when the public date moved',
    after: [...base, asked(announce), scheduled('2026-03-17T16:00:00.000Z')],
    by: second,
    order: '/confirm K7Q2ZD',
    refuses: 'The public date moved since the preview. Prepare it again.',
  },
  {
    it: 'refuses when the public date was taken back',
    after: [...base, asked(announce), { type: 'cancelled', by: 'lead', what: 'schedule' }],
    by: second,
    order: '/confirm K7Q2ZD',
    refuses: 'The public date moved since the preview. Prepare it again.',
  },
  {
    it: 'refuses when the incident was closed',
    after: [...base, asked(notify), closed],
    by: second,
    order: '/confirm K7Q2ZD',
    refuses: 'This incident was closed or declined since the preview. Prepare it again.',
  },
  {
    it: 'misses the code',
    after: [...base, asked(notify)],
    by: second,
    order: '/confirm',
    refuses: 'The code is missing. Write: /confirm <code>',
  },
);
