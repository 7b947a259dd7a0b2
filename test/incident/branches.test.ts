// Which branches have no patch.
import { expect, test } from 'vitest';
import { withoutPatch } from '#incident/branches.ts';
import { field, incident, policy } from '#test/situation.ts';

const three = policy({ branches: ['release-1.2', 'release-1.25', 'main'] });

test('a branch counts as named only as a whole word (S1-81)', () => {
  expect(withoutPatch(incident(field('patches', 'release-1.25: https://example.org/a\nmaintenance: b')), three)).toEqual([
    'release-1.2',
    'main',
  ]);
  expect(withoutPatch(incident(field('patches', 'release-1.2, release-1.25 and main.')), three)).toEqual([]);
});

test('attached files and the branch they were attached for count too (S1-79, S1-81)', () => {
  const files = incident(
    { type: 'patches-attached', by: 'lead', message: 'm', names: ['0001-release-1.25.patch'] },
    { type: 'patches-attached', by: 'lead', message: 'n', names: ['x.patch'], branch: 'main' },
  );
  expect(withoutPatch(files, three)).toEqual(['release-1.2']);
});

test('nothing is asked where the policy does not ask', () => {
  expect(withoutPatch(incident(), policy({ branches: ['main'], notice: { allBranches: false } }))).toEqual([]);
});
