// What the fix team and the administrator may know, when: from the invitation on, nothing older, nothing after they were taken out.
import { expect, test } from 'vitest';
import { type Disclosure, withheld } from '#incident/embargo.ts';
import type { Event } from '#incident/event.ts';
import { incident, now, roster } from '#test/situation.ts';
import { after, before } from '#time.ts';

const people = roster({
  members: [
    ...roster().members,
    ...['engineer', 'tester'].map((handle) => ({ handle, name: handle, addresses: [`${handle}@example.com`], roles: ['engineer'] })),
  ],
  administrator: { name: 'Access Desk', address: 'administrator@example.com' },
});
const invited: Event = { type: 'fix-team-invited', by: 'lead', people: ['engineer'] };
const left: Event = { type: 'fix-team-left', by: 'lead', person: 'engineer', because: 'x' };
const engineer: Disclosure = { audience: 'fix-team', who: 'engineer', address: 'engineer@example.com', contents: true };
const since = incident(invited).fixTeam[0]?.since ?? now;

test.each([
  ['somebody invited', engineer, incident(invited), undefined],
  ['somebody invited, with what is as old as the invitation', { ...engineer, writtenAt: since }, incident(invited), undefined],
  [
    'somebody invited, with what is older',
    { ...engineer, writtenAt: before(since, '1s') },
    incident(invited),
    'it is older than the invitation of engineer',
  ],
  ['somebody on file who was not invited', engineer, incident(), 'engineer is not on the fix team of this incident'],
  [
    'another on file',
    { ...engineer, who: 'tester', address: 'tester@example.com' },
    incident(invited),
    'tester is not on the fix team of this incident',
  ],
  ['somebody who was taken out', engineer, incident(invited, left), 'engineer is not on the fix team of this incident'],
  [
    'somebody taken out, in answer to a command',
    { ...engineer, answers: true },
    incident(invited, left),
    'engineer is not on the fix team of this incident',
  ],
  ['somebody taken out, without contents', { ...engineer, contents: false }, incident(invited, left), undefined],
  [
    'somebody under another address',
    { ...engineer, address: 'engineer@example.net' },
    incident(invited),
    'engineer is not on the roster under this address',
  ],
  [
    'somebody who left the roster',
    { ...engineer, who: 'gone' },
    incident({ ...invited, people: ['gone'] } as Event),
    'gone is not on the roster under this address',
  ],
  ['an engineer, of no incident', engineer, undefined, 'there is no incident'],
  ['an engineer, in answer to a command of no incident', { ...engineer, answers: true }, undefined, undefined],
  [
    'an engineer who claims the team',
    { ...engineer, audience: 'team' as const },
    incident(invited),
    'engineer no longer belongs to the audience team',
  ],
] as const)('the fix team: %s (S1-55)', (_, disclosure, known, why) => {
  expect(withheld(disclosure, known, people, now)).toBe(why);
});

test('whoever comes back after they were taken out gets what is newer than the second invitation only (S1-55)', () => {
  const back = incident(invited, left, invited);
  const again = back.fixTeam[0]?.since ?? now;
  expect(again > since).toBe(true);
  expect(withheld({ ...engineer, writtenAt: after(since, '1s') }, back, people, now)).toBe('it is older than the invitation of engineer');
  expect(withheld({ ...engineer, writtenAt: again }, back, people, now)).toBeUndefined();
});

test('the administrator hears of requests, and of nothing before the first (S1-40)', () => {
  const desk: Disclosure = { audience: 'administrator', who: 'administrator', address: 'administrator@example.com', contents: true };
  const asked = incident({ type: 'access-requested', by: 'lead', number: 1, what: 'grant', person: 'engineer' });
  expect(withheld(desk, asked, people, now)).toBeUndefined();
  expect(withheld(desk, incident(invited), people, now)).toBe('nothing was requested of the administrator');
  expect(withheld(desk, undefined, people, now)).toBe('nothing was requested of the administrator');
  expect(withheld({ ...desk, address: 'other@example.com' }, asked, people, now)).toBe('the address is not the administrator on file');
  expect(withheld(desk, asked, roster(), now)).toBe('the address is not the administrator on file');
});
