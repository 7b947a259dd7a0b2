// What a draft is made from: the incident as it stands, and for the look back its journal, without blame and without leaks.
import { expect, test } from 'vitest';
import type { DraftKind, Event } from '#incident/event.ts';
import { draftFacts } from '#letter/drafting.ts';
import { letterOfKind } from '#letter/list.ts';
import { accepted, announced, cve, field, incident, journal, noticed, now, policy, reported, roster, scheduled } from '#test/situation.ts';

const facts = (kind: DraftKind, ...events: Event[]) => {
  const found = draftFacts(kind, {
    incident: incident(...events),
    recorded: journal(...events),
    policy: policy(),
    roster: roster(),
    contact: 'security@example.org',
    now,
  });
  expect(letterOfKind(kind)?.facts.safeParse(found).success).toBe(true);
  return found as Record<string, unknown>;
};
const known = [accepted, cve, scheduled(), field('title', 'A flaw'), field('impact', 'Much')];

test('a notice says until when, what is known, and what is to follow (S1-78, S1-81)', () => {
  expect(facts('notice', ...known, field('affected', '1.31'))).toMatchObject({
    title: 'A flaw',
    cve: 'CVE-1900-0001',
    embargoEnds: '2026-03-16T16:00:00.000Z',
    impact: 'Much',
    affected: '1.31',
    toFollow: ['fixed versions', 'patches', 'mitigation'],
  });
});

test('patches that go along are named in the notice, and not told to follow (S1-79, S1-81)', () => {
  const found = facts('notice', ...known, {
    type: 'patches-attached',
    by: 'lead',
    message: 'm',
    names: ['webhook.patch'],
    branch: 'release-1.31',
  } as Event);
  expect(found).toMatchObject({ patches: 'Attached: webhook.patch (release-1.31).' });
  expect(found.toFollow).not.toContain('patches');
});

test('a retrospective calls a reminded step by its word, not by the key of its deadline (S1-101)', () => {
  const found = facts(
    'retrospective',
    accepted,
    { type: 'reminded', deadline: 'step:binaries', level: 1, to: ['lead'] } as Event,
    announced,
  );
  expect(JSON.stringify(found.timeline)).toContain('A reminder of \\"binaries\\" went out.');
});

test('an announcement says the public moment and nothing of who reported (S1-95)', () => {
  const found = facts(
    'announcement',
    ...known,
    field('mitigation', 'Upgrade.'),
    field('references', 'https://example.org/a\n\nhttps://example.org/b'),
  );
  expect(found).toMatchObject({
    publishedAt: '2026-03-16T16:00:00.000Z',
    mitigation: 'Upgrade.',
    references: ['https://example.org/a', 'https://example.org/b'],
  });
  expect(JSON.stringify(found)).not.toContain('reporter@example.net');
});

test('a retrospective tells the steps in order, by roles, with times of the journal (S1-100, S1-101)', () => {
  const found = facts('retrospective', accepted, { type: 'lead-chosen', by: 'lead', lead: 'third', how: 'named' }, announced);
  expect(found.timeline).toEqual([
    { at: '2026-03-02T12:00:00.000Z', text: 'Report received.' },
    { at: '2026-03-02T13:01:00.000Z', text: 'The incident commander accepted the report as a vulnerability.' },
    { at: '2026-03-02T13:02:00.000Z', text: 'The incident commander made a member fix lead.' },
    { at: '2026-03-02T13:03:00.000Z', text: 'Announced publicly on announce.' },
  ]);
  expect(found.people).toEqual([
    { role: 'incident commander', name: 'lead example' },
    { role: 'fix lead', name: 'third example' },
  ]);
});

test('a retrospective is public: notes, replies, and the way a report came stay inside', () => {
  const inside: Event[] = [
    { ...reported, via: 'a forward by SECRET' } as Event,
    { type: 'noted', by: 'lead', text: 'SECRET' },
    { type: 'replied', by: 'lead', text: 'SECRET', asks: false },
    { type: 'mail-joined', by: 'outsider', from: { address: 'SECRET', name: '' }, message: 'm', proof: 'none' },
    announced,
  ];
  expect(JSON.stringify(facts('retrospective', ...inside))).not.toContain('SECRET');
});

test('critiques come without names, and the reporter only where they are thanked (S1-100, S1-102)', () => {
  const found = facts(
    'retrospective',
    { type: 'critique-given', by: 'third', text: 'Too slow.' },
    field('credit', 'A. Finder\nof a company'),
    announced,
  );
  expect(found.critiques).toEqual(['Too slow.']);
  expect(found.people).toContainEqual({ role: 'thanks', name: 'A. Finder' });
});

test('says what came late and how long it took (S1-02)', () => {
  const found = facts('retrospective', accepted, cve, noticed, announced);
  expect(found.figures).toEqual([
    { name: 'from report to first answer of a person', value: '1 hour 1 minute' },
    { name: 'from report to verdict', value: '1 hour 1 minute' },
    { name: 'notice to distributors before publication', value: '1 minute' },
    { name: 'from report to publication', value: '1 hour 4 minutes' },
  ]);
  expect(found.late).toEqual([]);
});
