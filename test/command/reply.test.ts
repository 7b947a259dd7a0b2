// /reply: the one way words of a member reach the reporter.

import { guards, rows } from '#test/command/table.ts';
import { anonymous, member } from '#test/situation.ts';

guards('/reply Which version?');

rows(
  {
    it: 'sends the rest of the line to the reporter (S4-03)',
    order: '/reply Which version?',
    answers: 'Your answer goes to the reporter, reporter@example.net.',
    happens: [{ type: 'replied', by: 'lead', text: 'Which version?', asks: false }],
  },
  {
    it: 'sends the lines up to /end, and nothing after them (S1-55)',
    by: member('third'),
    order: '/reply\nFirst.\n\nSecond.\n/end\nNot this.',
    answers: 'Your answer goes to the reporter, reporter@example.net.',
    happens: [{ type: 'replied', by: 'third', text: 'First.\n\nSecond.', asks: false }],
  },
  {
    it: 'refuses a text without an end, so that no remark leaks (S1-55)',
    order: '/reply\nFirst.\nOnly for us.',
    refuses: 'The text has no end: close it with a line /end. Write: /reply <text, or lines up to /end>',
  },
  {
    it: 'refuses a text that would swallow a command',
    order: '/reply\nFirst.\n/accept\n/end',
    refuses:
      'The text would swallow the line "/accept": end it with a line /end before, or indent that line. Write: /reply <text, or lines up to /end>',
  },
  { it: 'misses the text', order: '/reply', refuses: 'The text is missing. Write: /reply <text, or lines up to /end>' },
  {
    it: 'refuses where no reporter is known',
    after: [anonymous],
    order: '/reply Hello?',
    refuses: 'No reporter is known for this incident. Name one first: /reporter <address>.',
  },
  {
    it: 'sends nobody a letter of characters that nobody sees',
    order: '/reply\n\u200b\u00a0\n/end',
    refuses: 'The text is missing. Write: /reply <text, or lines up to /end>',
  },
);
