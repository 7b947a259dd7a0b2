// /done: a step is done, by those whose it is.
import { guards, rows } from '#test/command/table.ts';
import { accepted, closed, member, scheduled, stepDone, stranger } from '#test/situation.ts';

const branches = { policy: { branches: ['release-1.29', 'release-1.30'] } };
const manager = { ...stranger, who: 'builder', name: 'Builder', roles: ['release-manager' as const], proof: 'signed' as const };
const engineer = { ...stranger, who: 'engineer', name: 'Engineer', roles: ['engineer' as const], proof: 'signed' as const };
const told = { type: 'step-told', step: 'merge', to: ['builder'] } as const;
const invited = { type: 'fix-team-invited', by: 'lead', people: ['engineer'] } as const;
guards('/done binaries', [accepted, scheduled()]);

rows(
  { it: 'says that a step is done (S1-91)', order: '/done binaries', answers: 'Done: binaries.', happens: [stepDone('binaries')] },
  {
    ...branches,
    it: 'says it for a branch and what is left (S1-87)',
    order: '/done cherry-pick release-1.30',
    answers: 'Done: cherry-pick on release-1.30. Left: release-1.29.',
    happens: [stepDone('cherry-pick', 'release-1.30')],
  },
  {
    ...branches,
    it: 'says it for the last branch',
    after: [stepDone('cherry-pick', 'release-1.29')],
    order: '/done cherry-pick release-1.30',
    answers: 'Done: cherry-pick on release-1.30.',
    happens: [stepDone('cherry-pick', 'release-1.30')],
  },
  {
    it: 'lists the steps where there is none of that name',
    order: '/done dance',
    refuses: 'There is no step "dance". The steps are: reviewed, cherry-pick, approve, merge, binaries, tracking-issue.',
  },
  {
    ...branches,
    it: 'wants the branch of a step that each has',
    order: '/done cherry-pick',
    refuses: '"cherry-pick" is done for each branch; say which: release-1.29, release-1.30.',
  },
  {
    ...branches,
    it: 'lists the branches where there is none of that name',
    order: '/done cherry-pick main',
    refuses: 'There is no branch "main". The branches are: release-1.29, release-1.30.',
  },
  {
    it: 'wants no branch for what is done once',
    order: '/done binaries main',
    refuses: '"binaries" is not done for each branch: write it without one.',
  },
  {
    it: 'is said once',
    after: [stepDone('binaries')],
    order: '/done binaries',
    refuses: 'That is done already, said lead. /undone takes it back.',
  },
  {
    it: 'an associate who leads what is public says steps as a member does (S3-10)',
    by: { ...stranger, who: 'newcomer', name: 'Newcomer', roles: ['associate' as const], proof: 'signed' as const },
    after: [
      { type: 'exposed', by: 'lead' },
      { type: 'lead-chosen', by: 'newcomer', lead: 'newcomer', how: 'volunteered' },
    ],
    order: '/done binaries',
    answers: 'Done: binaries.',
    happens: [{ ...stepDone('binaries'), by: 'newcomer' } as never],
  },
  {
    it: 'is for the release managers once they were asked (S1-89, S1-91)',
    after: [told],
    by: manager,
    order: '/done binaries',
    answers: 'Done: binaries.',
    happens: [{ ...stepDone('binaries'), by: 'builder' } as never],
  },
  {
    it: 'is not for them before (S1-89)',
    by: manager,
    order: '/done binaries',
    refuses: '"binaries" is said by: release-manager, or a member of the team.',
  },
  {
    it: 'lets nobody say what is the part of others',
    after: [told],
    by: manager,
    order: '/done approve',
    refuses: '"approve" is said by: fix-team, or a member of the team.',
  },
  {
    it: 'is for the fix team where it is theirs (S1-88)',
    after: [invited],
    by: engineer,
    order: '/done approve',
    answers: 'Done: approve.',
    happens: [{ ...stepDone('approve'), by: 'engineer' } as never],
  },
  {
    it: 'is always for members',
    by: member('third'),
    order: '/done approve',
    answers: 'Done: approve.',
    happens: [{ ...stepDone('approve'), by: 'third' } as never],
  },
  {
    it: 'is over when the incident is',
    after: [closed],
    order: '/done binaries',
    refuses: 'This incident is closed. /reopen comes first.',
  },
);
