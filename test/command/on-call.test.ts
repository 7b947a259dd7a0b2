// /on-call: who is on call now and next, who is away, and who carries how much.
import { guards, rows } from '#test/command/table.ts';
import { accepted, closed, idOf, incident } from '#test/situation.ts';

guards('/on-call');

const led = { ...incident(accepted, { type: 'lead-chosen', by: 'second', lead: 'second', how: 'volunteered' }), id: idOf('SRC-000001') };
const over = {
  ...incident(accepted, { type: 'lead-chosen', by: 'second', lead: 'second', how: 'volunteered' }, closed),
  id: idOf('SRC-000002'),
};
const people = (leave: Record<string, object[]>) =>
  ['lead', 'second', 'third'].map((handle) => ({
    handle,
    name: handle,
    addresses: [`${handle}@example.org`],
    leave: leave[handle] ?? [],
  }));

rows(
  {
    it: 'shows the present turn and the next four, whose turn it is to lead, and who has how much (S1-34, C25)',
    others: [led, over],
    order: '/on-call',
    answers: [
      'On call until 2026-03-09 00:00 UTC: lead',
      'From 2026-03-09 00:00 UTC: second',
      'From 2026-03-16 00:00 UTC: third',
      'From 2026-03-23 00:00 UTC: lead',
      'From 2026-03-30 00:00 UTC: second',
      'Next to lead: lead, third, second',
      'Open incidents:',
      'lead: commands 1, leads 0, has led 0 in all',
      'second: commands 0, leads 1, has led 2 in all',
      'third: commands 0, leads 0, has led 0 in all',
    ].join('\n'),
  },
  {
    it: 'shows leave, who stands in, and turns that nobody has (S1-24)',
    roster: {
      members: people({
        lead: [{ from: '2026-03-09', to: '2026-03-22' }],
        second: [{ from: '2026-03-16', to: '2026-03-17' }],
        third: [{ from: '2026-03-15', to: '2026-03-20' }],
      }),
    },
    policy: { parts: { lead: 'none' } },
    order: '/on-call',
    answers: [
      'On call until 2026-03-09 00:00 UTC: lead',
      'From 2026-03-09 00:00 UTC: second (away: lead 2026-03-09 to 2026-03-22; third 2026-03-15 to 2026-03-20)',
      'From 2026-03-16 00:00 UTC: nobody: everybody is away (away: lead 2026-03-09 to 2026-03-22; second 2026-03-16 to 2026-03-17; third 2026-03-15 to 2026-03-20)',
      'From 2026-03-23 00:00 UTC: lead',
      'From 2026-03-30 00:00 UTC: second',
      'Open incidents:',
      'lead: commands 0, leads 0, has led 0 in all',
      'second: commands 0, leads 0, has led 0 in all',
      'third: commands 0, leads 0, has led 0 in all',
    ].join('\n'),
  },
  {
    it: 'says where nobody is on call (S3-06)',
    roster: { oncall: undefined },
    policy: { parts: { commander: 'none', lead: 'none' } },
    order: '/on-call',
    answers: [
      'Nobody is on call: reports go to the whole team.',
      'Open incidents:',
      'lead: commands 0, leads 0, has led 0 in all',
      'second: commands 0, leads 0, has led 0 in all',
      'third: commands 0, leads 0, has led 0 in all',
    ].join('\n'),
  },
);
