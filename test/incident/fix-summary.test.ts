// What the fix team is told of where an incident stands.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { fixSummary, ratingWords } from '#incident/fix-summary.ts';
import { accepted, announced, incident, noticed, policy, scheduled } from '#test/situation.ts';

const invited: Event = { type: 'fix-team-invited', by: 'lead', people: ['engineer'] };
const rated: Event = { type: 'severity-set', by: 'lead', level: 'high', because: 'the reporter showed it to us' };
const steps = [{ key: 'reviewed', what: 'An LGTM', owner: 'fix-team' as const, phase: 'fix' as const, eachBranch: false }];

test('has their work and the dates (S1-55)', () => {
  expect(fixSummary(incident(accepted, invited, scheduled(), rated), policy({ steps }))).toBe(
    [
      'SRC-4F7K2M: path traversal',
      'Fix lead: nobody yet',
      'Severity: high',
      'CVE: none',
      'Fix: not ready',
      'Public date: 2026-03-16 16:00 UTC',
      'Fix team: engineer',
      'Open: An LGTM (/done reviewed)',
    ].join('\n'),
  );
});

test('has nothing of the reporter, the distributors and the reasons among the team (S1-55)', () => {
  const told = fixSummary(incident(accepted, invited, rated, noticed), policy());
  expect(told).not.toMatch(/reporter|acme|gamma|showed/);
  expect(ratingWords(incident())).toBe('not rated');
});

test('says that the fix is ready, and that all is public', () => {
  const ready: Event = { type: 'fix-ready', by: 'engineer', what: 'mitigation' };
  const told = fixSummary(incident(accepted, invited, ready, announced), policy());
  expect(told).toContain('Fix: the mitigation is ready since 2026-03-02 13:03 UTC');
  expect(told).toContain('Public date: announced 2026-03-02 13:04 UTC');
});
