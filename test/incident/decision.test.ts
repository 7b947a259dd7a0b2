// What of its course an incident shows, and what a process makes of its severity.
import { expect, test } from 'vitest';
import { courseLines, isPosted, known, nextRelease, usualRelease } from '#incident/decision.ts';
import type { Event } from '#incident/event.ts';
import { summary } from '#incident/summary.ts';
import { accepted, idOf, incident, now, policy } from '#test/situation.ts';
import { inUtc } from '#time.ts';

const exposed = { type: 'exposed', by: 'lead' } as const;

test('/status says at every open step that it is due ASAP, and why (S1-51)', () => {
  const lines = summary(incident(accepted, exposed), policy(), now).split('\n');
  expect(lines).toContain('Public already: everything is due at once (ASAP)');
  const due = lines.filter((line) => line.startsWith('Due '));
  const asap = due.filter((line) => line.startsWith('Due ASAP, since '));
  expect(asap.length).toBeGreaterThan(3);
  // Nobody is late with what became urgent a moment ago.
  for (const line of asap) expect(line).not.toContain('LATE');
  expect(lines).toContain('Not done, due ASAP: reviewed');
  // What comes later all the same, such as the end of somebody's turn, has its own date.
  for (const line of due) expect(line.includes('(in ')).toBe(!asap.includes(line));
  const agreed = incident(
    accepted,
    exposed,
    { type: 'privacy-asked', by: 'lead' },
    { type: 'privacy-answered', by: 'reporter', answer: 'yes' },
  );
  expect(summary(agreed, policy(), now)).not.toContain('Due ASAP');
});

test('/status shows decisions with their reason, the classification, upstream, remediation and duplicates (S1-61, S3-24, S2-60)', () => {
  const lines = courseLines(
    incident(
      { type: 'accepted', by: 'lead', priority: 'high' },
      { type: 'decided', by: 'lead', what: 'slow', choice: 'yes', because: 'holidays' },
      { type: 'classified', by: 'lead', scope: 'server', effect: 'denial', actor: 'anonymous', circumstances: [], level: 'high' },
      { type: 'upstream-set', by: 'lead', at: '2026-03-20T16:00:00.000Z' },
      { type: 'field-set', by: 'lead', field: 'mitigation', text: 'Switch it off.\nThen wait.' },
      { type: 'repeated', by: 'lead', in: idOf('SRC-1A1A1A') },
      { type: 'repeated', by: 'lead', in: idOf('SRC-1A1A1A') },
    ),
    policy(),
    inUtc,
  );
  expect(lines).toEqual([
    'Priority: high',
    'Decided: slow yes by lead, because holidays',
    'Upstream publishes: 2026-03-20 16:00 UTC',
    'Classified: server, denial, anonymous: high',
    'Remediation, mitigation: Switch it off.',
    'Repeated in: SRC-1A1A1A',
  ]);
});

test('the catalogue rates provisionally until somebody does, and a provisional rating says so (S2-62, S4-19)', () => {
  const classified = { type: 'classified', by: 'lead', scope: 'server', effect: 'denial', circumstances: [], level: 'high' } as const;
  const severity = (...events: readonly Event[]) => summary(incident(...events), policy(), now);
  expect(severity(accepted, classified)).toContain('Severity: high by the catalogue, provisionally');
  expect(severity(accepted, classified)).toContain('The severity is not rated yet');
  const quick = { type: 'severity-set', by: 'lead', level: 'medium', provisional: true } as const;
  expect(severity(accepted, classified, quick)).toContain('Severity: medium, provisionally');
  expect(severity(accepted, classified, quick)).toContain('The severity is only provisional');
  const rated = severity(accepted, classified, quick, { type: 'severity-set', by: 'lead', level: 'low', because: 'so' });
  expect(rated).toContain('Severity: low because so');
  expect(rated).not.toContain('provisional');
});

test('the next patch release is today or later, whatever the order of the days (S1-68)', () => {
  expect(nextRelease(['2026-04-15', '2026-02-11', '2026-03-03'], now)).toBe('2026-03-03');
  expect(nextRelease(['2026-02-11'], now)).toBeUndefined();
  expect(usualRelease(incident(accepted), policy(), now)).toBeUndefined();
});

test('each process knows its own decisions, and says which are posted (S1-62, S3-27)', () => {
  expect(known(policy({ extends: 'kubernetes-pst' }))).toEqual(['slow', 'distributors', 'breach']);
  expect(isPosted('slow', policy())).toBe(true);
  expect(isPosted('slow', policy({ extends: 'karmada' }))).toBe(false);
});
