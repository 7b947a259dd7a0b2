// Who may know what, when: the one place that answers, asked again for each letter as it leaves.
import { expect, test } from 'vitest';
import { type Disclosure, withheld } from '#incident/embargo.ts';
import type { Event } from '#incident/event.ts';
import { audiences } from '#team/policy.ts';
import { announced, closed, incident, noticed, now, roster } from '#test/situation.ts';
import { before } from '#time.ts';

const to = (audience: Disclosure['audience'], who: string, address: string, contents = true): Disclosure => ({
  audience,
  who,
  address,
  contents,
});
const member = to('team', 'lead', 'lead@example.org');
const acme = to('distributors', 'acme', 'security@acme.example.net');
const list = to('public', 'announce', 'announce@lists.example.org');
const builder = to('release-managers', 'builder', 'builder@example.org');
const headsUp: Event = {
  type: 'heads-up-released',
  by: 'second',
  mark: 'aaaaaaaa',
  channels: ['announce'],
  publicAt: '2026-03-16T16:00:00.000Z',
};
const final: Event = { type: 'final-notice-released', mark: 'aaaaaaaa', publicAt: '2026-03-16T16:00:00.000Z', distributors: ['acme'] };
const people = [
  ...roster().members,
  { handle: 'builder', name: 'Builder', addresses: ['builder@example.org'], roles: ['release-manager' as const] },
];
const reporter = to('reporter', 'reporter', 'reporter@example.net');

test.each([
  ['a member', member, incident(), undefined],
  [
    'a member under another address',
    { ...member, address: 'lead@example.net' },
    incident(),
    'lead is not on the roster under this address',
  ],
  ['somebody who left the team', to('team', 'gone', 'gone@example.org'), incident(), 'gone is not on the roster under this address'],
  [
    'a member as release manager',
    to('release-managers', 'lead', 'lead@example.org'),
    incident(),
    'lead no longer belongs to the audience release-managers',
  ],
  ['the reporter', reporter, incident(), undefined],
  ['another reporter', { ...reporter, address: 'other@example.net' }, incident(), 'the incident has another reporter'],
  ['a distributor before the notice (S1-86)', acme, incident(), 'no notice was released to this distributor'],
  ['a distributor after the notice', acme, incident(noticed), undefined],
  [
    'a distributor of an older notice',
    acme,
    incident({ ...noticed, distributors: ['gamma'] } as never),
    'no notice was released to this distributor',
  ],
  ['a distributor who is told no contents', { ...acme, contents: false }, incident(), undefined],
  [
    'a distributor under another address',
    { ...acme, address: 'me@acme.example.net' },
    incident(noticed),
    'acme is not on the distributors list under this address',
  ],
  ['the public before the announcement', list, incident(noticed), 'the incident is not public yet'],
  ['a heads-up before it was released (S4-24)', { ...list, kind: 'heads-up' }, incident(noticed), 'no heads-up was released'],
  ['a heads-up once it was', { ...list, kind: 'heads-up' }, incident(headsUp), undefined],
  ['anything else after a heads-up (S4-24)', { ...list, kind: 'announcement' }, incident(headsUp), 'the incident is not public yet'],
  ['a retrospective after a heads-up', { ...list, kind: 'retrospective' }, incident(headsUp), 'the incident is not public yet'],
  ['the public text for a distributor of the final notice (S1-93)', { ...acme, kind: 'final-notice' }, incident(final), undefined],
  [
    'the notice for a distributor who has only the final one',
    { ...acme, kind: 'notice' },
    incident(final),
    'no notice was released to this distributor',
  ],
  ['a release manager whom nobody asked yet (S1-89)', builder, incident(), 'builder was not asked for anything in this incident yet'],
  ['a release manager once the time has come (S1-89)', builder, incident({ type: 'step-told', step: 'merge', to: ['builder'] }), undefined],
  ['the public of a closed and never announced incident', list, incident(closed), 'the incident is not public yet'],
  ['the public after it', list, incident(announced), undefined],
  ['a channel nobody named', to('public', 'blog', 'announce@lists.example.org'), incident(announced), 'blog is no channel of the roster'],
  [
    'a channel at another address',
    { ...list, address: 'users@lists.example.org' },
    incident(announced),
    'announce is no channel of the roster',
  ],
  ['a place to paste', to('public', 'chat', '#announcements'), incident(announced), 'chat is no channel of the roster'],
  ['the CNA', to('cna', 'cna', 'cna@example.org'), incident(), undefined],
  ['another CNA', to('cna', 'cna', 'cna@example.net'), incident(), 'the address is not the CNA on file'],
  ['the operator with contents', to('operator', 'operator', 'ops@example.org'), incident(), 'the operator is told no contents'],
] as const)('%s', (_, disclosure, known, why) => {
  expect(withheld(disclosure, known, roster({ members: people }), now)).toBe(why);
});

test('without an incident nobody outside is told any contents', () => {
  for (const audience of audiences.filter((one) => !['team', 'steering', 'release-managers', 'fix-team'].includes(one))) {
    expect(withheld(to(audience, 'acme', 'security@acme.example.net'), undefined, roster(), now), audience).toBeTypeOf('string');
  }
  expect(withheld(member, undefined, roster(), now)).toBeUndefined();
});

test('an announcement that is dated ahead of the clock is not public yet', () => {
  const known = incident(announced);
  expect(withheld(list, known, roster(), before(known.announcedAt ?? now, '1s'))).toBe('the incident is not public yet');
});

test('whoever left the roster or the list is not written to, whatever was released (S1-86)', () => {
  expect(withheld(acme, incident(noticed), roster({ distributors: [] }), now)).toBe(
    'acme is not on the distributors list under this address',
  );
  expect(withheld(list, incident(announced), roster({ channels: [], retrospective: [] }), now)).toBe(
    'announce is no channel of the roster',
  );
});
