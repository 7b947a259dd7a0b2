// /undone: a step is open again, with the reason.
import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, closed, stepDone } from '#test/situation.ts';

guards('/undone binaries because one does not start', [accepted, stepDone('binaries')]);

rows(
  {
    it: 'opens a step again and keeps why (S1-91)',
    after: [stepDone('binaries')],
    order: '/undone binaries because one does not start',
    answers: 'Open again: binaries.',
    happens: [{ type: 'step-undone', by: 'lead', step: 'binaries', because: 'one does not start' }],
  },
  {
    it: 'opens it for one branch',
    policy: { branches: ['a', 'b'] },
    after: [stepDone('cherry-pick', 'a')],
    order: '/undone cherry-pick a because the test fails',
    answers: 'Open again: cherry-pick on a.',
    happens: [{ type: 'step-undone', by: 'lead', step: 'cherry-pick', branch: 'a', because: 'the test fails' }],
  },
  {
    it: 'is over when the incident is',
    after: [stepDone('binaries'), closed],
    order: '/undone binaries because one does not start',
    refuses: 'This incident is closed. /reopen comes first.',
  },
  {
    it: 'wants a reason',
    after: [stepDone('binaries')],
    order: '/undone binaries',
    refuses: 'The reason is missing. Write: /undone <step> [branch] because <reason>',
  },
  { it: 'takes back only what was said', order: '/undone binaries because so', refuses: 'That is not said to be done.' },
  {
    it: 'does not take back what went into the release',
    after: [stepDone('binaries'), announced],
    order: '/undone binaries because so',
    refuses: 'This incident is public already; that cannot be taken back.',
  },
);
