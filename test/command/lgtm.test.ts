// /lgtm: patches are right, says somebody who did not bring them; and what that means for the step of each patch.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { openSteps } from '#incident/step.ts';
import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, closed, incident, member, obey, policy, situation, stranger } from '#test/situation.ts';

const invited: Event = { type: 'fix-team-invited', by: 'lead', people: ['engineer', 'tester'] };
const named: Event = { type: 'commits-named', by: 'engineer', commits: ['1a2b3c4d5e', '1a2b3c4fff'] };
const file: Event = { type: 'patches-attached', by: 'lead', message: 'mail-7', names: ['0001-fix.patch'] };
const known = [accepted, invited, named, file];
const engineer = member('engineer', { roles: ['engineer'] });
const reviewed = (by: string, ...patches: string[]): Event => ({ type: 'patches-reviewed', by, step: 'reviewed', patches });
guards('/lgtm', known, { by: member('second') });

rows(
  {
    it: 'says it of all that others brought, and what is left (S2-65, S4-20)',
    after: known,
    order: '/lgtm',
    answers: 'Reviewed: 1a2b3c4d5e, 1a2b3c4fff. Left: 0001-fix.patch (of lead).',
    happens: [reviewed('lead', '1a2b3c4d5e', '1a2b3c4fff')],
  },
  {
    it: 'says it of a commit by its first characters, and of a file (S2-65)',
    after: known,
    by: member('second'),
    order: '/lgtm 1A2B3C4D 0001-fix.patch',
    answers: 'Reviewed: 1a2b3c4d5e, 0001-fix.patch. Left: 1a2b3c4fff (of engineer).',
    happens: [reviewed('second', '1a2b3c4d5e', '0001-fix.patch')],
  },
  {
    it: 'is not said of what one brought oneself (S2-65)',
    after: known,
    by: engineer,
    order: '/lgtm 1a2b3c4d5e',
    refuses: '1a2b3c4d5e is yours: somebody else looks at it.',
  },
  {
    it: 'is not said where all is one\u2019s own',
    after: [accepted, file],
    order: '/lgtm',
    refuses: 'All patches are yours: somebody else looks at them.',
  },
  {
    it: 'is said once',
    after: [...known, reviewed('second', '0001-fix.patch')],
    by: member('second'),
    order: '/lgtm 0001-fix.patch',
    refuses: 'You have said so already.',
  },
  {
    it: 'is not guessed where the characters fit two',
    after: known,
    order: '/lgtm 1a2b3c4',
    refuses: '"1a2b3c4" could be 1a2b3c4d5e or 1a2b3c4fff.',
  },
  {
    it: 'lists the patches where there is none of that name',
    after: known,
    order: '/lgtm 1a2b',
    refuses: 'There is no patch "1a2b". The patches are: 1a2b3c4d5e, 1a2b3c4fff, 0001-fix.patch.',
  },
  {
    it: 'says how patches become known',
    after: [accepted],
    order: '/lgtm',
    refuses: 'No patch is known yet: /patch <commit> names one. All at once are done with /done reviewed.',
  },
  {
    it: 'does not count where the process looks at the fix as a whole',
    policy: { steps: [{ key: 'reviewed', what: 'Reviewed', owner: 'member', phase: 'fix' }] },
    after: known,
    order: '/lgtm',
    refuses: 'In this process no step is done patch by patch (eachPatch).',
  },
  {
    it: 'is not for whoever was not invited, whatever their files of owners say (S1-55, S2-65)',
    after: [accepted, named],
    by: { ...stranger, who: 'tester', roles: ['engineer'], proof: 'signed' },
    order: '/lgtm',
    refuses: '/lgtm is for: member, fix-team. You are: engineer.',
  },
  { it: 'is too late once all is public', after: [...known, announced], order: '/lgtm', refuses: 'This incident is public already.' },
  {
    it: 'is over when the incident is',
    after: [...known, closed],
    order: '/lgtm',
    refuses: 'This incident is closed. /reopen comes first.',
  },
  {
    it: '/done says the same of the step',
    after: known,
    by: member('second'),
    order: '/done reviewed',
    answers: 'Reviewed: 1a2b3c4d5e, 1a2b3c4fff, 0001-fix.patch.',
    happens: [reviewed('second', '1a2b3c4d5e', '1a2b3c4fff', '0001-fix.patch')],
  },
  {
    it: 'advises against a fix that is called ready while a patch is without it (S2-65, S4-20)',
    after: [...known, reviewed('second', '1a2b3c4d5e', '0001-fix.patch')],
    order: '/fix-ready',
    refuses:
      'Not done yet: All commits of the fix have an LGTM of an owner (1a2b3c4fff) (/lgtm 1a2b3c4fff). To say so all the same: /fix-ready because <reason>.',
  },
  {
    it: 'lets the fix be ready when each has one (S2-65)',
    after: [...known, reviewed('second', '1a2b3c4d5e', '1a2b3c4fff', '0001-fix.patch')],
    order: '/fix-ready',
    answers: 'The fix is ready; the lead is told.',
    happens: [{ type: 'fix-ready', by: 'lead', what: 'fix' }],
  },
);

const left = (...events: Event[]) => openSteps(incident(...known, ...events), policy(), 'fix').flatMap((step) => step.left);
const all = reviewed('second', '1a2b3c4d5e', '1a2b3c4fff', '0001-fix.patch');

test('a file that comes anew is looked at anew; a commit that stays in the list is not (S1-90, S2-65)', () => {
  expect(left(all)).toEqual([]);
  expect(left(all, file)).toEqual(['0001-fix.patch']);
  expect(left(all, { ...named, commits: ['1a2b3c4fff', '9988776'] } as Event)).toEqual(['9988776']);
});

test('the list of one person leaves the commits of another alone', () => {
  const other: Event = { type: 'commits-named', by: 'tester', commits: ['5d6e7f8'] };
  expect(left(all, other)).toEqual(['5d6e7f8']);
  expect(left(all, other, { ...other, commits: ['5d6e7f9'] } as Event)).toEqual(['5d6e7f9']);
});

test('what was said of patches is taken back with its step', () => {
  const { transcript, events } = obey('/undone reviewed because the loop is still there', situation([...known, all]));
  expect(transcript[0]?.text).toBe('Open again: reviewed.');
  expect(left(all, ...events)).toEqual(['1a2b3c4d5e', '1a2b3c4fff', '0001-fix.patch']);
});

test('/patch names commits, of a branch or of all, in any case, and not those of somebody else (S1-81, S2-65)', () => {
  const at = situation([accepted, invited], { policy: { branches: ['release-1.30'] }, by: engineer });
  const said = obey('/patch 1A2B3C4 release-1.30', at);
  expect(said.transcript[0]?.text).toBe('Kept for release-1.30: 1a2b3c4.');
  expect(said.events).toEqual([{ type: 'commits-named', by: 'engineer', commits: ['1a2b3c4'], branch: 'release-1.30' }]);
  const text = (order: string, by = member('second')) => obey(order, situation(known, { by })).transcript[0]?.text;
  expect(text('/patch 1a2b3c4d5e')).toBe('Somebody else named 1a2b3c4d5e already; look at it and write /lgtm.');
  expect(text('/patch one two')).toMatch(/^Name one branch at most/);
});
