// /lead: a volunteer, a named member, or whose turn it is.

import { guards, rows } from '#test/command/table.ts';
import { id, idOf, incident, member } from '#test/situation.ts';

const other = { ...incident({ type: 'lead-chosen', by: 'lead', lead: 'lead', how: 'volunteered' }), id: idOf('SRC-000001') };
const own = { ...other, id };
guards('/lead me');

rows(
  {
    it: 'takes a volunteer (S1-46)',
    by: member('second'),
    order: '/lead me',
    answers: 'second leads the fix.',
    happens: [{ type: 'lead-chosen', by: 'second', lead: 'second', how: 'volunteered' }],
  },
  {
    it: 'names a member',
    order: '/lead @third',
    answers: 'third leads the fix.',
    happens: [{ type: 'lead-chosen', by: 'lead', lead: 'third', how: 'named' }],
  },
  {
    it: 'begins the turns with the first (S1-48)',
    order: '/lead next',
    answers: 'lead leads the fix.',
    happens: [{ type: 'lead-chosen', by: 'lead', lead: 'lead', how: 'in-turn' }],
  },
  {
    it: 'goes on after who led last (S1-48)',
    others: [other],
    order: '/lead next',
    answers: 'second leads the fix.',
    happens: [{ type: 'lead-chosen', by: 'lead', lead: 'second', how: 'in-turn' }],
  },
  {
    it: 'does not count this incident itself as the last (S1-48)',
    others: [own],
    order: '/lead next',
    answers: 'lead leads the fix.',
    happens: [{ type: 'lead-chosen', by: 'lead', lead: 'lead', how: 'in-turn' }],
  },
  {
    it: 'refuses somebody outside',
    order: '/lead reporter@example.net',
    refuses: '"reporter@example.net" is no member of this team. Write me, next, a handle or an address.',
  },
  {
    it: 'refuses the one who leads already',
    after: [{ type: 'lead-chosen', by: 'lead', lead: 'lead', how: 'volunteered' }],
    order: '/lead me',
    refuses: 'lead leads the fix already.',
  },
  {
    it: 'refuses when everybody is away',
    roster: {
      members: [{ handle: 'lead', name: 'lead', addresses: ['lead@example.org'], leave: [{ from: '2026-03-01', to: '2026-03-10' }] }],
      oncall: undefined,
    },
    order: '/lead next',
    refuses: 'Everybody is on leave; name a member instead.',
  },
  { it: 'misses the name', order: '/lead', refuses: 'The who is missing. Write: /lead <who>' },
);
