// /lead: a volunteer, a named member, or whose turn it is.

import { guards, rows } from '#test/command/table.ts';
import { closed, id, idOf, incident, member } from '#test/situation.ts';

const other = { ...incident({ type: 'lead-chosen', by: 'lead', lead: 'lead', how: 'volunteered' }), id: idOf('SRC-000001') };
const own = { ...other, id };
const associate = member('newcomer', { roles: ['associate'] });
const withAssociate = {
  members: [
    ...['lead', 'second'].map((handle) => ({ handle, name: handle, addresses: [`${handle}@example.org`] })),
    { handle: 'newcomer', name: 'newcomer', addresses: ['newcomer@example.org'], roles: ['associate'] },
  ],
};
guards('/lead me');

rows(
  {
    it: 'waits for the incident to be open again',
    after: [closed],
    order: '/lead me',
    refuses: 'This incident is closed. /reopen comes first.',
  },
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
    it: 'takes the lead from nobody for an associate, whatever the reason (S1-46, S2-33)',
    by: associate,
    roster: withAssociate,
    policy: { parts: { associatesLead: 'public' } },
    after: [
      { type: 'exposed', by: 'lead' },
      { type: 'lead-chosen', by: 'lead', lead: 'lead', how: 'volunteered' },
    ],
    order: '/lead me because I wrote the code',
    refuses: 'lead leads the fix already. A member can name you instead: /lead newcomer because <reason>.',
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
  { it: 'misses the name', order: '/lead', refuses: '<who> is missing. Write: /lead <who> [because <reason>]' },
  {
    it: 'the first volunteer wins; a later one needs a reason, or the lead (S1-46)',
    after: [{ type: 'lead-chosen', by: 'second', lead: 'second', how: 'volunteered' }],
    by: member('third'),
    order: '/lead me',
    refuses: 'second leads the fix already, and can hand it on. To change it all the same: /lead me because <reason>.',
  },
  {
    it: 'with a reason it changes, and the reason is kept (S1-49)',
    after: [{ type: 'lead-chosen', by: 'second', lead: 'second', how: 'volunteered' }],
    by: member('third'),
    order: '/lead me because second is ill',
    answers: 'third leads the fix.',
    happens: [{ type: 'lead-chosen', by: 'third', lead: 'third', how: 'volunteered', because: 'second is ill' }],
  },
  {
    it: 'the commander changes it without one',
    after: [{ type: 'lead-chosen', by: 'second', lead: 'second', how: 'volunteered' }],
    order: '/lead third',
    answers: 'third leads the fix.',
    happens: [{ type: 'lead-chosen', by: 'lead', lead: 'third', how: 'named' }],
  },
  {
    it: 'whose turn it is goes by when people led, not by when a report came (S1-48)',
    // The older incident chose its lead last.
    others: [
      { ...other, lead: 'lead', leadAt: new Date('2026-03-02T13:00:00Z') },
      { ...other, id: idOf('SRC-000002'), lead: 'second', leadAt: new Date('2026-03-02T15:00:00Z') },
    ],
    order: '/lead next',
    answers: 'third leads the fix.',
    happens: [{ type: 'lead-chosen', by: 'lead', lead: 'third', how: 'in-turn' }],
  },
  {
    it: 'an associate leads nothing where the team does not say so (S2-33)',
    by: associate,
    roster: withAssociate,
    after: [{ type: 'exposed', by: 'lead' }],
    order: '/lead me',
    refuses: 'newcomer is an associate, and in this team associates do not lead.',
  },
  {
    it: 'an associate takes no private incident, whatever the reason (S2-33, S1-49)',
    by: associate,
    roster: withAssociate,
    policy: { parts: { associatesLead: 'public' } },
    order: '/lead me because I have time',
    refuses: 'newcomer is an associate, and associates lead only what is public already.',
  },
  {
    it: 'an associate takes one that is public (S2-33)',
    by: associate,
    roster: withAssociate,
    policy: { parts: { associatesLead: 'public' } },
    after: [{ type: 'exposed', by: 'lead' }],
    order: '/lead me',
    answers: 'newcomer leads the fix.',
    happens: [{ type: 'lead-chosen', by: 'newcomer', lead: 'newcomer', how: 'volunteered' }],
  },
  {
    it: 'what goes on in private again is not public for an associate (S1-43, S2-33)',
    by: associate,
    roster: withAssociate,
    policy: { parts: { associatesLead: 'public' } },
    after: [
      { type: 'exposed', by: 'lead' },
      { type: 'privacy-answered', by: 'reporter', answer: 'yes' },
    ],
    order: '/lead me',
    refuses: 'newcomer is an associate, and associates lead only what is public already.',
  },
  {
    it: 'an associate puts nobody else in front',
    by: associate,
    roster: withAssociate,
    order: '/lead second',
    refuses: 'An associate can only take the lead themselves: /lead me.',
  },
  {
    it: 'an associate is told how low sensitivity is said where that counts (S3-10)',
    by: associate,
    roster: withAssociate,
    policy: { parts: { associatesLead: 'public-or-low-sensitivity' } },
    order: '/lead me',
    refuses:
      'newcomer is an associate, and associates lead only what is public already or of low sensitivity (/decide sensitivity low because <reason>).',
  },
  {
    it: 'where every member drives an incident, an associate sees one of low sensitivity through all the same (S3-10)',
    roster: withAssociate,
    policy: { parts: { lead: 'none', associatesLead: 'public-or-low-sensitivity' }, decisions: { sensitivity: {} } },
    after: [{ type: 'decided', by: 'lead', what: 'sensitivity', choice: 'low', because: 'it shows a version' }],
    order: '/lead newcomer',
    answers: 'newcomer leads the fix.',
    happens: [{ type: 'lead-chosen', by: 'lead', lead: 'newcomer', how: 'named' }],
  },
  {
    it: 'where every member drives an incident, no member leads it (S3-19)',
    roster: withAssociate,
    policy: { parts: { lead: 'none', associatesLead: 'public-or-low-sensitivity' } },
    order: '/lead me',
    refuses: 'lead is a member, and in this team every member drives the incident: nobody leads it but an associate whom you name.',
  },
  {
    it: 'is of no use where nobody leads (S3-19)',
    policy: { parts: { lead: 'none' } },
    order: '/lead me',
    refuses: 'This team does not use /lead.',
  },
);
