// /timeline: everything that happened, no contents.

import { guards, rows } from '#test/command/table.ts';
import { accepted } from '#test/situation.ts';

guards('/timeline');

rows({
  it: 'tells one line for each event and no contents of notes (S1-101)',
  after: [accepted, { type: 'noted', by: 'second', text: 'a secret note' }],
  order: '/timeline',
  answers: [
    '  1  2026-03-02 12:00 UTC  Report received; lead is incident commander.',
    '  2  2026-03-02 13:01 UTC  lead accepted the report as a vulnerability.',
    '  3  2026-03-02 13:02 UTC  second made a note.',
  ].join('\n'),
});
