// /spam: closed, and nobody is told.

import { guards, rows } from '#test/command/table.ts';
import { accepted, announcementSet, closed } from '#test/situation.ts';

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
  { it: 'is not for a closed incident', after: [closed], order: '/spam', refuses: 'This incident is closed already.' },
);
