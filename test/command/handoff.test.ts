// /handoff: the commander offers the incident to another member.

import { guards, rows } from '#test/command/table.ts';
import { member } from '#test/situation.ts';

guards('/handoff second');

rows(
  {
    it: 'offers to a member by handle and nothing changes yet (S1-35)',
    order: '/handoff second',
    answers: 'Offered to second. Until they accept you are still incident commander.',
    happens: [{ type: 'handoff-offered', by: 'lead', to: 'second' }],
  },
  {
    it: 'knows a member by address, in any case',
    order: '/handoff Second@Example.ORG',
    answers: 'Offered to second. Until they accept you are still incident commander.',
    happens: [{ type: 'handoff-offered', by: 'lead', to: 'second' }],
  },
  {
    it: 'is for the commander alone (S1-33)',
    by: member('second'),
    order: '/handoff third',
    refuses: '/handoff is for: commander. You are: member.',
  },
  {
    it: 'refuses somebody outside',
    order: '/handoff reporter@example.net',
    refuses: '"reporter@example.net" is no member of this team. Members: lead, second, third.',
  },
  { it: 'refuses oneself', order: '/handoff lead', refuses: 'This incident is yours already.' },
  {
    it: 'does not offer twice to the same person',
    after: [{ type: 'handoff-offered', by: 'lead', to: 'second' }],
    order: '/handoff second',
    refuses: 'It is offered to second already; no answer yet.',
  },
  { it: 'misses the name', order: '/handoff', refuses: 'The to is missing. Write: /handoff <to>' },
);
