// The first words of each letter to the team: the line that a list of mails shows, read on the way to somewhere else.
import { expect, test } from 'vitest';
import { letterOfKind, letters } from '#letter/list.ts';
import { renderer } from '#test/letter/rendered.ts';

/** Characters that a telephone shows beside the subject. */
const shown = 90;
const toTeam = letters.filter(({ audience, sample }) => audience === 'team' && 'id' in sample).map(({ kind }) => kind);

test('most letters to the team are about an incident', () => {
  expect(toTeam).toEqual(expect.arrayContaining(['report', 'relay', 'reminder', 'alarm', 'review', 'preview', 'transcript']));
});

test.each(toTeam)('%s names its incident in the first words, and does not say the subject again instead', async (kind) => {
  const id = String(letterOfKind(kind)?.sample.id);
  const { subject, text } = (await renderer(kind))();
  const first = text.replace(/\s+/g, ' ').slice(0, shown);
  expect(first).toContain(id);
  expect(first.startsWith(subject.replace(/^\[[^\]]+\] /, ''))).toBe(false);
});
