// What a draft is made from: the incident as it stands, and for the look back its journal, without blame and without leaks.
import { expect, test } from 'vitest';
import { decisionKinds } from '#incident/course.ts';
import { choices } from '#incident/decision.ts';
import type { DraftKind, Event } from '#incident/event.ts';
import { incidentOf } from '#incident/incident.ts';
import { draftFacts } from '#letter/drafting.ts';
import { letterOfKind } from '#letter/list.ts';
import { lookingBack } from '#letter/looking-back.ts';
import { decisionWords } from '#letter/retelling.ts';
import {
  accepted,
  announced,
  cve,
  field,
  id,
  incident,
  journal,
  noticed,
  now,
  policy,
  ready,
  reported,
  roster,
  scheduled,
  stepDone,
} from '#test/situation.ts';

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
/** The sentences of the look back after these events. */
const timelineOf = (...events: Event[]) => (facts('retrospective', ...events).timeline as { text: string }[]).map(({ text }) => text);
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

test('an announcement says how to tell whether one is affected, where the team wrote it', () => {
  expect(facts('announcement', ...known, field('conditions', 'You import archives of others.'))).toMatchObject({
    conditions: 'You import archives of others.',
  });
  expect(facts('announcement', ...known)).not.toHaveProperty('conditions');
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
    { at: '2026-03-02T13:03:00.000Z', text: 'Announced publicly.' },
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

test('a retrospective tells the course and its decisions with their reasons, in words that nobody must look up (S1-61, S1-66, S1-101)', () => {
  const told = timelineOf(
    accepted,
    { type: 'lead-chosen', by: 'lead', lead: 'third', how: 'named' },
    { type: 'decided', by: 'third', what: 'slow', choice: 'yes', because: 'the holidays begin.', against: 'Rate it: /severity <vector>.' },
    { type: 'decided', by: 'third', what: 'sensitivity', choice: 'low', because: 'it needs an account' },
    { type: 'fix-team-invited', by: 'third', people: ['dev', 'rel'] },
    { type: 'fix-ready', by: 'dev', what: 'fix' },
    stepDone('merge', 'release-1.2'),
    {
      type: 'confirmation-asked',
      by: 'third',
      action: { act: 'notify', mark: 'aaaaaaaa' },
      codes: [],
      expires: 'x',
      because: 'it is exploited',
    },
    noticed,
    { type: 'announcement-updated', by: 'third', mark: 'aaaaaaaa', channels: ['announce'] },
  );
  expect(told.slice(3)).toEqual([
    'The fix lead decided to go slower than usual because the holidays begin. The process advises otherwise.',
    'The fix lead decided to treat it as of low sensitivity because it needs an account.',
    'The fix lead invited 2 people to the fix team.',
    'Somebody outside said that the fix is ready.',
    expect.stringMatching(/^Release step done on release-1\.2: "Merge the pull requests/),
    'Notice released to 2 distributors. The process advises otherwise; it was done because it is exploited.',
    'The fix lead updated the announcement.',
  ]);
});

test('a retrospective has no reminders, no marks of drafts, no codes and no commands in it (S1-100)', () => {
  const inside: Event[] = [
    { type: 'reminded', deadline: 'step:binaries', level: 1, to: ['lead'] } as Event,
    ...ready('notice'),
    { type: 'heads-up-released', by: 'lead', mark: 'aaaaaaaa', channels: ['announce'], publicAt: '2026-03-16T16:00:00.000Z' },
    { type: 'final-notice-released', mark: 'aaaaaaaa', publicAt: '2026-03-16T16:00:00.000Z', distributors: ['acme'] },
    { type: 'cancelled', by: 'lead', what: 'confirmation' },
    { type: 'part-given', part: 'triage', to: 'second', how: 'week', by: 'embargod' },
    { type: 'access-requested', by: 'lead', number: 1, what: 'grant', person: 'third' },
  ];
  const told = timelineOf(...inside);
  expect(told).toEqual([
    'Report received.',
    'The incident commander released the public heads-up.',
    'Final notice to the distributors: the public text, for 2026-03-16 16:00 UTC.',
  ]);
});

test('of many words to the reporter a retrospective tells the first', () => {
  const replied: Event = { type: 'replied', by: 'lead', text: 'SECRET', asks: false };
  expect(timelineOf(replied, replied)).toEqual(['Report received.', 'The incident commander wrote to the reporter.']);
});

test('every decision has public words for everything it can end in', () => {
  for (const what of decisionKinds)
    for (const choice of choices[what]) expect(decisionWords(what, choice), what).toMatch(/^(?:not )?to [a-z ]+$/);
});

test('late is what came after a date that could still be met, not what moved before or was past when it was set (S1-02, S1-77)', () => {
  const at = (day: string, event: Event): [string, Event] => [`2026-03-${day}T12:00:00.000Z`, event];
  const late = (...events: [string, Event][]) => {
    const recorded = [at('02', reported), ...events].map(([when, event], index) => ({ number: index + 1, at: new Date(when), event }));
    const known = incidentOf(id, recorded);
    if (!known) throw new Error('no incident');
    return lookingBack({ incident: known, recorded, policy: policy(), roster: roster(), now }).late.filter((line) =>
      line.includes('notice'),
    );
  };
  const before = [at('02', accepted), at('02', cve)];
  const set = at('03', scheduled('2026-03-16T16:00:00.000Z'));
  expect(late(...before, set, at('09', noticed))).toEqual([]);
  expect(late(...before, set, at('11', noticed))).toEqual(['The notice to the distributors: 1 day 20 hours after its date.']);
  // Overdue, but then the public date moved: the distributors had their seven days.
  expect(late(...before, set, at('11', scheduled('2026-03-24T16:00:00.000Z')), at('12', noticed))).toEqual([]);
  // A date so near that nobody could keep the window: that is the decision, and it has its reason.
  expect(late(...before, at('10', scheduled('2026-03-12T16:00:00.000Z')), at('10', noticed))).toEqual([]);
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
