// Stages that an incident went past, with the reason for it (S3-17).
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { skipped } from '#incident/skipped.ts';
import { accepted, announced, announcementSet, closed, cve, incident, journal, noticed, policy, reviewed } from '#test/situation.ts';

const asked: Event = {
  type: 'confirmation-asked',
  by: 'lead',
  action: { act: 'notify', mark: 'aaaaaaaa' },
  expires: '2026-03-04T12:00:00.000Z',
  codes: [],
  because: 'they need the time',
};
const fixReady: Event = { type: 'fix-ready', by: 'lead', what: 'fix' };
const finalNotice: Event = {
  type: 'final-notice-released',
  mark: 'aaaaaaaa',
  publicAt: '2026-03-16T16:00:00.000Z',
  distributors: ['acme'],
};
const past = (...events: Event[]) => skipped(incident(...events), policy(), journal(...events));

test('an incident that takes every stage has skipped none', () => {
  expect(past(accepted, fixReady, cve, noticed, announcementSet, finalNotice, announced, reviewed, closed)).toEqual([]);
});

test('a notice before the fix is ready went past it, for the reason that was given (S3-17, S1-49)', () => {
  expect(past(accepted, cve, asked, noticed)).toEqual([{ stage: 'fix-ready', because: 'they need the time' }]);
});

test('whoever closes early went past what was left, for the reason of the close', () => {
  const early: Event = { type: 'closed', by: 'lead', because: 'it is no flaw' };
  expect(past(accepted, early).map(({ stage, because }) => `${stage}: ${because}`)).toEqual([
    'fix-ready: it is no flaw',
    'announced: it is no flaw',
    'retrospective: it is no flaw',
  ]);
});

test('a notice that is owed and was not given is skipped; one that is not owed is none', () => {
  expect(past(accepted, cve, fixReady, announcementSet).map(({ stage }) => stage)).toEqual(['notified']);
  expect(past(accepted, fixReady, announcementSet)).toEqual([]);
});

test('a declined report skips nothing', () => {
  expect(past({ type: 'declined', by: 'lead', class: 'out-of-scope' }, closed)).toEqual([]);
});
