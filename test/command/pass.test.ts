// /pass: a part goes on to the next in line at once, with the reason.
import type { Event } from '#incident/event.ts';
import { given, withParts } from '#test/command/parts-of.ts';
import { guards, rows } from '#test/command/table.ts';
import { accepted, closed, member } from '#test/situation.ts';

guards('/pass triage because I am away', [given], withParts);

const passed: Event = { type: 'part-passed', part: 'triage', by: 'lead', because: 'I am away' };
const asked = (part: string, to: string): Event => ({ type: 'part-given', part, to, how: 'next', by: 'embargod' });

rows(
  {
    it: 'waits for the incident to be open again',
    ...withParts,
    after: [accepted, given, closed],
    order: '/pass triage because I am away',
    refuses: 'This incident is closed. /reopen comes first.',
  },
  {
    it: 'the second of the week is asked at once, and the reason is kept (S2-38)',
    ...withParts,
    after: [given],
    order: '/pass triage because I am away',
    answers: 'Passed on: second is asked.',
    happens: [passed, { type: 'part-given', part: 'triage', to: 'second', how: 'next', by: 'lead' }],
  },
  {
    it: 'after the last in line everybody is asked (S2-28, S2-41)',
    ...withParts,
    after: [given, asked('triage', 'second'), asked('triage', 'third')],
    by: member('third'),
    order: '/pass triage because I am away',
    answers: 'Passed on: nobody is left in line, so everybody is asked.',
    happens: [
      { ...passed, by: 'third' },
      { type: 'part-opened', part: 'triage' },
    ],
  },
  {
    it: 'whoever has taken it may still have a good reason (S2-38)',
    ...withParts,
    after: [given, { type: 'part-taken', part: 'triage', by: 'lead' }],
    order: '/pass triage because I am away',
    answers: 'Passed on: second is asked.',
    happens: [passed, { type: 'part-given', part: 'triage', to: 'second', how: 'next', by: 'lead' }],
  },
  {
    it: 'whoever is asked to lead passes that on too (S1-46)',
    after: [accepted, { type: 'part-given', part: 'lead', to: 'lead', how: 'queue', by: 'embargod' }],
    order: '/pass lead because I wrote the code',
    answers: 'Passed on: second is asked.',
    happens: [
      { type: 'part-passed', part: 'lead', by: 'lead', because: 'I wrote the code' },
      { type: 'part-given', part: 'lead', to: 'second', how: 'next', by: 'lead' },
    ],
  },
  {
    it: 'what is with somebody else cannot be passed',
    ...withParts,
    after: [given],
    by: member('third'),
    order: '/pass triage because I am away',
    refuses: 'The part "triage" is with lead, not with you.',
  },
  {
    it: 'what everybody is asked for is nobody’s to pass',
    ...withParts,
    after: [given, { type: 'part-opened', part: 'triage' }],
    order: '/pass triage because I am away',
    refuses: 'The part "triage" is nobody\'s: everybody is asked already.',
  },
  {
    it: 'the lead hands the lead on by name',
    after: [accepted, { type: 'lead-chosen', by: 'lead', lead: 'lead', how: 'volunteered' }],
    order: '/pass lead because I am away',
    refuses: 'lead leads the fix: they can hand it on with /lead <who>.',
  },
  {
    it: 'a part nobody was asked for is said so',
    ...withParts,
    order: '/pass build because I am away',
    refuses: 'Nobody was asked for the part "build" in this incident yet.',
  },
  {
    it: 'misses the reason',
    ...withParts,
    after: [given],
    order: '/pass triage',
    refuses: 'The reason is missing. Write: /pass <part> because <reason>',
  },
);
