// /accept: the verdict, once, and the reporter hears of it.

import { guards, rows } from '#test/command/table.ts';
import { accepted, anonymous, closed } from '#test/situation.ts';

guards('/accept');

rows(
  {
    it: 'accepts the report and says who is told (S4-03)',
    order: '/accept',
    answers: 'Accepted. The reporter is told.',
    happens: [{ type: 'accepted', by: 'lead' }],
  },
  {
    it: 'adds a text of the member to the letter',
    order: '/accept\nA fix takes two weeks.\n\nThank you.\n/end',
    answers: 'Accepted. The reporter is told.',
    happens: [{ type: 'accepted', by: 'lead', text: 'A fix takes two weeks.\n\nThank you.' }],
  },
  {
    it: 'says that nobody is told where no reporter is known',
    after: [anonymous],
    order: '/accept',
    answers: 'Accepted. No reporter is known, so nobody is told: /reporter <address> names one.',
    happens: [{ type: 'accepted', by: 'lead' }],
  },
  {
    it: 'asks for a priority where the team works by it (S3-13)',
    policy: { extends: 'karmada' },
    order: '/accept',
    refuses: 'This team accepts with a priority: /accept low, /accept medium, /accept high, /accept urgent; a text may follow.',
  },
  {
    it: 'names the word that is no priority (S3-13)',
    policy: { extends: 'karmada' },
    order: '/accept soon',
    refuses:
      '"soon" is no priority. This team accepts with a priority: /accept low, /accept medium, /accept high, /accept urgent; a text may follow.',
  },
  {
    it: 'keeps the priority, in any case, and the text beside it (S3-13)',
    policy: { extends: 'karmada' },
    order: '/accept High\nA fix takes two weeks.\n/end',
    answers: 'Accepted, priority high. The reporter is told.',
    happens: [{ type: 'accepted', by: 'lead', text: 'A fix takes two weeks.', priority: 'high' }],
  },
  {
    it: 'takes a text on its own line where no priority is asked for',
    order: '/accept Thank you for it.',
    answers: 'Accepted. The reporter is told.',
    happens: [{ type: 'accepted', by: 'lead', text: 'Thank you for it.' }],
  },
  {
    it: 'accepts after a decline, and the journal knows that it was looked at again (S4-03)',
    after: [{ type: 'declined', by: 'lead', class: 'cannot-reproduce', text: 'no' }],
    order: '/accept',
    answers: 'Accepted after all. The reporter is told.',
    happens: [{ type: 'accepted', by: 'lead', again: true }],
  },
  { it: 'accepts once', after: [accepted], order: '/accept', refuses: 'This report is accepted already.' },
  { it: 'does not accept a closed incident', after: [closed], order: '/accept', refuses: 'This incident is closed. /reopen comes first.' },
  {
    it: 'refuses a text that swallows a command',
    order: '/accept\nThank you.\n/close\n/end',
    refuses:
      'The text would swallow the line "/close": end it with a line /end before, or indent that line. Write: /accept [priority] [text, or lines up to /end]',
  },
);
