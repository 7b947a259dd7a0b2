// /ask: the one way words of a member reach the reporter.

import { guards, rows } from '#test/command/table.ts';
import { anonymous, member } from '#test/situation.ts';

guards('/ask Which version?');

rows(
  {
    it: 'sends the rest of the line to the reporter (S4-03)',
    order: '/ask Which version?',
    answers: 'Your question goes to the reporter, reporter@example.net.',
    happens: [{ type: 'replied', by: 'lead', text: 'Which version?', asks: true }],
  },
  {
    it: 'sends the lines up to /end, and nothing after them (S1-55)',
    by: member('third'),
    order: '/ask\nFirst.\n\nSecond.\n/end\nNot this.',
    answers: 'Your question goes to the reporter, reporter@example.net.',
    happens: [{ type: 'replied', by: 'third', text: 'First.\n\nSecond.', asks: true }],
  },
  {
    it: 'refuses a text without an end, so that no remark leaks (S1-55)',
    order: '/ask\nFirst.\nOnly for us.',
    refuses: 'The text has no end: close it with a line /end. Write: /ask <text, or lines up to /end>',
  },
  {
    it: 'refuses a text that would swallow a command',
    order: '/ask\nFirst.\n/accept\n/end',
    refuses:
      'The text would swallow the line "/accept": end it with a line /end before, or indent that line. Write: /ask <text, or lines up to /end>',
  },
  { it: 'misses the text', order: '/ask', refuses: 'The text is missing. Write: /ask <text, or lines up to /end>' },
  {
    it: 'refuses where no reporter is known',
    after: [anonymous],
    order: '/ask Hello?',
    refuses: 'No reporter is known for this incident. Name one first: /reporter <address>.',
  },
);
