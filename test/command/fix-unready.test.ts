// /fix-unready: the fix is not ready after all.
import type { Event } from '#incident/event.ts';
import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, closed, noticed } from '#test/situation.ts';

const ready: Event = { type: 'fix-ready', by: 'lead', what: 'fix' };

rows(
  {
    it: 'takes it back with a reason',
    after: [accepted, ready],
    order: '/fix-unready because there is a way around it',
    answers: 'Taken back; the lead is told.',
    happens: [{ type: 'fix-unready', by: 'lead', because: 'there is a way around it' }],
  },
  {
    it: 'reminds of the distributors who were told of it',
    after: [accepted, ready, noticed],
    order: '/fix-unready because there is a way around it',
    answers: 'Taken back; the lead is told. Distributors were told of it: tell them what changed with a new notice.',
    happens: [{ type: 'fix-unready', by: 'lead', because: 'there is a way around it' }],
  },
  {
    it: 'is over when the incident is',
    after: [accepted, ready, closed],
    order: '/fix-unready because there is a way around it',
    refuses: 'This incident is closed. /reopen comes first.',
  },
  {
    it: 'wants a reason',
    after: [accepted, ready],
    order: '/fix-unready',
    refuses: 'The reason is missing. Write: /fix-unready because <reason>',
  },
  { it: 'has nothing to take back', after: [accepted], order: '/fix-unready because x', refuses: 'Nobody has said that the fix is ready.' },
  {
    it: 'is another incident once all is public',
    after: [accepted, ready, announced],
    order: '/fix-unready because x',
    refuses: 'This incident is public already; what is wrong with the fix is a new incident.',
  },
);

guards('/fix-unready because x', [accepted, ready]);
