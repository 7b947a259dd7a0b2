// Where it stands, in lines: what /status answers and a hand-off carries.
import { expect, test } from 'vitest';
import { severityWords, summary } from '#incident/summary.ts';
import { accepted, announcementSet, cve, field, incident, noticed, now, policy, ready, scheduled } from '#test/situation.ts';

test('tells title, people, severity, CVE, dates, drafts and what is late', () => {
  const known = incident(accepted, cve, field('title', 'A flaw'), scheduled(), ...ready('notice'), noticed, announcementSet);
  expect(summary(known, policy(), now).split('\n')).toEqual([
    'SRC-4F7K2M: A flaw',
    'Stage: announcing, open for 1 day',
    'Incident commander: lead (on call, not confirmed)',
    'Fix lead: nobody',
    'Severity: not rated',
    'CVE: CVE-1900-0001',
    'Public date: 2026-03-16 16:00 UTC',
    'Draft notice: aaaaaaaa, approved by second',
    'Notice: released 2026-03-02 13:07 UTC to 2 distributors',
    'Announcement: leaves 2026-03-16 16:00 UTC',
    'Due 2026-03-03 13:01 UTC (in 1 hour 1 minute): Nobody leads the fix yet.',
    'Due 2026-03-16 16:00 UTC (in 13 days 4 hours): The announcement leaves at 2026-03-16 16:00 UTC.',
    'Due 2026-05-31 12:00 UTC (in 89 days): This team keeps an embargo for 90 days at most.',
  ]);
});

test('what is late says so, and moments are shown in the zone of the team too', () => {
  const lines = summary(incident(), policy({ zone: 'Europe/Berlin' }), new Date('2026-03-06T12:00:00Z'));
  expect(lines).toContain('Due 2026-03-05 12:00 UTC (13:00 Europe/Berlin) (LATE by 1 day): The report awaits a verdict.');
});

test('a severity is told with its score and its reason (S1-69)', () => {
  expect(
    severityWords(incident({ type: 'severity-set', by: 'lead', level: 'medium', vector: 'CVSS:3.1/x', score: 9.8, because: 'only local' })),
  ).toBe('medium (CVSS 9.8, CVSS:3.1/x) because only local');
  expect(severityWords(incident())).toBe('not rated');
});
