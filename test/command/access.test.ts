// /access: requests for access to the private repository, and for its removal.
import type { Event } from '#incident/event.ts';
import { guards, rows } from '#test/command/table.ts';
import { announced, closed, situation } from '#test/situation.ts';

const roster = {
  members: [
    ...situation([]).roster.members,
    ...['engineer', 'tester'].map((handle) => ({ handle, name: handle, addresses: [`${handle}@example.com`], roles: ['engineer'] })),
  ],
  administrator: { name: 'Access Desk', address: 'administrator@example.com' },
};
const invited: Event = { type: 'fix-team-invited', by: 'lead', people: ['engineer', 'tester'] };
const asked = (number: number, person: string, what: 'grant' | 'remove' = 'grant'): Event => ({
  type: 'access-requested',
  by: 'lead',
  number,
  what,
  person,
});
const done = (number: number, how: 'done' | 'refused' = 'done'): Event => ({ type: 'access-answered', by: 'administrator', number, how });

rows(
  {
    it: 'asks for everybody of the fix team, one request each (S1-40, S1-57)',
    roster,
    after: [invited],
    order: '/access grant all',
    answers: 'Access is requested from Access Desk: 1 (engineer), 2 (tester). Open until answered.',
    happens: [asked(1, 'engineer'), asked(2, 'tester')],
  },
  {
    it: 'asks only for those who have none yet',
    roster,
    after: [invited, asked(1, 'engineer')],
    order: '/access grant all',
    answers: 'Access is requested from Access Desk: 2 (tester). Open until answered.',
    happens: [asked(2, 'tester')],
  },
  {
    it: 'asks again for somebody who was refused',
    roster,
    after: [invited, asked(1, 'engineer'), done(1, 'refused')],
    order: '/access grant engineer',
    answers: 'Access is requested from Access Desk: 2 (engineer). Open until answered.',
    happens: [asked(2, 'engineer')],
  },
  {
    it: 'asks for nobody who was not invited (S1-57)',
    roster,
    order: '/access grant engineer',
    refuses: '"engineer" is not on the fix team of this incident; invite them first: /fix-team invite engineer',
  },
  {
    it: 'keeps the request where nobody can be mailed (S1-40)',
    after: [invited],
    roster: { ...roster, administrator: undefined },
    order: '/access grant engineer',
    answers: 'Access is requested: 1 (engineer). The roster names no administrator, so nobody was mailed: see to it, then /answer 1 done.',
    happens: [asked(1, 'engineer')],
  },
  {
    it: 'does not ask twice',
    roster,
    after: [invited, asked(1, 'engineer')],
    order: '/access grant engineer',
    refuses: 'engineer holds access already, or it is requested: /access list',
  },
  {
    it: 'asks for the removal of all, also of those whose grant nobody has answered (S1-92, S2-69l)',
    roster,
    after: [invited, asked(1, 'engineer'), done(1), asked(2, 'tester')],
    order: '/access remove all',
    answers: 'Removal is requested from Access Desk: 3 (engineer), 4 (tester). Open until answered.',
    happens: [asked(3, 'engineer', 'remove'), asked(4, 'tester', 'remove')],
  },
  {
    it: 'removes nobody twice at a time',
    roster,
    after: [invited, asked(1, 'engineer'), done(1), asked(2, 'engineer', 'remove')],
    order: '/access remove engineer',
    refuses: 'The removal of engineer is requested already: /access list',
  },
  {
    it: 'asks once more where a removal was refused',
    roster,
    after: [invited, asked(1, 'engineer'), done(1), asked(2, 'engineer', 'remove'), done(2, 'refused')],
    order: '/access remove all',
    answers: 'Removal is requested from Access Desk: 3 (engineer). Open until answered.',
    happens: [asked(3, 'engineer', 'remove')],
  },
  { it: 'removes only what there is', roster, order: '/access remove tester', refuses: '"tester" holds no access. With access: nobody.' },
  {
    it: 'has nobody to grant access to',
    roster,
    order: '/access grant all',
    refuses: 'Nobody is on the fix team: /fix-team invite <person> comes first.',
  },
  { it: 'wants a name', roster, order: '/access grant', refuses: 'Name somebody of the fix team, or all: /access grant all' },
  {
    it: 'grants nothing for what is public',
    roster,
    after: [invited, announced],
    order: '/access grant all',
    refuses: 'This incident is public; nobody needs access to a private fix any more.',
  },
  {
    it: 'asks for nothing in a closed incident',
    roster,
    after: [invited, closed],
    order: '/access grant all',
    refuses: 'This incident is closed. /reopen comes first.',
  },
  {
    it: 'is not part of a process without a private repository',
    roster,
    policy: { fixTeam: { access: 'none' } },
    after: [invited],
    order: '/access grant all',
    refuses: 'This team has no private repository that access is granted to (fixTeam.access).',
  },
  {
    it: 'lists who holds access, standing viewers and open requests (S1-39)',
    roster,
    policy: { fixTeam: { viewers: ['member', 'release-manager'] } },
    after: [invited, asked(1, 'engineer'), done(1), asked(2, 'tester')],
    order: '/access list',
    answers: [
      'Access to the private security repository for this incident: engineer',
      'Always: member (lead, second, third)',
      'Always: release-manager (nobody)',
      'Request 2: access for tester, open since 2026-03-02 13:04 UTC',
    ].join('\n'),
  },
);

guards('/access grant all', [invited], { roster });
