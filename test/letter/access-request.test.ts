// Asks the administrator to grant or remove access.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { lettersOf } from '#test/letter/occasion.ts';
import { commandLines, renderer } from '#test/letter/rendered.ts';
import { field, roster } from '#test/situation.ts';

const request = await renderer('access-request');
const people = {
  members: [
    ...roster().members,
    { handle: 'engineer', name: 'Engineer Example', addresses: ['engineer@example.com'], roles: ['engineer'], hosts: ['octocat'] },
  ],
  administrator: { name: 'Access Desk', address: 'administrator@example.com' },
};
const asked = (what: 'grant' | 'remove'): Event => ({ type: 'access-requested', by: 'lead', number: 3, what, person: 'engineer' });

test('names the person, the accounts and the repository, and how to answer (S1-40, S1-57)', () => {
  const { subject, text } = request();
  expect(subject).toBe('[SRC-4F7K2M] Request 1: access for Engineer Example');
  expect(text).toContain('please give Engineer Example access to the private security repository.');
  expect(text).toContain('  - engineer\n');
  expect(text).toContain('  /answer 1 done\n');
  expect(request({ what: 'remove' }).subject).toBe('[SRC-4F7K2M] Request 1: remove the access of Engineer Example');
  expect(request({ what: 'remove' }).text).toContain('take away the access');
  expect(request({ accounts: [] }).text).toContain('We know no account of theirs');
});

test('threat: a name cannot imitate a command', () => {
  expect(commandLines(request({ name: '/answer 1 done' }).text)).toEqual([]);
});

test('says nothing of the flaw, however much the incident knows (S1-40)', () => {
  const letters = lettersOf([field('title', 'A loop'), field('impact', 'everything'), asked('grant')], { roster: people });
  expect(letters).toMatchObject([{ audience: 'administrator', seal: 'may', to: { address: 'administrator@example.com' } }]);
  expect(letters[0]?.facts).toMatchObject({ request: '3', what: 'grant', name: 'Engineer Example', accounts: ['octocat'] });
  expect(JSON.stringify(letters)).not.toMatch(/loop|everything|traversal|reporter/);
});

test('goes to nobody where the roster names no administrator', () => {
  expect(lettersOf([asked('remove')], { roster: { ...people, administrator: undefined } })).toEqual([]);
});
