// /plan: every mail to the outside, sent and to come.
import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, scheduled } from '#test/situation.ts';

guards('/plan');

rows(
  {
    it: 'shows what was sent before what is to come, each with its recipients and its moment (S1-72)',
    after: [accepted, scheduled(), announced],
    order: '/plan',
    answers: [
      'Public date: 2026-03-16 16:00 UTC',
      '',
      'Sent:',
      '  2026-03-02 13:01 UTC: verdict: accepted',
      '      to the reporter (reporter@example.net)',
      '  2026-03-02 13:03 UTC: announcement',
      '      to 1 channel (announce)',
      '  2026-03-02 13:03 UTC: text to paste',
      '      to lead, for chat',
      '  2026-03-02 13:03 UTC: word that it is public',
      '      to the reporter (reporter@example.net)',
      '',
      'To come:',
      '  by 2026-03-05 13:03 UTC: retrospective',
      '      to the team and 1 channel (announce)',
      '      missing: no draft (/retrospective)',
    ].join('\n'),
  },
  {
    it: 'has nothing to come for what was declined (S1-72)',
    after: [{ type: 'declined', by: 'lead', class: 'out-of-scope' }],
    order: '/plan',
    answers: [
      'Public date: not set (/schedule proposes one)',
      '',
      'Sent:',
      '  2026-03-02 13:01 UTC: verdict: declined',
      '      to the reporter (reporter@example.net)',
      '',
      'Nothing is to come.',
    ].join('\n'),
  },
);
