// The steps of a policy in one incident: which are open, when each is due, and how it is said to be done.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { openSteps, stepsBefore } from '#incident/step.ts';
import { incident, policy, reportedAt, scheduled } from '#test/situation.ts';

const rules = (ahead?: string) =>
  policy({
    branches: ['main', 'release-1'],
    steps: [
      { key: 'reviewed', what: 'All is reviewed', owner: 'fix-team', phase: 'fix', gate: 'notice' },
      {
        key: 'cherry-pick',
        what: 'The patches are on the branch',
        owner: 'lead',
        phase: 'release',
        eachBranch: true,
        ...(ahead && { ahead }),
      },
      { key: 'binaries', what: 'All binaries are built', owner: 'release-manager', phase: 'release', gate: 'announcement' },
    ],
  });
const done = (step: string, branch?: string): Event => ({ type: 'step-done', by: 'lead', step, ...(branch && { branch }) });
const open = (events: Event[], ahead?: string) =>
  openSteps(incident(...events), rules(ahead), 'release').map(({ key, lines }) => `${key}: ${lines.join(' ')}`);

test('a step for each branch is open until the last branch is done (S1-87)', () => {
  expect(open([])).toEqual(['cherry-pick: /done cherry-pick main /done cherry-pick release-1', 'binaries: /done binaries']);
  expect(open([done('cherry-pick', 'main')])).toEqual(['cherry-pick: /done cherry-pick release-1', 'binaries: /done binaries']);
  expect(open([done('cherry-pick', 'main'), done('cherry-pick', 'release-1')])).toEqual(['binaries: /done binaries']);
});

test('a step is due with the public date, or so long before it; without a date when the report came (S1-87)', () => {
  const at = (events: Event[], ahead?: string) => openSteps(incident(...events), rules(ahead), 'release')[0]?.at;
  expect(at([])).toEqual(reportedAt);
  expect(at([scheduled()])).toEqual(new Date('2026-03-16T16:00:00Z'));
  expect(at([scheduled()], '2d')).toEqual(new Date('2026-03-14T16:00:00Z'));
});

test('a gate names the open steps that stand before it (S1-91)', () => {
  const before = (gate: 'notice' | 'announcement', ...events: Event[]) =>
    stepsBefore(incident(...events), rules(), gate).map(({ key }) => key);
  expect(before('notice')).toEqual(['reviewed']);
  expect(before('notice', done('reviewed'))).toEqual([]);
  expect(before('announcement', done('reviewed'))).toEqual(['binaries']);
});
