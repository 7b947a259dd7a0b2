// Where it stands, in lines: what /status answers and a hand-off carries.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { severityWords, summary } from '#incident/summary.ts';
import { accepted, announced, announcementSet, cve, field, incident, noticed, now, policy, ready, scheduled } from '#test/situation.ts';

/** The lines without the dates that are due. */
const standing = (events: readonly Event[], rules = {}) =>
  summary(incident(...events), policy(rules), now)
    .split('\n')
    .filter((line) => !line.startsWith('Due '));

test('tells title, people, severity, CVE, dates and drafts; nothing that is not there', () => {
  expect(standing([accepted, cve, field('title', 'A flaw'), scheduled(), ...ready('notice'), noticed, announcementSet])).toEqual([
    'SRC-4F7K2M: A flaw',
    'Stage: announcing, open for 1 day',
    'Skipped: fix-ready',
    'Incident commander: lead (on call, not confirmed)',
    'Fix lead: nobody',
    'Severity: not rated',
    'CVE: CVE-1900-0001',
    'Public date: 2026-03-16 16:00 UTC',
    'Not done: reviewed',
    'Draft notice: aaaaaaaa, approved by second',
    'Notice: released 2026-03-02 13:07 UTC to 2 distributors',
    'Announcement: leaves 2026-03-16 16:00 UTC',
  ]);
});

test('tells parts, fix team, the fix, requests that are open, decisions with reasons, upstream and what it repeats', () => {
  const lines = standing(
    [
      { type: 'accepted', by: 'lead', priority: 'high' },
      { type: 'part-given', part: 'triage', to: 'second', how: 'week', by: 'embargod' },
      { type: 'fix-team-invited', by: 'lead', people: ['dev', 'rel'] },
      { type: 'access-requested', by: 'lead', number: 1, what: 'grant', person: 'dev' },
      { type: 'exposed', by: 'lead' },
      { type: 'decided', by: 'lead', what: 'slow', choice: 'yes', because: 'the risk is low' },
      { type: 'upstream-set', by: 'lead', at: '2026-03-10T16:00:00.000Z' },
      { type: 'fix-ready', by: 'lead', what: 'mitigation' },
    ],
    { parts: { standing: { triage: { title: 'Triage', duties: 'looks at reports', by: 'week' } } } },
  );
  expect(lines).toEqual(
    expect.arrayContaining([
      'Priority: high',
      'Triage: second (asked, not confirmed)',
      'Fix team: dev, rel',
      'Request 1: access for dev, open since 2026-03-02 13:04 UTC',
      'Public already: everything is due at once (ASAP)',
      'Decided: slow yes by lead, because the risk is low',
      'Upstream publishes: 2026-03-10 16:00 UTC',
      'Fix: the mitigation is ready since 2026-03-02 13:08 UTC, says lead',
    ]),
  );
});

test('tells what was said before and after the announcement, and no step of a phase to come', () => {
  const lines = standing([
    accepted,
    scheduled(),
    { type: 'heads-up-released', by: 'lead', mark: 'bbbbbbbb', channels: ['announce'], publicAt: '2026-03-16T16:00:00.000Z' },
    announcementSet,
    { type: 'final-notice-released', mark: 'aaaaaaaa', publicAt: '2026-03-16T16:00:00.000Z', distributors: ['acme'] },
    announced,
  ]);
  expect(lines).toEqual(
    expect.arrayContaining([
      'Heads-up: released 2026-03-02 13:03 UTC, naming 2026-03-16 16:00 UTC',
      'Final notice: released 2026-03-02 13:05 UTC to 1 distributor',
      'Announced: 2026-03-02 13:06 UTC',
      'Not done: tracking-issue',
    ]),
  );
  expect(lines.join('\n')).not.toContain('Announcement: leaves');
});

test('a process without commander and lead speaks of neither (S3-19)', () => {
  const text = standing([accepted], { parts: { commander: 'none', lead: 'none' } }).join('\n');
  expect(text).not.toContain('Fix lead');
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
