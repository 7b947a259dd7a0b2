// /handoff: the commander offers the incident to another member.

import { guards, rows } from '#test/command/table.ts';
import { closed, member } from '#test/situation.ts';

const people = (...handles: string[]) => handles.map((handle) => ({ handle, name: handle, addresses: [`${handle}@example.org`] }));
const secondAway = {
  members: people('lead', 'second').map((one) => ({
    ...one,
    ...(one.handle === 'second' && { leave: [{ from: '2026-03-01', to: '2026-03-10' }] }),
  })),
};
const withMaintainer = {
  members: [
    ...people('lead', 'second'),
    ...people('maintainer').map((one) => ({ ...one, roles: ['engineer'] })),
    ...people('newcomer').map((one) => ({ ...one, roles: ['associate'] })),
  ],
};

guards('/handoff second');

rows(
  {
    it: 'waits for the incident to be open again',
    after: [closed],
    order: '/handoff second',
    refuses: 'This incident is closed. /reopen comes first.',
  },
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
    refuses: '/handoff is for: commander. You are: member. Here: lead commands.',
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
  { it: 'misses the name', order: '/handoff', refuses: '<to> is missing. Write: /handoff <to> [because <reason>]' },
  {
    it: 'an offer to somebody else takes the place of the first, and says so (S1-35)',
    after: [{ type: 'handoff-offered', by: 'lead', to: 'second' }],
    order: '/handoff third because second is ill',
    answers: 'Offered to third. Until they accept you are still incident commander. The offer to second no longer holds.',
    happens: [{ type: 'handoff-offered', by: 'lead', to: 'third', because: 'second is ill' }],
  },
  {
    it: 'says that somebody is on leave, and until when (S1-23, S1-49)',
    roster: secondAway,
    order: '/handoff second',
    refuses: 'second is on leave until 2026-03-10 and may not answer. To offer it all the same: /handoff second because <reason>.',
  },
  {
    it: 'offers it to somebody on leave for a reason, which is kept (S1-49)',
    roster: secondAway,
    order: '/handoff second because they said they are reachable',
    answers: 'Offered to second. Until they accept you are still incident commander.',
    happens: [{ type: 'handoff-offered', by: 'lead', to: 'second', because: 'they said they are reachable' }],
  },
  {
    it: 'asks for an outside maintainer to be on the fix team first (S1-35)',
    roster: withMaintainer,
    order: '/handoff maintainer because they know the code',
    refuses: 'maintainer is no member, and must be on the fix team of this incident first: /fix-team invite maintainer.',
  },
  {
    it: 'offers it to an outside maintainer of the fix team (S1-35)',
    roster: withMaintainer,
    after: [{ type: 'fix-team-invited', by: 'lead', people: ['maintainer'] }],
    order: '/handoff maintainer',
    answers: 'Offered to maintainer. Until they accept you are still incident commander.',
    happens: [{ type: 'handoff-offered', by: 'lead', to: 'maintainer' }],
  },
  {
    it: 'never offers it to an associate (S2-32)',
    roster: withMaintainer,
    order: '/handoff newcomer because they want to learn',
    refuses: '"newcomer" is no member of this team. Members: lead, second.',
  },
  {
    it: 'is of no use where nobody commands (S3-06)',
    policy: { parts: { commander: 'none' } },
    order: '/handoff second',
    refuses: 'This team does not use /handoff.',
  },
);
