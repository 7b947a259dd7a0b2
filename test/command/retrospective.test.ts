// /retrospective: drafted from the journal, released after a confirmation.

import { guards, rows } from '#test/command/table.ts';
import { announced, closed, drafted, member, ready, reviewed } from '#test/situation.ts';

guards('/retrospective', [announced]);

rows(
  {
    it: 'drafts the look back (S1-101)',
    after: [announced],
    order: '/retrospective',
    answers:
      'Drafted retrospective aaaaaaaa; the text is on its way to the team. It names who took part: ask them first. Whoever has read it: /approve retrospective aaaaaaaa',
    happens: [drafted('retrospective')],
  },
  {
    it: 'says when nothing changed',
    after: [announced, drafted('retrospective')],
    order: '/retrospective',
    refuses: 'Nothing changed since the draft aaaaaaaa.',
  },
  { it: 'comes after the announcement (S1-99)', order: '/retrospective', refuses: 'The retrospective comes after the announcement.' },
  {
    it: 'prepares its release',
    after: [announced, ...ready('retrospective')],
    order: '/retrospective send',
    answers:
      'To release the retrospective aaaaaaaa is prepared. Somebody else of the team confirms it with the code in their own preview, which is on its way.',
    happens: [
      {
        type: 'confirmation-asked',
        by: 'lead',
        action: { act: 'retrospective', mark: 'aaaaaaaa' },
        codes: [
          { to: 'second', code: 'K7Q2ZD' },
          { to: 'third', code: 'M4X8TN' },
        ],
        expires: '2026-03-04T12:00:00.000Z',
      },
    ],
  },
  {
    it: 'needs an approval',
    after: [announced, drafted('retrospective')],
    order: '/retrospective send',
    refuses: 'The retrospective aaaaaaaa is not approved: somebody who has read it writes /approve retrospective aaaaaaaa',
  },
  {
    it: 'is released once',
    after: [announced, ...ready('retrospective'), reviewed],
    order: '/retrospective send',
    refuses: 'The retrospective is released already.',
  },
  {
    it: 'does not leave from a closed incident',
    after: [announced, ...ready('retrospective'), closed],
    order: '/retrospective send',
    refuses: 'This incident is closed. /reopen comes first.',
  },
  {
    it: 'refuses another word',
    after: [announced],
    order: '/retrospective now',
    refuses: '"now" is not "send". Write: /retrospective [step]',
  },
  {
    it: 'is for the lead or the commander by this policy (S1-101)',
    after: [announced],
    by: member('second'),
    order: '/retrospective',
    refuses: '/retrospective is for: lead, commander. You are: member. Here: lead commands, nobody leads yet.',
  },
);
