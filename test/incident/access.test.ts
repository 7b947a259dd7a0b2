// Access as requests: who holds it, what is open, and what the daemon asks for by itself on the day of release.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accessAdvice, holdersOfAccess, neverAskedToLeave, openRequests, requested, withoutRemoval } from '#incident/access.ts';
import { actOf } from '#incident/act.ts';
import { deadlinesOf } from '#incident/deadline.ts';
import type { Event } from '#incident/event.ts';
import { accepted, announced, incident, now, policy, roster } from '#test/situation.ts';

const invited: Event = { type: 'fix-team-invited', by: 'lead', people: ['engineer', 'tester'] };
const asked = (number: number, person: string, what: 'grant' | 'remove' = 'grant', by = 'lead'): Event => ({
  type: 'access-requested',
  by,
  number,
  what,
  person,
});
const answer = (number: number, how: 'done' | 'refused' = 'done'): Event => ({ type: 'access-answered', by: 'administrator', number, how });

test.each([
  ['nobody asked', [], [], []],
  ['an open grant', [asked(1, 'engineer')], [], ['engineer']],
  ['a grant that is done', [asked(1, 'engineer'), answer(1)], ['engineer'], ['engineer']],
  ['a grant that was refused', [asked(1, 'engineer'), answer(1, 'refused')], [], []],
  ['an open removal', [asked(1, 'engineer'), answer(1), asked(2, 'engineer', 'remove')], ['engineer'], []],
  ['a removal that is done', [asked(1, 'engineer'), answer(1), asked(2, 'engineer', 'remove'), answer(2)], [], []],
  ['a removal that was refused', [asked(1, 'engineer'), answer(1), asked(2, 'engineer', 'remove'), answer(2, 'refused')], ['engineer'], []],
  [
    'granted again',
    [asked(1, 'engineer'), answer(1), asked(2, 'engineer', 'remove'), answer(2), asked(3, 'engineer'), answer(3)],
    ['engineer'],
    ['engineer'],
  ],
] as const)('%s: who holds access, and whose removal nobody has asked for (S1-57, S1-92)', (_, events, held, unasked) => {
  const known = incident(accepted, invited, ...events);
  expect(holdersOfAccess(known)).toEqual(held);
  expect(neverAskedToLeave(known)).toEqual(unasked);
});

test('whoever holds access was granted it, whatever order the answers come in (property)', () => {
  const step = fc.record({
    person: fc.constantFrom('engineer', 'tester'),
    what: fc.constantFrom('grant' as const, 'remove' as const),
    how: fc.constantFrom('done' as const, 'refused' as const, undefined),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const events = steps.flatMap(({ person, what, how }, index) => [
        asked(index + 1, person, what),
        ...(how ? [answer(index + 1, how)] : []),
      ]);
      const known = incident(...events);
      const granted = new Set(steps.filter(({ what, how }) => what === 'grant' && how === 'done').map(({ person }) => person));
      for (const person of holdersOfAccess(known)) expect(granted.has(person as 'engineer')).toBe(true);
      expect(openRequests(known).length).toBe(steps.filter(({ how }) => how === undefined).length);
      const after = incident(...events, ...requested(known, 'remove', neverAskedToLeave(known), 'embargod'));
      expect(neverAskedToLeave(after)).toEqual([]);
    }),
  );
});

test('closing is advised against while a request is open or somebody holds access (S1-92)', () => {
  expect(accessAdvice(incident(), 'close')).toEqual([]);
  expect(accessAdvice(incident(asked(1, 'engineer'), asked(2, 'tester')), 'close')).toEqual([
    'Nobody has answered the requests 1 (access for engineer), 2 (access for tester): /answer <number> done.',
  ]);
  const held = incident(asked(1, 'engineer'), answer(1));
  expect(accessAdvice(held, 'release')).toEqual(['Access to the private repository is still held by engineer: /access remove all.']);
  expect(accessAdvice(held, 'none')).toEqual([]);
});

const removals = (removal: 'release' | 'close' | 'none', ...events: readonly Event[]) => {
  const rules = policy({ fixTeam: { ...policy().fixTeam, removal } });
  const known = incident(accepted, invited, ...events);
  const due = deadlinesOf(known, rules).find(({ key }) => key === 'removal');
  return { due, known, acts: due ? actOf(due, known, rules, roster(), now) : [] };
};

test('on the day of release the removal is asked for by itself, also of a grant that nobody has answered (S2-69l, S4-38)', () => {
  const { due, known, acts } = removals('release', asked(1, 'engineer'), answer(1), asked(2, 'tester'), announced);
  expect(due).toMatchObject({ acts: true, dueAt: known.announcedAt });
  expect(acts).toEqual([asked(3, 'engineer', 'remove', 'embargod'), asked(4, 'tester', 'remove', 'embargod')]);
  expect(removals('release', asked(1, 'engineer'), answer(1), asked(2, 'tester'), announced, ...acts).due).toBeUndefined();
});

test('a removal that was refused is a matter of a person, and reminds (S2-69l)', () => {
  const { due, acts } = removals(
    'release',
    asked(1, 'engineer'),
    answer(1),
    announced,
    asked(2, 'engineer', 'remove', 'embargod'),
    answer(2, 'refused'),
  );
  expect(due?.acts).toBeUndefined();
  expect(due?.what).toBe('Access to the private repository is still held by: engineer.');
  expect(acts).toEqual([]);
});

test('where it may wait until the close it only reminds, and where there is no rule it does not (S1-92)', () => {
  const events = [asked(1, 'engineer'), answer(1), announced];
  expect(removals('close', ...events).due?.acts).toBeUndefined();
  expect(removals('close', ...events).due?.commands).toEqual(['/access remove all']);
  expect(removals('none', ...events).due).toBeUndefined();
});

test('an open request reminds whoever asked; one of the daemon reminds who leads (S1-40)', () => {
  const owners = (by: string) =>
    deadlinesOf(incident(accepted, asked(1, 'engineer', 'grant', by)), policy()).find(({ key }) => key === 'request:1')?.owners;
  expect(owners('second')).toEqual(['second']);
  expect(owners('embargod')).toEqual(['lead']);
});

test('where access is a must, a fix team without it reminds (S2-57, S4-17)', () => {
  const rules = policy({ fixTeam: { ...policy().fixTeam, access: 'must' } });
  const due = (...events: readonly Event[]) => deadlinesOf(incident(accepted, ...events), rules).some(({ key }) => key === 'access');
  expect([due(), due(invited), due(invited, asked(1, 'engineer'))]).toEqual([false, true, false]);
});

test('24 hours after the report somebody is reminded that nobody is on the fix team; not where the team fixes itself (S1-53, S2-54, S4-12)', () => {
  const due = (fixTeam: object, ...events: readonly Event[]) =>
    deadlinesOf(incident(accepted, ...events), policy({ fixTeam: { ...policy().fixTeam, ...fixTeam } })).find(
      ({ key }) => key === 'fix-team',
    );
  expect(due({})?.dueAt).toEqual(new Date('2026-03-03T12:00:00Z'));
  expect(due({}, invited)).toBeUndefined();
  expect(due({ from: 'team' })).toBeUndefined();
});

test('a removal asks for nobody twice', () => {
  expect(withoutRemoval(incident(asked(1, 'engineer'), answer(1), asked(2, 'engineer', 'remove')))).toEqual([]);
});
