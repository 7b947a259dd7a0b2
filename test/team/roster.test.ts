// People and organisations of a team: what roster.yaml may say, and how they are found.
import { expect, test } from 'vitest';
import { addressOnFile, distributorOf, memberOf, Roster, withRole } from '#team/roster.ts';
import { roster } from '#test/situation.ts';

test.each(['lead', '@lead', 'LEAD', ' lead@example.org ', 'Lead@Example.ORG'])('"%s" is the lead', (name) => {
  expect(memberOf(roster(), name)?.handle).toBe('lead');
});

test.each(['', 'lea', 'lead@example.net', 'lead@example.org.example.net', 'acme', 'constructor'])('"%s" is no member', (name) => {
  expect(memberOf(roster(), name)).toBeUndefined();
});

test('distributors are found by id and address, and are no members', () => {
  expect(distributorOf(roster(), 'Security@Acme.example.net')?.id).toBe('acme');
  expect(distributorOf(roster(), 'lead')).toBeUndefined();
});

test('a role is held by whom the roster says, and by nobody else', () => {
  const known = roster({
    members: [
      { handle: 'lead', name: 'lead', addresses: ['lead@example.org'] },
      { handle: 'helper', name: 'helper', addresses: ['helper@example.org'], roles: ['associate'] },
    ],
  });
  expect(withRole(known, 'member').map(({ handle }) => handle)).toEqual(['lead']);
  expect(withRole(known, 'associate').map(({ handle }) => handle)).toEqual(['helper']);
  expect(withRole(known, 'steering')).toEqual([]);
});

test('letters go to the first address, in lower case', () => {
  const [first] = roster({ members: [{ handle: 'lead', name: 'lead', addresses: ['Lead@Example.org', 'b@example.org'] }] }).members;
  expect(first && addressOnFile(first)).toBe('lead@example.org');
});

test.each([
  ['a handle in capitals', { members: [{ handle: 'Lead', name: 'x', addresses: ['a@example.org'] }] }],
  ['no address', { members: [{ handle: 'lead', name: 'x', addresses: [] }] }],
  ['what is no address', { members: [{ handle: 'lead', name: 'x', addresses: ['nobody'] }] }],
  ['two addresses in one', { members: [{ handle: 'lead', name: 'x', addresses: ['a@example.org, b@example.org'] }] }],
  ['a role nobody knows', { members: [{ handle: 'lead', name: 'x', addresses: ['a@example.org'], roles: ['king'] }] }],
  ['a role that only an incident gives', { members: [{ handle: 'lead', name: 'x', addresses: ['a@example.org'], roles: ['commander'] }] }],
  ['a key nobody knows', { members: [{ handle: 'lead', name: 'x', addresses: ['a@example.org'], adress: 'b' }] }],
  ['nobody', { members: [] }],
  [
    'a leave that is no day',
    { members: [{ handle: 'lead', name: 'x', addresses: ['a@example.org'], leave: [{ from: 'soon', to: 'later' }] }] },
  ],
])('refuses %s', (_, value) => {
  expect(Roster.safeParse(value).success).toBe(false);
});
