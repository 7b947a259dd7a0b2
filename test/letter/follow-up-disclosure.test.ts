// Which letters follow from telling, to whom, and what they carry.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import type { Letter } from '#letter/letter.ts';
import { lettersOf, whoGets } from '#test/letter/occasion.ts';
import { announced, announcementSet, cve, drafted, noticed, ready, scheduled } from '#test/situation.ts';

const headsUp = (more: object = {}): Event =>
  ({
    type: 'heads-up-released',
    by: 'second',
    mark: 'aaaaaaaa',
    channels: ['announce'],
    publicAt: '2026-03-16T16:00:00.000Z',
    ...more,
  }) as Event;
const final = (more: object = {}): Event =>
  ({
    type: 'final-notice-released',
    mark: 'aaaaaaaa',
    publicAt: '2026-03-16T16:00:00.000Z',
    distributors: ['acme', 'gamma'],
    ...more,
  }) as Event;
const manager = { handle: 'builder', name: 'Builder', addresses: ['builder@example.org'], roles: ['release-manager'] };
const lead = { handle: 'lead', name: 'Lead', addresses: ['lead@example.org'] };
const people = { roster: { members: [lead, manager], oncall: undefined } };

test('a heads-up goes to each channel as it was approved, and to the lead to paste (S4-24, S4-44)', () => {
  const letters = lettersOf([scheduled(), ...ready('heads-up'), headsUp()]);
  expect(whoGets(letters)).toEqual(['heads-up to announce', 'paste to lead']);
  expect(letters[0]).toMatchObject({ audience: 'public', seal: 'never', draft: 'aaaaaaaa', facts: {}, publicThread: 'begins' });
  expect(letters[1]?.facts).toMatchObject({ what: 'heads-up', text: 'the text of the heads-up\n' });
});

test('what is said on a channel later answers what was said first (S1-71, S4-24)', () => {
  const before = [scheduled(), ...ready('heads-up'), ...ready('announcement')];
  const threadOf = (...events: Event[]) => lettersOf([...before, ...events]).find(({ to }) => to.who === 'announce')?.publicThread;
  expect(threadOf(announced)).toBe('begins');
  expect(threadOf(headsUp(), announced)).toBe('answers');
  expect(threadOf(headsUp(), headsUp({ corrects: true }))).toBe('answers');
  expect(threadOf(announced, { type: 'announcement-updated', by: 'second', mark: 'aaaaaaaa', channels: ['announce'] })).toBe('answers');
});

test('release managers who were told of a step are asked for their critique too, once, and nobody who was told nothing (S1-103, S2-69o)', () => {
  const told: Event = { type: 'step-told', step: 'merge', to: ['builder'] };
  const asked = (events: Event[], more: object = {}) =>
    lettersOf([scheduled(), ...ready('announcement'), ...events, announced], { roster: { members: [lead, { ...manager, ...more }] } })
      .filter(({ kind, to }) => kind === 'critique-wanted' && to.who === 'builder')
      .map(({ audience }) => audience);
  expect(asked([told])).toEqual(['release-managers']);
  expect(asked([])).toEqual([]);
  expect(asked([told, { type: 'fix-team-invited', by: 'lead', people: ['builder'] }])).toEqual(['fix-team']);
  expect(asked([told], { roles: ['release-manager', 'member'] })).toEqual(['team']);
  expect(asked([told], { roles: ['engineer'] })).toEqual([]);
});

test('an update goes to the channels alone: no second resolution, no second call for critique', () => {
  const updated: Event = { type: 'announcement-updated', by: 'second', mark: 'aaaaaaaa', channels: ['announce'] };
  expect(whoGets(lettersOf([scheduled(), ...ready('announcement'), announced, updated]))).toEqual([
    'announcement to announce',
    'paste to lead',
  ]);
});

test('the final notice has the public text and its moment, sealed, one letter for each (S1-86, S1-94)', () => {
  const letters = lettersOf([scheduled(), noticed, ...ready('announcement'), announcementSet, final()]);
  expect(whoGets(letters)).toEqual(['final-notice to acme', 'final-notice to gamma']);
  expect(letters[0]).toMatchObject({
    audience: 'distributors',
    seal: 'must',
    facts: { publicAt: '2026-03-16T16:00:00.000Z', subject: 'the announcement', text: 'the text of the announcement\n', correction: false },
  });
  const again = lettersOf([scheduled(), ...ready('announcement'), announcementSet, final({ corrects: true })]);
  expect(again[0]?.facts).toMatchObject({ correction: true });
});

test('a notice carries the files that were approved with it, byte for byte from the mail they came with (S1-79, S2-69e)', () => {
  const draft = { ...drafted('notice'), carries: ['mail-7'] } as Event;
  const letters = lettersOf([scheduled(), draft, noticed]);
  expect(letters.map(({ carries }) => carries)).toEqual([['mail-7'], ['mail-7']]);
  expect(lettersOf([scheduled(), drafted('notice'), noticed])[0]?.carries).toBeUndefined();
});

test('a moved date goes to everybody who plans by the old one: by notice, by final notice, in the fix team (S1-50)', () => {
  // The team hears of every date (test/letter/public-date.test.ts).
  const outside = (letters: readonly Letter[]) => whoGets(letters.filter(({ audience }) => audience !== 'team'));
  const few = { ...noticed, distributors: ['acme'] } as Event;
  const moved = scheduled('2026-03-18T16:00:00.000Z');
  expect(outside(lettersOf([scheduled(), few, moved]))).toEqual(['date-moved to acme']);
  expect(outside(lettersOf([scheduled(), few, final(), moved]))).toEqual(['date-moved to acme', 'date-moved to gamma']);
  const engineer = { handle: 'engineer', name: 'Engineer', addresses: ['engineer@example.net'], roles: ['engineer'] };
  const invited: Event = { type: 'fix-team-invited', by: 'lead', people: ['engineer'] };
  const letters = lettersOf([scheduled(), invited, moved], { roster: { members: [lead, engineer], oncall: undefined } });
  expect(outside(letters)).toEqual(['date-moved to engineer']);
  expect(letters.find(({ kind }) => kind === 'date-moved')).toMatchObject({
    audience: 'fix-team',
    facts: { reader: 'fix-team', first: false },
  });
  const set = lettersOf([invited, scheduled()], { roster: { members: [lead, engineer], oncall: undefined } });
  expect(set.find(({ kind }) => kind === 'date-moved')).toMatchObject({ facts: { reader: 'fix-team', first: true } });
  expect(outside(lettersOf([scheduled()]))).toEqual([]);
});

test('an id goes to the reporter, whoever recorded it (S2-63)', () => {
  expect(whoGets(lettersOf([cve]))).toEqual(['cve-assigned to reporter']);
});

test('the authority hears that an id is given up', () => {
  const letters = lettersOf([cve, { type: 'cve-rejected', by: 'lead', cve: 'CVE-1900-0001', because: 'a duplicate' }]);
  expect(whoGets(letters)).toEqual(['cve-rejected to cna']);
  expect(letters[0]?.facts).toEqual({ id: 'SRC-4F7K2M', cve: 'CVE-1900-0001', because: 'a duplicate' });
});

test('a step goes to those whose it is, as their audience (S1-89, S3-36, S4-48)', () => {
  const letters = lettersOf([scheduled(), { type: 'step-told', step: 'merge', to: ['builder'] }], people);
  expect(letters.map(({ audience, seal, to }) => [audience, seal, to.who])).toEqual([['release-managers', 'must', 'builder']]);
  expect(letters[0]?.facts).toMatchObject({ others: ['All binaries are built, publicly available and work'] });
  expect(letters[0]?.facts.commands).toEqual(['/done merge', '/done binaries'].map((line) => ({ line, help: 'it is done' })));
  const fallback = lettersOf([scheduled(), { type: 'step-told', step: 'merge', to: ['lead'] }], people);
  expect(fallback.map(({ audience }) => audience)).toEqual(['team']);
});
