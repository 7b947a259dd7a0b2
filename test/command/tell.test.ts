// /tell: a member writes to the fix team.
import type { Event } from '#incident/event.ts';
import { guards, rows } from '#test/command/table.ts';
import { member } from '#test/situation.ts';

const invited: Event = { type: 'fix-team-invited', by: 'lead', people: ['engineer', 'lead'] };

rows(
  {
    it: 'tells the fix team what stands in the text (S1-55)',
    after: [invited],
    order: '/tell fix-team\nPlease look at the patch.\n/end',
    answers: 'Told to the fix team: engineer.',
    happens: [{ type: 'fix-team-told', by: 'lead', text: 'Please look at the patch.' }],
  },
  {
    it: 'has nobody to tell before anybody is invited',
    order: '/tell fix-team hello',
    refuses: 'Nobody is on the fix team yet: /fix-team invite <person> comes first.',
  },
  {
    it: 'needs no message where the team itself fixes (S4-12)',
    policy: { fixTeam: { from: 'team' } },
    order: '/tell fix-team hello',
    refuses: 'The team itself is the fix team, and nobody else is invited: what you write reaches everybody.',
  },
  {
    it: 'is no way to the reporter',
    after: [invited],
    order: '/tell reporter hello',
    refuses:
      '"reporter" is not the fix team; write /tell fix-team, or /reply to the reporter. Write: /tell <whom> <text, or lines up to /end>',
  },
  {
    it: 'is not for the fix team itself, whose mails reach everybody of it anyway',
    after: [invited],
    by: member('engineer', { roles: ['engineer'] }),
    order: '/tell fix-team hello',
    refuses: '/tell is for: member. You are: engineer, fix-team.',
  },
);

guards('/tell fix-team hello', [invited]);
