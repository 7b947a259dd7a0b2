// Which letters follow from who has what.
import { expect, test } from 'vitest';
import { given, withParts } from '#test/command/parts-of.ts';
import { lettersOf, whoGets } from '#test/letter/occasion.ts';
import { commandLines } from '#test/letter/rendered.ts';
import { accepted } from '#test/situation.ts';

test('whoever is given a part is asked, and nobody else (S2-36)', () => {
  expect(whoGets(lettersOf([given], withParts))).toEqual(['part to lead']);
});

test('when the next is asked because nobody answered, both see it (S2-37)', () => {
  const next = { type: 'part-given', part: 'triage', to: 'second', how: 'next', by: 'embargod' } as const;
  const letters = lettersOf([given, next], withParts);
  expect(letters.map(({ to, facts }) => [to.who, (facts as { what?: unknown }).what])).toEqual([
    ['second', 'given'],
    ['lead', 'moved'],
  ]);
});

test('when somebody passed it on by a command, they know, and only the next is asked (S2-38)', () => {
  const next = { type: 'part-given', part: 'triage', to: 'second', how: 'next', by: 'lead' } as const;
  expect(whoGets(lettersOf([given, next], withParts))).toEqual(['part to second']);
});

test('a part open to everybody asks everybody (S2-28)', () => {
  expect(whoGets(lettersOf([given, { type: 'part-opened', part: 'triage' }], withParts))).toEqual([
    'part to lead',
    'part to second',
    'part to third',
  ]);
});

test('the commander sees who is asked to lead (S1-46)', () => {
  const asked = { type: 'part-given', part: 'lead', to: 'second', how: 'queue', by: 'embargod' } as const;
  expect(whoGets(lettersOf([accepted, asked]))).toEqual(['part to second', 'part to lead']);
});

test('a volunteer knows that they lead; whoever was named is told', () => {
  expect(lettersOf([accepted, { type: 'lead-chosen', by: 'second', lead: 'second', how: 'volunteered' }])).toEqual([]);
  expect(whoGets(lettersOf([accepted, { type: 'lead-chosen', by: 'lead', lead: 'second', how: 'in-turn' }]))).toEqual(['part to second']);
});

test('the end of a turn reminds the commander alone (S1-33)', () => {
  const letters = lettersOf([{ type: 'turn-ended', to: 'lead' }]);
  expect(whoGets(letters)).toEqual(['reminder to lead']);
  expect(commandLines(JSON.stringify(letters[0]?.facts))).toEqual([]);
});

test('a draft names who has the part that drafts belong to (S2-30)', () => {
  const standing = { triage: { title: 'Triage', duties: 'Sorts.', owns: ['draft'] } };
  const drafted = { type: 'drafted', by: 'second', kind: 'announcement', mark: 'aaaaaaaa', own: false, subject: 's', text: 't' } as const;
  const facts = (bent: object) => lettersOf([accepted, given, drafted], bent).map((one) => (one.facts as { reader?: unknown }).reader);
  expect(facts({ ...withParts, policy: { parts: { standing } } })).toEqual(['lead', 'lead', 'lead']);
  expect(facts(withParts)).toEqual([undefined, undefined, undefined]);
});

test('an associate who is to lead reads what is theirs and what stays with the members (S2-33)', () => {
  const newcomer = { handle: 'newcomer', name: 'Newcomer', addresses: ['newcomer@example.org'], roles: ['associate'] };
  const members = ['lead', 'second'].map((handle) => ({ handle, name: handle, addresses: [`${handle}@example.org`] }));
  const people = { roster: { members: [...members, newcomer], oncall: undefined } };
  const duties = (lead: string) =>
    lettersOf([accepted, { type: 'exposed', by: 'lead' }, { type: 'lead-chosen', by: 'lead', lead, how: 'named' }], people).map(
      ({ to, facts }) => [to.who, (facts as { duties?: unknown }).duties],
    );
  expect(duties('newcomer')).toEqual([
    ['newcomer', expect.stringContaining('What leaves for good is confirmed by a member, and other incidents stay closed to you.')],
  ]);
  expect(duties('second')).toEqual([['second', expect.not.stringContaining('confirmed by a member')]]);
});
