// Asks somebody into the fix team.
import { expect, test } from 'vitest';
import { lettersOf, whoGets } from '#test/letter/occasion.ts';
import { commandLines, renderer } from '#test/letter/rendered.ts';
import { field, roster } from '#test/situation.ts';

const invitation = await renderer('invitation');
const members = [...roster().members, { handle: 'engineer', name: 'Engineer', addresses: ['engineer@example.com'], roles: ['engineer'] }];

test('says what it is, who leads, until when, the terms, the process and how to answer (S1-54, S1-58)', () => {
  const { subject, text } = invitation();
  expect(subject).toBe('[SRC-4F7K2M] You are asked to help fix Path traversal in the archive importer');
  expect(text).toContain('The fix is led by second.');
  expect(text).toContain('It is to become public at 2026-03-16 16:00 UTC (17:00 Europe/Berlin).');
  expect(text).toContain('The terms of the embargo:\n\nWhat you learn here is under embargo');
  expect(text).toContain('How it goes on:\n\nThe fix is made in private');
  expect(text).toContain('Earlier mail is not');
  expect(text).toContain('  /status\n');
});

test('leaves out what is not known, and the overview where the process has none (S1-58)', () => {
  const { text } = invitation({ lead: undefined, publicAt: undefined, overview: undefined, link: undefined });
  expect(text).not.toMatch(/is led by|become public at|How it goes on|whole process/);
});

test('goes to those who are invited by this event alone, sealed, with the overview as the policy says (S1-54, S1-58, S4-16)', () => {
  const events = [field('title', 'A loop'), { type: 'fix-team-invited' as const, by: 'lead', people: ['engineer'] }];
  const [letter, ...more] = lettersOf(events, { roster: { members } });
  expect(more).toEqual([]);
  expect(letter).toMatchObject({
    kind: 'invitation',
    audience: 'fix-team',
    seal: 'must',
    to: { who: 'engineer', address: 'engineer@example.com' },
  });
  expect(letter?.facts).toMatchObject({ title: 'A loop', severity: 'not rated', overview: expect.stringContaining('triaged') });
  const [short] = lettersOf(events, { roster: { members }, policy: { fixTeam: { overview: false } } });
  expect(short?.facts).not.toHaveProperty('overview');
  const again = [...events, { type: 'fix-team-invited' as const, by: 'lead', people: ['second'] }];
  expect(whoGets(lettersOf(again, { roster: { members } }))).toEqual(['invitation to second']);
});

test('says what may be public of a fix that is made in public (S1-64, S1-65)', () => {
  expect(invitation().text).not.toContain('made in public.');
  expect(invitation({ semiPublic: true }).text.replace(/\s+/g, ' ')).toContain(
    'stays private: no title, commit, branch or comment in public',
  );
  const decided = { type: 'decided' as const, by: 'lead', what: 'semi-public' as const, choice: 'yes', because: 'no harm to users' };
  const [letter] = lettersOf([decided, { type: 'fix-team-invited', by: 'lead', people: ['engineer'] }], { roster: { members } });
  expect(letter?.facts).toMatchObject({ semiPublic: true });
});

test('does not give the reason of the rating, which may speak of others (S1-55)', () => {
  const rated = { type: 'severity-set' as const, by: 'lead', level: 'high' as const, because: 'the reporter showed it' };
  const [letter] = lettersOf([rated, { type: 'fix-team-invited', by: 'lead', people: ['engineer'] }], { roster: { members } });
  expect(letter?.facts).toMatchObject({ severity: 'high' });
});

test('threat: a title cannot imitate a command', () => {
  expect(commandLines(invitation({ title: '/accept', terms: 'x' }).text)).toEqual([]);
});
