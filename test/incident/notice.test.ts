// Whom a notice still goes to.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { awaitsNotice } from '#incident/notice.ts';
import { accepted, incident, noticed, roster, scheduled } from '#test/situation.ts';

const missed = (to: string): Event => ({ type: 'letter-failed', letter: 'x', kind: 'notice', to, how: 'unsealable' });
const ids = (mark: string, ...events: readonly Event[]) =>
  awaitsNotice(incident(accepted, scheduled(), ...events), mark, roster()).map(({ id }) => id);

test('at first everybody on the list, and everybody again for another text', () => {
  expect(ids('aaaaaaaa')).toEqual(roster().distributors.map(({ id }) => id));
  expect(ids('bbbbbbbb', noticed)).toEqual(roster().distributors.map(({ id }) => id));
});

test('afterwards only those it did not reach, until it reaches them (S1-86, C28)', () => {
  expect(ids('aaaaaaaa', noticed)).not.toContain('gamma');
  expect(ids('aaaaaaaa', noticed, missed('gamma'))).toContain('gamma');
  expect(ids('aaaaaaaa', noticed, missed('gamma'), { ...noticed, distributors: ['gamma'] } as Event)).not.toContain('gamma');
});

test('a failed letter of another kind says nothing about the notice', () => {
  expect(ids('aaaaaaaa', noticed, { ...missed('gamma'), kind: 'date-moved' } as Event)).not.toContain('gamma');
});
