// /private: it was not public after all.
import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, closed } from '#test/situation.ts';

const exposed = { type: 'exposed', by: 'second' } as const;
guards('/private because it is another issue', [exposed]);

rows(
  {
    it: 'takes the mark back with its reason (S1-49)',
    after: [exposed],
    order: '/private because it is another issue',
    answers: 'No longer marked as public: the usual dates hold again.',
    happens: [{ type: 'exposure-withdrawn', by: 'lead', because: 'it is another issue' }],
  },
  { it: 'wants the reason', after: [exposed], order: '/private', refuses: 'The reason is missing. Write: /private because <reason>' },
  { it: 'has nothing to take back', order: '/private because so', refuses: 'It is not marked as public. /public does that.' },
  {
    it: 'cannot take the announcement back',
    after: [accepted, exposed, announced],
    order: '/private because so',
    refuses: 'This incident is announced; it is public.',
  },
  {
    it: 'does nothing to a closed incident',
    after: [exposed, closed],
    order: '/private because so',
    refuses: 'This incident is closed. /reopen comes first.',
  },
);
