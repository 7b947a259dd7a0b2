// /status: where it stands, for the team only.

import { guards, rows } from '#test/command/table.ts';
import { accepted } from '#test/situation.ts';

guards('/status');

rows({
  it: 'tells stage, people and what is due (S1-32, S1-49)',
  after: [accepted, { type: 'lead-chosen', by: 'lead', lead: 'third', how: 'named' }],
  order: '/status',
  answers: [
    'SRC-4F7K2M: path traversal',
    'Stage: accepted, open for 1 day',
    'Incident commander: lead (on call, not confirmed)',
    'Fix lead: third',
    'Severity: not rated',
    'CVE: none',
    'Public date: not set',
    'Due 2026-03-09 13:01 UTC (in 6 days 1 hour): No public date is set yet.',
    'Due 2026-03-16 13:02 UTC (in 13 days 1 hour): No word for 14 days.',
    'Due 2026-05-31 12:00 UTC (in 89 days): This team keeps an embargo for 90 days at most.',
  ].join('\n'),
});
