// Whom a letter goes to: people and organisations on file, one letter each.
import { expect, test } from 'vitest';
import { channels, cna, distributor, distributors, members, reporter } from '#letter/recipients.ts';
import { anonymous, incident, roster } from '#test/situation.ts';

const mixed = roster({
  members: [
    { handle: 'lead', name: 'lead example', addresses: ['lead@example.org', 'lead@home.example.net'] },
    { handle: 'helper', name: 'helper', addresses: ['helper@example.org'], roles: ['associate'] },
  ],
});

test('the team is its members at their first address, helpers are not', () => {
  expect(members(mixed)).toEqual([{ who: 'lead', address: 'lead@example.org', name: 'lead example' }]);
  expect(members(mixed, ['helper', 'gone'])).toEqual([]);
});

test('distributors who left the list get nothing (S1-86)', () => {
  expect(distributors(roster(), ['acme', 'gone']).map(({ who }) => who)).toEqual(['acme']);
  expect(distributor(roster(), 'lead')).toEqual([]);
});

test('only channels that mail can reach are written to (S1-98)', () => {
  expect(channels(roster()).map(({ who }) => who)).toEqual(['announce']);
  expect(channels(roster(), [])).toEqual([]);
  expect(channels(roster(), ['chat'])).toEqual([]);
});

test('a reporter and a CNA are written to where there is one', () => {
  expect(reporter(incident())).toEqual([{ who: 'reporter', address: 'reporter@example.net', name: 'Reporter' }]);
  expect(reporter(incident(anonymous))).toEqual([]);
  expect(cna(roster({ cna: undefined }))).toEqual([]);
});
