// Something written to the fix team.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import type { Arrival } from '#letter/arrival.ts';
import { lettersOf, whoGets } from '#test/letter/occasion.ts';
import { commandLines, renderer } from '#test/letter/rendered.ts';
import { member, roster } from '#test/situation.ts';

const message = await renderer('message');
const members = [
  ...roster().members,
  ...['engineer', 'tester'].map((handle) => ({ handle, name: handle, addresses: [`${handle}@example.com`], roles: ['engineer'] })),
];
const invited: Event = { type: 'fix-team-invited', by: 'lead', people: ['engineer', 'tester', 'third'] };
const told: Event = { type: 'fix-team-told', by: 'lead', text: 'Please look.' };
const arrival = (who: string, changes: Partial<Arrival> = {}): Arrival => ({
  by: member(who, { roles: who === 'lead' || who === 'third' ? ['member'] : ['engineer'] }),
  role: 'fix team',
  from: { name: who, address: `${who}@example.com` },
  subject: 'Re',
  text: 'The loop is here.',
  proof: 'signed',
  origin: '',
  signature: 'good',
  encrypted: true,
  attachments: ['fix.patch (1 kB)'],
  passable: 'all',
  message: 'mail-9',
  gist: '',
  done: [],
  ...changes,
});
const joined = (by: string, proof: 'signed' | 'none' = 'signed'): Event => ({ type: 'mail-joined', by, message: 'mail-9', proof });

test('shows who wrote, how well they are known, the text behind bars and the attachments', () => {
  const { subject, text } = message();
  expect(subject).toBe('[SRC-4F7K2M] To the fix team: The check belongs into the reader, not into the writer.');
  expect(text).toContain('lead example (fix lead) wrote to the fix team of SRC-4F7K2M.');
  expect(text).toContain('| The check belongs into the reader, not into the writer.');
  expect(text).toContain('  - links_test.patch (2 kB)');
});

test('threat: a message cannot imitate a command', () => {
  expect(commandLines(message({ text: 'Do this:\n/accept' }).text)).toEqual([]);
});

test('/tell goes to the fix team with the attachments, and not twice to members (S1-55)', () => {
  const letters = lettersOf([invited, told], { roster: { members }, arrival: arrival('lead') });
  expect(whoGets(letters)).toEqual(['message to engineer', 'message to tester']);
  expect(letters[0]).toMatchObject({
    audience: 'fix-team',
    seal: 'must',
    carries: ['mail-9'],
    facts: { text: 'Please look.', gist: 'Please look.' },
  });
});

test('a mail of the fix team goes to the team and to the others of the fix team (S1-55)', () => {
  const letters = lettersOf([invited, joined('engineer')], { roster: { members }, arrival: arrival('engineer') });
  expect(whoGets(letters)).toEqual(['relay to lead', 'relay to second', 'relay to third', 'message to tester']);
});

test.each([
  ['a member', 'lead', joined('lead')],
  ['a member who is invited', 'third', joined('third')],
  ['the reporter', 'reporter', joined('reporter')],
  ['a distributor', 'acme', joined('acme')],
  ['somebody outside', 'outsider', joined('outsider')],
  ['whoever only claims to be of the fix team', 'engineer', joined('engineer', 'none')],
])('a mail of %s stays with the team (S1-55, S1-65)', (_, who, event) => {
  const letters = lettersOf([invited, event], { roster: { members }, arrival: arrival(who) });
  expect(letters.filter(({ audience }) => audience === 'fix-team')).toEqual([]);
});

test('threat: what an engineer need not have known when they sent it stays with the team (S1-55)', () => {
  const { passable: _, ...captured } = arrival('engineer');
  const sent = (by: Arrival) =>
    lettersOf([invited, joined('engineer')], { roster: { members }, arrival: by }).filter(({ kind }) => kind === 'message');
  expect(sent(captured)).toEqual([]);
  const [text] = sent(arrival('engineer', { passable: 'text' }));
  expect(text?.facts).toMatchObject({ text: 'The loop is here.', attachments: [] });
  expect(text).not.toHaveProperty('carries');
});

test('somebody who was taken out, or left the roster, gets none (S1-55)', () => {
  const left: Event = { type: 'fix-team-left', by: 'lead', person: 'tester' };
  expect(whoGets(lettersOf([invited, left, told], { roster: { members } }))).toEqual(['message to engineer']);
  expect(lettersOf([invited, told])).toEqual([]);
});
