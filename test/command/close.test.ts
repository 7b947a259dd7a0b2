// /close: everything is done, or there is a reason.

import type { Event } from '#incident/event.ts';
import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, announcementSet, closed, cve, noticed, reviewed, scheduled, stepDone } from '#test/situation.ts';

const tracked = stepDone('tracking-issue');
const final: Event = { type: 'final-notice-released', mark: 'aaaaaaaa', publicAt: '2026-03-16T16:00:00.000Z', distributors: ['acme'] };
guards('/close', [announced, reviewed, tracked]);

rows(
  {
    it: 'closes after the retrospective (S1-33)',
    after: [announced, reviewed, tracked],
    order: '/close',
    answers: 'Closed.',
    happens: [closed],
  },
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
    after: [accepted, announced, tracked],
    order: '/close',
    refuses: 'The retrospective is not released yet. To close it all the same: /close because <reason>.',
  },
  {
    it: 'keeps the reason (S1-49)',
    after: [accepted],
    order: '/close because it is a duplicate',
    answers: 'Closed.',
    happens: [{ type: 'closed', by: 'lead', because: 'it is a duplicate', against: 'The incident is not announced yet.' }],
  },
  {
    it: 'does not leave distributors under an embargo',
    after: [accepted, noticed],
    order: '/close because so',
    refuses: 'Distributors hold this incident under embargo; it must become public before it is closed.',
  },
  {
    it: 'does not put aside one that was held at its moment: reopened, it would leave by itself (S1-91)',
    after: [scheduled(), announcementSet],
    now: new Date('2026-03-20T12:00:00Z'),
    order: '/close because so',
    refuses: 'An announcement is confirmed and has not left yet. /cancel announcement comes first.',
  },
  {
    it: 'does not strand a confirmed announcement',
    after: [scheduled(), announcementSet],
    order: '/close because so',
    refuses: 'An announcement is confirmed and has not left yet. /cancel announcement comes first.',
  },
  { it: 'closes once', after: [closed], order: '/close', refuses: 'This incident is closed already.' },
  {
    it: 'asks for the steps after the release (S1-98)',
    after: [announced, reviewed],
    order: '/close',
    refuses:
      'Not done: tracking-issue (The tracking issue is open, labelled official-cve-feed, and closed again): /done tracking-issue. To close it all the same: /close because <reason>.',
  },
  {
    it: 'asks about a CVE id that nobody will use',
    after: [cve, { type: 'declined', by: 'lead', class: 'hardening' }],
    order: '/close',
    refuses:
      'CVE-1900-0001 would not be used: /cve reject because <reason> tells the CNA. To close it all the same: /close because <reason>.',
  },
  {
    it: 'asks for the request that every incident needs (S4-34)',
    policy: { cve: { every: true } },
    after: [accepted, announced, reviewed, tracked],
    order: '/close',
    refuses: 'No CVE id was requested: /cve request. To close it all the same: /close because <reason>.',
  },
  {
    it: 'does not leave distributors alone with a final notice that was taken back (S1-94)',
    after: [final],
    order: '/close because so',
    refuses: 'Distributors hold this incident under embargo; it must become public before it is closed.',
  },
);
