// /duplicate: links a report to the incident it repeats.

import type { Event } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { incidentOf } from '#incident/incident.ts';
import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, announcementSet, anonymous, closed, idOf, journal, noticed } from '#test/situation.ts';

function other(id: string, ...events: readonly Event[]): Incident {
  const found = incidentOf(idOf(id), journal(...events));
  if (!found) throw new Error('a journal begins with a report');
  return found;
}

const first = idOf('SRC-1A1A1A');
const others = [
  other('SRC-1A1A1A', accepted),
  other('SRC-2B2B2B', { type: 'duplicate-linked', by: 'lead', of: first }),
  other('SRC-3C3C3C', { type: 'duplicate-linked', by: 'lead', of: idOf('SRC-4F7K2M') }),
  other('SRC-5D5D5D', { type: 'spam-marked', by: 'lead' }),
];
const final: Event = { type: 'final-notice-released', mark: 'aaaaaaaa', publicAt: '2026-03-16T16:00:00.000Z', distributors: ['acme'] };
const linked = { type: 'duplicate-linked', by: 'lead', of: first } as const;
guards('/duplicate SRC-1A1A1A', [], { others });

rows(
  {
    it: 'links and tells the reporter (2.12)',
    others,
    order: '/duplicate src-1a1a1a',
    answers: 'Linked to SRC-1A1A1A, which it repeats. The reporter is told.',
    happens: [linked],
  },
  {
    it: 'adds a text of the member to the letter',
    others,
    order: '/duplicate SRC-1A1A1A\nYour second way in was new to us.\n/end',
    answers: 'Linked to SRC-1A1A1A, which it repeats. The reporter is told.',
    happens: [{ ...linked, text: 'Your second way in was new to us.' }],
  },
  {
    it: 'says that nobody is told',
    others,
    after: [anonymous],
    order: '/duplicate SRC-1A1A1A',
    answers: 'Linked to SRC-1A1A1A, which it repeats. No reporter is known, so nobody is told.',
    happens: [linked],
  },
  {
    it: 'refuses itself',
    others,
    order: '/duplicate SRC-4F7K2M',
    refuses: 'SRC-4F7K2M is this incident itself. Name the one that it repeats.',
  },
  {
    it: 'refuses an id nobody has',
    others,
    order: '/duplicate SRC-9Z9Z9Z',
    refuses: 'This team has no incident SRC-9Z9Z9Z. /list all shows them.',
  },
  {
    it: 'refuses an id of another team',
    others,
    order: '/duplicate PST-1A1A1A',
    refuses: 'PST-1A1A1A is no incident of this team; they look like SRC-4F7K2M. /list all shows them.',
  },
  {
    it: 'refuses what is no id',
    others,
    order: '/duplicate 17',
    refuses: '"17" is no id of an incident; they look like SRC-4F7K2M. /list all shows them.',
  },
  {
    it: 'refuses a duplicate of a duplicate',
    others,
    order: '/duplicate SRC-2B2B2B',
    refuses: 'SRC-2B2B2B itself repeats SRC-1A1A1A: link to that one.',
  },
  {
    it: 'refuses a ring',
    others,
    order: '/duplicate SRC-3C3C3C',
    refuses: 'SRC-3C3C3C is linked to this incident as its repetition; one of them must stay the first.',
  },
  { it: 'refuses spam', others, order: '/duplicate SRC-5D5D5D', refuses: 'SRC-5D5D5D was marked as spam. /spam does the same here.' },
  { it: 'links once', others, after: [linked], order: '/duplicate SRC-1A1A1A', refuses: 'It is linked to SRC-1A1A1A already.' },
  {
    it: 'does nothing to a closed incident',
    others,
    after: [closed],
    order: '/duplicate SRC-1A1A1A',
    refuses: 'This incident is closed. /reopen comes first.',
  },
  {
    it: 'is too late after the announcement',
    others,
    after: [accepted, announced],
    order: '/duplicate SRC-1A1A1A',
    refuses: 'This incident is public already; what repeats it is linked from the other one.',
  },
  {
    it: 'is too late once the announcement is confirmed',
    others,
    after: [accepted, announcementSet],
    order: '/duplicate SRC-1A1A1A',
    refuses: 'The announcement is confirmed for its moment. /cancel announcement comes first.',
  },
  {
    it: 'is too late once distributors know',
    others,
    after: [accepted, noticed],
    order: '/duplicate SRC-1A1A1A',
    refuses: 'Distributors were told of this incident; link the other one to it instead.',
  },
  {
    it: 'is not what distributors know by a final notice that was taken back (S1-94)',
    others,
    after: [final],
    order: '/duplicate SRC-1A1A1A',
    refuses: 'Distributors were told of this incident; link the other one to it instead.',
  },
);
