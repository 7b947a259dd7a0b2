// Leave that empties a week, a part or the turns to lead, and words that a part cannot own.
import { expect, test } from 'vitest';
import { ofPeople } from '#config/sense-people.ts';
import { policy, roster } from '#test/situation.ts';

const leave = (...days: [string, string][]) => days.map(([from, to]) => ({ from, to }));
const people = (away: Record<string, { from: string; to: string }[]>) =>
  ['lead', 'second', 'third'].map((handle) => ({ handle, name: handle, addresses: [`${handle}@example.org`], leave: away[handle] ?? [] }));
const said = (away: Record<string, { from: string; to: string }[]>, bent: { policy?: object; roster?: object; now?: string } = {}) =>
  ofPeople(
    policy({ parts: { lead: 'none' }, ...bent.policy }),
    roster({ members: people(away), oncall: { from: '2026-03-02', order: ['lead', 'second'] }, ...bent.roster }),
    new Date(bent.now ?? '2026-03-01T00:00:00Z'),
  );

test('leave that leaves nobody on call is said with its days (S1-24)', () => {
  expect(said({ lead: leave(['2026-03-05', '2026-03-12']), second: leave(['2026-03-10', '2026-03-20']) })).toEqual([
    'nobody is on call from 2026-03-10 to 2026-03-12: lead, second are all on leave.',
  ]);
  expect(said({ lead: leave(['2026-03-05', '2026-03-10']), second: leave(['2026-03-10', '2026-03-20']) })).toEqual([
    'nobody is on call on 2026-03-10: lead, second are all on leave.',
  ]);
});

test('leave that somebody stands in for, and leave that is over, is nobody’s trouble', () => {
  expect(said({ lead: leave(['2026-03-05', '2026-03-12']), second: leave(['2026-03-13', '2026-03-20']) })).toEqual([]);
  const both = { lead: leave(['2026-03-05', '2026-03-12']), second: leave(['2026-03-05', '2026-03-12']) };
  expect(said(both, { now: '2026-03-13T00:00:00Z' })).toEqual([]);
  expect(said(both, { now: '2026-03-12T00:00:00Z' })).toHaveLength(1);
});

test('two leaves one after the other make one stretch', () => {
  const lead = leave(['2026-03-05', '2026-03-07'], ['2026-03-08', '2026-03-10']);
  expect(said({ lead, second: leave(['2026-03-01', '2026-03-20']) })).toEqual([
    'nobody is on call from 2026-03-05 to 2026-03-10: lead, second are all on leave.',
  ]);
});

test('two overlapping leaves that empty a part are said (S2-42)', () => {
  const parts = { lead: 'none', commander: 'none', standing: { build: { title: 'Build', duties: 'Tests.', by: 'queue' } } };
  const away = { second: leave(['2026-03-05', '2026-03-12']), third: leave(['2026-03-11', '2026-03-20']) };
  expect(said(away, { policy: { parts }, roster: { parts: { build: { order: ['second', 'third'] } } } })).toEqual([
    'nobody is there for the part "build" from 2026-03-11 to 2026-03-12: second, third are all on leave.',
    'no part of the roster has lead: every member of this process has at least one.',
  ]);
});

test('a member without any part is said (S2-21)', () => {
  const parts = { lead: 'none', commander: 'none', standing: { build: { title: 'Build', duties: 'Tests.', by: 'queue' } } };
  const turns = (...order: string[]) => ({ policy: { parts }, roster: { parts: { build: { order } } } });
  expect(said({}, turns('second', 'third'))).toEqual(['no part of the roster has lead: every member of this process has at least one.']);
  expect(said({}, turns('second', 'third', 'lead'))).toEqual([]);
});

test('leave of all members is said for the lead too (S1-48)', () => {
  const all = leave(['2026-12-24', '2026-12-26']);
  expect(said({ lead: all, second: all, third: all }, { policy: { parts: { commander: 'none' } } })).toEqual([
    'nobody is there to lead from 2026-12-24 to 2026-12-26: lead, second, third are all on leave.',
  ]);
});

test('leave that does not end hangs nobody', () => {
  const ever = leave(['2026-03-05', '9999-12-31']);
  expect(said({ lead: ever, second: ever })[0]).toContain('nobody is on call from 2026-03-05 to 2037-');
});

test('what a part owns must mean something, and be owned once', () => {
  const standing = {
    triage: { title: 'Triage', duties: 'Sorts.', owns: ['triage', 'triag', 'merge'] },
    build: { title: 'Build', duties: 'Tests.', owns: ['triage', 'draft'] },
  };
  expect(said({}, { policy: { parts: { lead: 'none', standing } } })).toEqual([
    'the part "triage" owns "triag", which is no reminder and no step: it changes nothing.',
    'the parts "triage" and "build" both own "triage": only the first is reminded.',
  ]);
});
