// /patch: the files of a mail are the patches.
import { expect, test } from 'vitest';
import { guards } from '#test/command/table.ts';
import { accepted, announced, closed, drafted, noticed, obey, scheduled, situation } from '#test/situation.ts';

const attached = { mail: 'mail-7', names: ['0001.patch', '0002.patch'] };
const said = (text: string, ...after: Parameters<typeof situation>[0]) => {
  const { transcript, events } = obey(text, { ...situation(after), attached });
  return { text: transcript[0]?.text, events };
};

test('keeps the files of its own mail (S1-79, S2-69e)', () => {
  expect(said('/patch', accepted)).toEqual({
    text: 'Kept: 0001.patch, 0002.patch.',
    events: [{ type: 'patches-attached', by: 'lead', message: 'mail-7', names: attached.names }],
  });
});

test('keeps them for a branch, and knows the branches (S1-81)', () => {
  const at = { ...situation([accepted], { policy: { branches: ['release-1.30'] } }), attached };
  expect(obey('/patch release-1.30', at).events).toEqual([
    { type: 'patches-attached', by: 'lead', message: 'mail-7', names: attached.names, branch: 'release-1.30' },
  ]);
  expect(obey('/patch main', at).transcript[0]?.text).toBe('There is no branch "main". The branches are: release-1.30.');
});

test('says who must hear of them when they come late (S1-90)', () => {
  expect(said('/patch', scheduled(), drafted('notice')).text).toBe(
    'Kept: 0001.patch, 0002.patch. Drafts do not change by themselves: /draft notice makes it anew.',
  );
  expect(said('/patch', scheduled(), drafted('notice'), noticed).text).toBe(
    'Kept: 0001.patch, 0002.patch. Distributors hold a notice with other patches: /draft notice and /notify bring them these.',
  );
});

test('wants a file, and an incident that is not public', () => {
  expect(obey('/patch', situation([accepted])).transcript[0]?.text).toBe(
    'No file is attached to this mail, or only outside of what you signed: attach the patches and write /patch again, or name their commits: /patch 1a2b3c4',
  );
  expect(said('/patch', announced).text).toBe('This incident is public already.');
  expect(said('/patch', closed).text).toBe('This incident is closed. /reopen comes first.');
});

guards('/patch', [accepted], { attached });
