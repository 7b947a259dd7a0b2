// /status: where it stands, for the team only.

import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { guards, rows } from '#test/command/table.ts';
import { accepted, member, obey, situation } from '#test/situation.ts';

guards('/status');

rows({
  it: 'tells stage, people and what is due (S1-32, S1-49)',
  after: [accepted, { type: 'lead-chosen', by: 'lead', lead: 'third', how: 'named' }],
  order: '/status',
  answers: [
    'SRC-4F7K2M: path traversal',
    'Stage: fixing, open for 1 day',
    'Incident commander: lead (on call, not confirmed)',
    'Fix lead: third',
    'Severity: not rated',
    'CVE: none',
    'Public date: not set',
    'Not done: reviewed',
    'Due 2026-03-03 12:00 UTC (in less than a minute): Nobody is invited to the fix team yet.',
    'Due 2026-03-05 13:01 UTC (in 2 days 1 hour): The severity is not rated yet; a quick rating is better than a perfect one.',
    'Due 2026-03-09 12:00 UTC (in 6 days): The fix is not ready yet.',
    'Due 2026-03-09 13:01 UTC (in 6 days 1 hour): No public date is set yet.',
    'Due 2026-03-16 13:01 UTC (in 13 days 1 hour): The reporter is to hear from us every 14 days.',
    'Due 2026-03-16 13:02 UTC (in 13 days 1 hour): An open incident is to be looked at every 14 days.',
    'Due 2026-05-31 12:00 UTC (in 89 days): This team keeps an embargo for 90 days at most.',
  ].join('\n'),
});

test('says to a maintainer who commands what the team is told, and before only their work (S1-35, S1-55)', () => {
  const by = member('maintainer', { roles: ['engineer'] });
  const invited: Event = { type: 'fix-team-invited', by: 'lead', people: ['maintainer'] };
  const said = (...events: Event[]) => obey('/status', situation([accepted, invited, ...events], { by })).transcript[0]?.text;
  expect(said()).not.toContain('The reporter is to hear from us');
  expect(said({ type: 'handoff-accepted', by: 'maintainer' })).toContain('The reporter is to hear from us');
});
