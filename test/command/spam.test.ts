// /spam: closed, and nobody is told.

import type { Event } from '#incident/event.ts';
import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, announcementSet, closed, noticed } from '#test/situation.ts';

const final: Event = { type: 'final-notice-released', mark: 'aaaaaaaa', publicAt: '2026-03-16T16:00:00.000Z', distributors: ['acme'] };
guards('/spam');

rows(
  {
    it: 'closes without a word to the sender (S4-02)',
    order: '/spam',
    answers: 'Closed as spam; nobody is told.',
    happens: [{ type: 'spam-marked', by: 'lead' }],
  },
  {
    it: 'is not for an accepted report',
    after: [accepted],
    order: '/spam',
    refuses: 'This report was accepted. If that was wrong, /decline it, so that the reporter hears of it.',
  },
  {
    it: 'is not for what is about to be announced',
    after: [announcementSet],
    order: '/spam',
    refuses: 'The announcement is confirmed for its moment. /cancel announcement comes first.',
  },
  { it: 'is not for a closed incident', after: [closed], order: '/spam', refuses: 'This incident is closed. /reopen comes first.' },
  ...[noticed, final].map((heard) => ({
    it: `is not for what distributors know by a ${heard.type} (S1-86)`,
    after: [heard],
    order: '/spam',
    refuses: 'Distributors hold this incident under embargo: it ends in public, with an announcement that says what it is.',
  })),
  {
    it: 'is not for what is public',
    after: [announcementSet, announced],
    order: '/spam',
    refuses: 'This incident is public already; it cannot be spam.',
  },
);
