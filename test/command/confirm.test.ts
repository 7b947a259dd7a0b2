// /confirm: the second yes, for exactly what was shown.

import type { Action, Event } from '#incident/event.ts';
import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, closed, drafted, member, ready, scheduled } from '#test/situation.ts';

const at = '2026-03-16T16:00:00.000Z';
const base = [accepted, scheduled(), ...ready('notice'), ...ready('announcement'), ...ready('retrospective')];
const expires = '2026-03-04T12:00:00.000Z';
const asked = (action: Action, codes: Readonly<Record<string, string>> = { second: 'K7Q2ZD', third: 'M4X8TN' }): Event => ({
  type: 'confirmation-asked',
  by: 'lead',
  action,
  codes: Object.entries(codes).map(([to, code]) => ({ to, code })),
  expires,
});
/** As journals have it from before codes were personal. */
const askedOnce: Event = { type: 'confirmation-asked', by: 'lead', action: { act: 'notify', mark: 'aaaaaaaa' }, code: 'K7Q2ZD', expires };
const missed = (left: number, by = 'second'): Event => ({ type: 'confirmation-missed', by, left });
const notYours = (left: number) =>
  `That is not your code. Everybody who may confirm has one of their own: yours is in your copy of the latest preview, and works once. Tries left: ${left}.`;
const noticeReleased: readonly Event[] = [
  { type: 'confirmed', by: 'second', action: { act: 'notify', mark: 'aaaaaaaa' } },
  { type: 'notice-released', by: 'second', mark: 'aaaaaaaa', distributors: ['acme', 'gamma'], unreachable: ['gamma'] },
];
const confirmedNotice =
  'Confirmed: release the notice aaaaaaaa to the distributors. Without a usable key: gamma; they are asked for one, without contents, and their copy leaves when one counts.';
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
    answers: confirmedNotice,
    happens: noticeReleased,
  },
  {
    it: 'takes the own code of each, whoever comes first',
    after: [...base, asked(announce)],
    by: member('third'),
    order: '/confirm M4X8TN',
    answers: 'Confirmed: announce aaaaaaaa at 2026-03-16 16:00 UTC.',
    happens: [
      { type: 'confirmed', by: 'third', action: announce },
      { type: 'announcement-set', by: 'third', mark: 'aaaaaaaa', at },
    ],
  },
  {
    it: 'reads letters that no code has as the digits they look like',
    after: [...base, asked(notify, { second: 'K0Q12D', third: 'M4X8TN' })],
    by: second,
    order: '/confirm kOqL2d',
    answers: confirmedNotice,
    happens: noticeReleased,
  },
  {
    it: 'threat: the code of another person is as wrong as any, and the answer does not say whose it is',
    after: [...base, asked(notify)],
    by: second,
    order: '/confirm M4X8TN',
    refuses: notYours(4),
    happens: [missed(4)],
  },
  {
    it: 'threat: a code of an earlier preview is worth nothing',
    after: [...base, asked(notify), asked(notify, { second: 'P9W3RB', third: 'Q0V1HS' })],
    by: second,
    order: '/confirm K7Q2ZD',
    refuses: notYours(4),
    happens: [missed(4)],
  },
  {
    it: 'threat: whoever tries codes has five tries, then what was prepared is void',
    after: [...base, asked(notify), ...[4, 3, 2, 1].map((left) => missed(left))],
    by: second,
    order: '/confirm M4X8TN',
    refuses:
      'That is not your code either. After 5 wrong ones what was prepared is void and the team is alarmed; it can be prepared again.',
    happens: [missed(0)],
  },
  {
    it: 'threat: after that the right code confirms nothing, of nobody',
    after: [...base, asked(notify), ...[4, 3, 2, 1, 0].map((left) => missed(left))],
    by: member('third'),
    order: '/confirm M4X8TN',
    refuses: 'Nothing awaits a confirmation.',
  },
  {
    it: 'counts the tries of each person by themselves',
    after: [...base, asked(notify), ...[4, 3, 2, 1].map((left) => missed(left, 'third'))],
    by: second,
    order: '/confirm 000000',
    refuses: notYours(4),
    happens: [missed(4)],
  },
  {
    it: 'counts anew for what is prepared anew',
    after: [...base, asked(notify), ...[4, 3, 2, 1].map((left) => missed(left)), asked(notify)],
    by: second,
    order: '/confirm 000000',
    refuses: notYours(4),
    happens: [missed(4)],
  },
  {
    it: 'takes the right code after wrong ones',
    after: [...base, asked(notify), missed(4), missed(3)],
    by: second,
    order: '/confirm K7Q2ZD',
    answers: confirmedNotice,
    happens: noticeReleased,
  },
  {
    it: 'refuses who was mailed no code, and counts no try',
    policy: { commands: { confirm: { who: ['lead'] } } },
    after: [...base, asked(notify, { third: 'M4X8TN' }), { type: 'lead-chosen', by: 'lead', lead: 'second', how: 'named' }],
    by: second,
    order: '/confirm M4X8TN',
    refuses: 'You have no code: when this was prepared you could not confirm it. Somebody who has one does, or it is prepared again.',
  },
  {
    it: 'still takes the one code of a journal from before codes were personal',
    after: [...base, askedOnce],
    by: second,
    order: '/confirm K7Q2ZD',
    answers: confirmedNotice,
    happens: noticeReleased,
  },
  {
    it: 'counts wrong ones there too',
    after: [...base, askedOnce],
    by: second,
    order: '/confirm M4X8TN',
    refuses: notYours(4),
    happens: [missed(4)],
  },
  {
    it: 'refuses who prepared it where a journal has one code for all (S1-47)',
    after: [...base, askedOnce],
    order: '/confirm K7Q2ZD',
    refuses: 'Somebody else of the team must confirm what you prepared.',
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
    it: 'refuses the same person, whatever the code, and counts no try (S1-47)',
    after: [...base, asked(notify)],
    order: '/confirm K7Q2ZD',
    refuses: 'Somebody else of the team must confirm what you prepared.',
  },
  {
    it: 'takes the same person where the policy says so',
    policy: { commands: { announce: { confirm: 'same-person' } } },
    after: [...base, asked(announce, { lead: 'K7Q2ZD' })],
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
    refuses: notYours(4),
    happens: [missed(4)],
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
    it: 'releases nothing to the outside while a broken embargo is not decided on (S1-83)',
    after: [...base, asked(notify), { type: 'embargo-broken', by: 'acme', what: 'a mail list' }],
    by: second,
    order: '/confirm K7Q2ZD',
    refuses:
      'The embargo was broken, and nothing leaves before it is decided how to go on: /decide breach continue because <reason>, or publish. Prepare it again.',
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
    it: 'tells nobody under embargo what became public since the preview (S1-86)',
    after: [...base, asked(notify), announced],
    by: second,
    order: '/confirm K7Q2ZD',
    refuses: 'This incident was announced since the preview; what was prepared came too late.',
  },
  {
    it: 'announces nothing twice',
    after: [...base, asked(announce), announced],
    by: second,
    order: '/confirm K7Q2ZD',
    refuses: 'This incident was announced since the preview; what was prepared came too late.',
  },
  {
    it: 'tells nobody of an embargo whose end has passed (S1-86)',
    after: [...base, scheduled('2026-03-03T11:00:00.000Z'), ...ready('notice'), asked(notify)],
    by: second,
    order: '/confirm K7Q2ZD',
    refuses: 'The public date has passed since the preview: /schedule sets one to come, and then it is prepared again.',
  },
  {
    it: 'refuses when the report was declined',
    after: [...base, asked(notify), { type: 'declined', by: 'lead', class: 'hardening' }],
    by: second,
    order: '/confirm K7Q2ZD',
    refuses: 'This incident was declined since the preview. /reopen comes first.',
  },
  {
    it: 'refuses when the incident was closed',
    after: [...base, asked(notify), closed],
    by: second,
    order: '/confirm K7Q2ZD',
    refuses: 'This incident is closed. /reopen comes first.',
  },
  {
    it: 'misses the code',
    after: [...base, asked(notify)],
    by: second,
    order: '/confirm',
    refuses: '<code> is missing. Write: /confirm <code>',
  },
);
