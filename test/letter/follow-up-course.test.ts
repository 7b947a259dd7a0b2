// Letters of the course of an incident: who gets which, and what is in them.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { lettersOf, whoGets } from '#test/letter/occasion.ts';
import { accepted, announcementSet, anonymous, cve, idOf, noticed, scheduled } from '#test/situation.ts';

const team = (kind: string) => ['lead', 'second', 'third'].map((who) => `${kind} to ${who}`);
const exposed: Event = { type: 'exposed', by: 'lead', because: 'it is in an issue' };
const asked: Event = { type: 'privacy-asked', by: 'lead' };
const decided = (what: 'slow' | 'breach', choice: string): Event => ({ type: 'decided', by: 'lead', what, choice, because: 'so' });
const broken: Event = { type: 'embargo-broken', by: 'acme', what: 'the patch is public' };
const linked: Event = { type: 'duplicate-linked', by: 'lead', of: idOf('SRC-1A1A1A') };

test.each<[string, readonly Event[], string[]]>([
  ['public already: the whole team (S1-42)', [exposed], team('public-path')],
  ['the question goes to the reporter (S1-43)', [exposed, asked], ['ask-private to reporter']],
  ['or to nobody, where none is known', [anonymous, exposed, asked], []],
  ['an answer: the whole team (S1-44)', [exposed, asked, { type: 'privacy-answered', by: 'reporter', answer: 'no' }], team('public-path')],
  ['a duplicate: the reporter (2.12)', [linked], ['duplicate to reporter']],
  ['a posted decision: the whole team (S1-62)', [accepted, decided('slow', 'yes')], team('decision')],
  ['a broken embargo: the whole team, whoever says so (S1-83)', [accepted, noticed, broken], team('breach')],
  [
    'going on after it: the team, and the distributors who know (S1-84)',
    [accepted, scheduled(), noticed, broken, decided('breach', 'continue')],
    [...team('decision'), 'embargo-holds to acme', 'embargo-holds to gamma'],
  ],
  [
    'publishing after it: the team; the moved date tells distributors (S1-84)',
    [accepted, scheduled(), noticed, broken, decided('breach', 'publish')],
    team('decision'),
  ],
  ['the mark taken back: the relayed mail says it', [exposed, { type: 'exposure-withdrawn', by: 'lead', because: 'so' }], []],
  ['a date of upstream: the relayed mail says it', [{ type: 'upstream-set', by: 'lead', at: '2026-03-20T16:00:00.000Z' }], []],
])('%s', (_, events, letters) => {
  expect(whoGets(lettersOf(events))).toEqual(letters);
});

test('a decision that the policy does not post goes to nobody (S3-27)', () => {
  expect(lettersOf([accepted, decided('slow', 'yes')], { policy: { extends: 'karmada' } })).toEqual([]);
});

test('somebody else who published it gets the question alone, in clear, and under no thread of the reporter (S4-06)', () => {
  const [letter, ...rest] = lettersOf([exposed, { ...asked, of: { address: 'finder@example.com', name: '' } } as Event]);
  expect(rest).toEqual([]);
  expect(letter).toMatchObject({
    kind: 'ask-private',
    audience: 'reporter',
    to: { who: 'publisher', address: 'finder@example.com' },
    seal: 'may',
  });
  expect(Object.keys(letter?.facts ?? {}).sort()).toEqual(['id', 'link']);
});

test('the letter about the public path says what is due now and what is waived (S1-42, S1-44, S1-51)', () => {
  const waives = 'the 7 days of the distributors that they were owed, since it is public already.';
  const [letter] = lettersOf([accepted, cve, { ...exposed, waives } as Event]);
  expect(letter?.facts).toMatchObject({
    pace: 'all',
    what: 'lead marked the report as public already.',
    because: 'it is in an issue',
    waives,
    means: 'everything is due at once (ASAP)',
  });
  const { due, commands } = (letter?.facts ?? {}) as { due: { what: string }[]; commands: { line: string }[] };
  expect(due.map(({ what }) => what)).toContain('Nobody leads the fix yet.');
  expect(due.map(({ what }) => what).join()).not.toContain('Distributors must hear');
  expect(commands.map(({ line }) => line)).toContain('/privacy ask');
  const lines = commands.map(({ line }) => line);
  expect(lines.length).toBe(new Set(lines).size);
  expect(lines.join()).not.toContain('/decide slow');
});

test('the alarm of a broken embargo says what was planned and is sealed (S1-83)', () => {
  const [letter] = lettersOf([accepted, scheduled(), noticed, announcementSet, broken]);
  expect(letter).toMatchObject({
    seal: 'must',
    facts: {
      by: 'Acme Linux',
      planned: [
        '2 distributors know of it.',
        'The public date is 2026-03-16 16:00 UTC.',
        'The announcement is confirmed for 2026-03-16 16:00 UTC.',
      ],
      decideBy: '2026-03-03T16:00:00.000Z',
    },
  });
});

test('who is accepted after a decline hears that we looked again (S4-03)', () => {
  const [letter] = lettersOf([
    { type: 'declined', by: 'lead', class: 'x', text: 'no' },
    { type: 'accepted', by: 'lead', again: true },
  ]);
  expect(letter).toMatchObject({ kind: 'verdict-positive', facts: { again: true } });
});

test('a duplicate tells the reporter nothing of the other incident', () => {
  const [letter] = lettersOf([linked]);
  expect(JSON.stringify(letter)).not.toContain('SRC-1A1A1A');
});
