// /notify: prepares the notice, and nothing leaves yet.

import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, closed, drafted, member, noticed, ready, scheduled } from '#test/situation.ts';

const prepared = [accepted, scheduled(), ...ready('notice')];
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
guards('/notify', prepared);

rows(
  {
    it: 'asks for a confirmation of exactly this draft (S1-47)',
    after: prepared,
    order: '/notify',
    answers:
      'To release the notice aaaaaaaa to the distributors is prepared. Somebody else of the team confirms it with the code in their own preview, which is on its way.',
    happens: [asked],
  },
  {
    it: 'lets the policy do without a second person',
    policy: { commands: { notify: { confirm: 'same-person' } } },
    after: prepared,
    order: '/notify',
    answers:
      'To release the notice aaaaaaaa to the distributors is prepared. Confirm it with the code in your preview, which is on its way; so can others with theirs.',
    happens: [
      {
        ...asked,
        codes: [
          { to: 'lead', code: 'K7Q2ZD' },
          { to: 'second', code: 'M4X8TN' },
          { to: 'third', code: 'P9W3RB' },
        ],
      },
    ],
  },
  {
    it: 'gives a code only to those whom the policy lets confirm, by the parts they have now',
    policy: { commands: { confirm: { who: ['lead'] } } },
    after: [...prepared, { type: 'lead-chosen', by: 'lead', lead: 'third', how: 'named' }],
    order: '/notify',
    answers:
      'To release the notice aaaaaaaa to the distributors is prepared. Somebody else of the team confirms it with the code in their own preview, which is on its way.',
    happens: [{ ...asked, codes: [{ to: 'third', code: 'K7Q2ZD' }] }],
  },
  {
    it: 'gives no code to people of the roster who are no members',
    roster: {
      members: [
        { handle: 'lead', name: 'Lead', addresses: ['lead@example.org'] },
        { handle: 'second', name: 'Second', addresses: ['second@example.org'], roles: ['associate'] },
        { handle: 'third', name: 'Third', addresses: ['third@example.org'], roles: ['steering', 'member'] },
      ],
    },
    after: prepared,
    order: '/notify',
    answers:
      'To release the notice aaaaaaaa to the distributors is prepared. Somebody else of the team confirms it with the code in their own preview, which is on its way.',
    happens: [{ ...asked, codes: [{ to: 'third', code: 'K7Q2ZD' }] }],
  },
  {
    it: 'prepares nothing that nobody could confirm',
    roster: {
      members: [{ handle: 'lead', name: 'Lead', addresses: ['lead@example.org'] }],
      oncall: { from: '2026-03-02', order: ['lead'] },
    },
    after: prepared,
    order: '/notify',
    refuses: 'Nobody else of the team may give the /confirm that this needs: policy or roster must change first.',
  },
  {
    it: 'needs an approved draft (S1-47)',
    after: [scheduled(), drafted('notice')],
    order: '/notify',
    refuses: 'The notice aaaaaaaa is not approved: somebody who has read it writes /approve notice aaaaaaaa',
  },
  { it: 'needs a draft', after: [scheduled()], order: '/notify', refuses: 'There is no notice yet: /draft notice makes one.' },
  {
    it: 'refuses a draft for another date (S1-50)',
    after: [...prepared, scheduled('2026-03-17T16:00:00.000Z')],
    order: '/notify',
    refuses: 'The public date moved since the notice aaaaaaaa was drafted: /draft notice makes it anew.',
  },
  {
    it: 'needs a date to come',
    after: prepared,
    now: new Date('2026-03-16T16:00:00Z'),
    order: '/notify',
    refuses: 'Distributors must know until when the embargo lasts: /schedule sets a date to come.',
  },
  {
    it: 'releases the same notice again to those it did not reach, once they can be reached (C28)',
    after: [...prepared, noticed, { type: 'letter-failed', letter: 'x', kind: 'notice', to: 'acme', how: 'bounced' }],
    order: '/notify',
    answers:
      'To release the notice aaaaaaaa to the distributors is prepared. Somebody else of the team confirms it with the code in their own preview, which is on its way.',
    happens: [asked],
  },
  {
    it: 'says who still cannot be reached',
    after: [...prepared, noticed, { type: 'letter-failed', letter: 'x', kind: 'notice', to: 'gamma', how: 'unsealable' }],
    order: '/notify',
    refuses: 'This notice is released already. Still without a usable key: gamma.',
  },
  {
    it: 'wants a reason when it is late (S1-77)',
    after: prepared,
    now: new Date('2026-03-10T16:00:00Z'),
    order: '/notify',
    refuses: 'Distributors would have 6 days, less than 7 days. To notify all the same: /notify because <reason>.',
  },
  {
    it: 'wants a reason when it is early (S1-75)',
    after: [scheduled('2026-04-02T16:00:00.000Z'), ...ready('notice')],
    order: '/notify',
    refuses: 'That is 30 days 4 hours before the public date, more than 28 days. To notify all the same: /notify because <reason>.',
  },
  {
    it: 'keeps the reason (S1-49)',
    after: prepared,
    now: new Date('2026-03-10T16:00:00Z'),
    order: '/notify because they can still prepare',
    answers:
      'To release the notice aaaaaaaa to the distributors is prepared. Somebody else of the team confirms it with the code in their own preview, which is on its way.',
    happens: [{ ...asked, expires: '2026-03-11T16:00:00.000Z', because: 'they can still prepare' }],
  },
  {
    it: 'does not release the same notice twice',
    after: [...prepared, noticed],
    order: '/notify',
    refuses: 'This notice is released already; a changed draft can follow it.',
  },
  {
    it: 'has nobody to notify',
    roster: { distributors: [] },
    after: prepared,
    order: '/notify',
    refuses: 'The roster names no distributors.',
  },
  {
    it: 'does not notify of a closed incident',
    after: [...prepared, closed],
    order: '/notify',
    refuses: 'This incident is closed. /reopen comes first.',
  },
  {
    it: 'does not notify of a declined one',
    after: [...prepared, { type: 'declined', by: 'lead', class: 'hardening' }],
    order: '/notify',
    refuses: 'This incident is declined. /reopen comes first.',
  },
  {
    it: 'does not notify of what is public',
    after: [...prepared, announced],
    order: '/notify',
    refuses: 'This incident is public already.',
  },
  {
    it: 'is for the lead or the commander by this policy (S1-47)',
    after: prepared,
    by: member('second'),
    order: '/notify',
    refuses: '/notify is for: lead, commander. You are: member.',
  },
);
