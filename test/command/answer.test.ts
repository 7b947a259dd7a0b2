// /answer: the administrator, or a member in their stead, says what became of a request.
import type { Event } from '#incident/event.ts';
import { guards, rows } from '#test/command/table.ts';
import { member, stranger } from '#test/situation.ts';

const requests: Event[] = [
  { type: 'access-requested', by: 'lead', number: 1, what: 'grant', person: 'engineer' },
  { type: 'access-requested', by: 'lead', number: 2, what: 'remove', person: 'tester' },
];
const by = { ...stranger, who: 'administrator', roles: ['administrator' as const], proof: 'domain' as const };

rows(
  {
    it: 'closes a request by the administrator, whose domain is enough (S1-40)',
    by,
    after: requests,
    order: '/answer 1 done',
    answers: 'Request 1 (access for engineer): done.',
    happens: [{ type: 'access-answered', by: 'administrator', number: 1, how: 'done' }],
  },
  {
    it: 'refuses with a reason (S1-40)',
    by,
    after: requests,
    order: '/answer 2 refused because the account is shared',
    answers: 'Request 2 (removal of tester): refused.',
    happens: [{ type: 'access-answered', by: 'administrator', number: 2, how: 'refused', because: 'the account is shared' }],
  },
  {
    it: 'wants to know why it is refused',
    by,
    after: requests,
    order: '/answer 2 refused',
    refuses: 'Say why: /answer 2 refused because <reason>',
  },
  {
    it: 'is given by a member in the administrator’s stead',
    after: requests,
    order: '/answer 1 done',
    answers: 'Request 1 (access for engineer): done.',
    happens: [{ type: 'access-answered', by: 'lead', number: 1, how: 'done' }],
  },
  {
    it: 'takes a member’s word only as well proved as any command of theirs (S1-01)',
    by: member('lead', { proof: 'domain' }),
    after: requests,
    order: '/answer 1 done',
    refuses: '/answer needs a mail of a member that is signed with their key on the roster; the administrator can answer without.',
  },
  {
    it: 'is not taken from whoever only writes as the administrator (S1-01)',
    by: { ...by, proof: 'none' },
    after: requests,
    order: '/answer 1 done',
    refuses: '/answer needs a mail that our mail server vouches for, or a signed one; this one is neither.',
  },
  {
    it: 'knows the open requests',
    by,
    after: requests,
    order: '/answer 3 done',
    refuses: 'There is no request 3 in this incident. Open: 1, 2.',
  },
  {
    it: 'answers no request twice',
    by,
    after: [...requests, { type: 'access-answered', by: 'administrator', number: 1, how: 'done' }],
    order: '/answer 1 done',
    refuses: 'Request 1 is answered already (done). Open: 2.',
  },
  {
    it: 'wants a number',
    by,
    after: requests,
    order: '/answer one done',
    refuses: '"one" is no number of a request. Write: /answer <number> <how> [because <reason>]',
  },
  {
    it: 'wants an answer',
    by,
    after: requests,
    order: '/answer 1 maybe',
    refuses: '"maybe" is neither done nor refused. Write: /answer <number> <how> [because <reason>]',
  },
);

guards('/answer 1 done', requests);
