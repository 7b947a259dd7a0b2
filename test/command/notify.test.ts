// /notify: prepares the notice, and nothing leaves yet.

import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, closed, drafted, field, fixed, member, noticed, ready, scheduled, stepDone } from '#test/situation.ts';

const prepared = [accepted, scheduled(), ...fixed, ...ready('notice')];
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
    after: [scheduled('2026-04-02T16:00:00.000Z'), ...fixed, ...ready('notice')],
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
    happens: [
      {
        ...asked,
        expires: '2026-03-11T16:00:00.000Z',
        because: 'they can still prepare',
        against: 'Distributors would have 6 days, less than 7 days.',
      },
    ],
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
    refuses: '/notify is for: lead, commander. You are: member. Here: lead commands, nobody leads yet.',
  },
  {
    it: 'waits for a fix or a mitigation (S1-73, S2-68, S3-31, S4-23)',
    after: [accepted, scheduled(), ...ready('notice'), stepDone('reviewed')],
    order: '/notify',
    refuses: 'Neither a fix nor a mitigation is ready: /fix-ready says when one is. To notify all the same: /notify because <reason>.',
  },
  {
    it: 'waits for what the policy wants done before, whoever calls the fix ready (S1-73)',
    after: [accepted, scheduled(), ...fixed.slice(0, 1), ...ready('notice')],
    order: '/notify',
    refuses:
      'Not done: reviewed (All commits of the fix have an LGTM of an owner): /done reviewed. To notify all the same: /notify because <reason>.',
  },
  {
    it: 'names the supported branches that have no patch (S1-81)',
    policy: { branches: ['release-1.2', 'release-1.25'] },
    after: [...prepared, field('patches', 'https://example.org/release-1.25.patch')],
    order: '/notify',
    refuses: 'No patch is named for: release-1.2. To notify all the same: /notify because <reason>.',
  },
  {
    it: 'lets a list with a limit of its own wait, and asks for the others (linux-distros: 14 days)',
    roster: {
      distributors: [
        { id: 'acme', name: 'Acme', addresses: ['security@acme.example.net'] },
        { id: 'distros', name: 'Distros', addresses: ['distros@example.net'], longest: '7d' },
      ],
    },
    after: prepared,
    order: '/notify',
    answers:
      'To release the notice aaaaaaaa to the distributors is prepared. Somebody else of the team confirms it with the code in their own preview, which is on its way.',
    happens: [asked],
  },
  {
    it: 'prepares nothing while only such lists await it',
    roster: { distributors: [{ id: 'distros', name: 'Distros', addresses: ['distros@example.net'], longest: '7d' }] },
    after: prepared,
    order: '/notify',
    refuses: 'distros keeps an embargo for 7d at most, and nobody else awaits this notice. Set a nearer date, or wait.',
  },
  {
    it: 'counts from the report where the policy does (S2-69a)',
    policy: { notice: { counted: 'after-report', least: '1d', most: '14d' } },
    after: [scheduled('2026-03-30T16:00:00.000Z'), ...fixed, ...ready('notice')],
    now: new Date('2026-03-17T12:00:00Z'),
    order: '/notify',
    refuses: 'That is 15 days after the report, more than 14 days. To notify all the same: /notify because <reason>.',
  },
  {
    it: 'says the window and asks for no reason in an emergency (S1-74)',
    after: [...prepared, { type: 'decided', by: 'lead', what: 'emergency', choice: 'yes', because: 'critical' }],
    now: new Date('2026-03-10T16:00:00Z'),
    order: '/notify',
    answers:
      'To release the notice aaaaaaaa to the distributors is prepared. Somebody else of the team confirms it with the code in their own preview, which is on its way.',
    happens: [{ ...asked, expires: '2026-03-11T16:00:00.000Z', against: 'Distributors would have 6 days, less than 7 days.' }],
  },
  {
    it: 'says what no longer awaits a confirmation, so that nobody tries the old code',
    after: [...prepared, { ...asked, codes: asked.codes, action: { act: 'announce', mark: 'aaaaaaaa', at: '2026-03-16T16:00:00.000Z' } }],
    order: '/notify because so',
    answers:
      'To release the notice aaaaaaaa to the distributors is prepared. Somebody else of the team confirms it with the code in their own preview, which is on its way. To announce aaaaaaaa at 2026-03-16 16:00 UTC awaits no confirmation any more: one thing at a time does, and its codes are void.',
    happens: [{ ...asked, because: 'so' }],
  },
  {
    it: 'says of the same notice prepared again that the codes before are void',
    after: [...prepared, asked],
    order: '/notify because so',
    answers:
      'To release the notice aaaaaaaa to the distributors is prepared. Somebody else of the team confirms it with the code in their own preview, which is on its way. What was prepared before awaits no confirmation any more: one thing at a time does, and its codes are void.',
    happens: [{ ...asked, because: 'so' }],
  },
);
