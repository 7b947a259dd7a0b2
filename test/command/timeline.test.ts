// /timeline: everything that happened, no contents.

import { guards, rows } from '#test/command/table.ts';
import { accepted, scheduled } from '#test/situation.ts';

guards('/timeline');

rows(
  {
    it: 'tells one line for each event and no contents of notes (S1-101)',
    after: [accepted, { type: 'noted', by: 'second', text: 'a secret note' }],
    order: '/timeline',
    answers: [
      '  1  2026-03-02 12:00 UTC  Report received; lead is incident commander.',
      '  2  2026-03-02 13:01 UTC  lead accepted the report as a vulnerability.',
      '  3  2026-03-02 13:02 UTC  second made a note.',
    ].join('\n'),
  },
  {
    it: 'shows moments in UTC and in the zone of the team, with the hour, also those it speaks of (C9)',
    policy: { zone: 'Europe/Berlin' },
    order: '/timeline',
    after: [scheduled()],
    answers: [
      '  1  2026-03-02 12:00 UTC (13:00 Europe/Berlin)  Report received; lead is incident commander.',
      '  2  2026-03-02 13:01 UTC (14:01 Europe/Berlin)  lead set the public date to 2026-03-16 16:00 UTC (17:00 Europe/Berlin).',
    ].join('\n'),
  },
  {
    it: 'tells decisions with their reasons and the advice they went against (S1-49, S1-101)',
    after: [accepted, { type: 'decided', by: 'lead', what: 'slow', choice: 'yes', because: 'the risk is low', against: 'It is high.' }],
    order: '/timeline',
    answers: [
      '  1  2026-03-02 12:00 UTC  Report received; lead is incident commander.',
      '  2  2026-03-02 13:01 UTC  lead accepted the report as a vulnerability.',
      '  3  2026-03-02 13:02 UTC  lead decided: slow yes because the risk is low. Against the advice: It is high.',
    ].join('\n'),
  },
);
