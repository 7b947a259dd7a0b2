// /parts: who has each part here, the weeks and the queues to come.
import { given, withParts } from '#test/command/parts-of.ts';
import { guards, rows } from '#test/command/table.ts';
import { idOf, incident } from '#test/situation.ts';

guards('/parts', [given], withParts);

const had = { ...incident({ type: 'part-given', part: 'build', to: 'third', how: 'queue', by: 'embargod' }), id: idOf('SRC-000001') };

rows(
  {
    it: 'shows first and second of five weeks, queues, and who has what here (S2-35, S2-39)',
    ...withParts,
    after: [given],
    others: [had],
    order: '/parts',
    answers: [
      'In SRC-4F7K2M:',
      '  Triage: lead (asked, not confirmed)',
      '  Build: nobody yet',
      'Triage (triage), first and second of each week:',
      '  From 2026-03-02 00:00 UTC: lead, then second',
      '  From 2026-03-09 00:00 UTC: second, then third',
      '  From 2026-03-16 00:00 UTC: third, then lead',
      '  From 2026-03-23 00:00 UTC: lead, then second',
      '  From 2026-03-30 00:00 UTC: second, then third',
      'Build (build), a queue:',
      '  Next: lead, third',
    ].join('\n'),
  },
  {
    it: 'names who is away in a week, and puts those in front who are there (S2-42)',
    policy: { parts: { standing: { triage: { title: 'Triage', duties: 'Sorts.' } } } },
    roster: {
      members: ['lead', 'second'].map((handle) => ({
        handle,
        name: handle,
        addresses: [`${handle}@example.org`],
        ...(handle === 'second' && { leave: [{ from: '2026-03-09', to: '2026-03-12' }] }),
      })),
      oncall: undefined,
      parts: { triage: { from: '2026-03-02', order: ['lead', 'second'] } },
    },
    after: [given],
    order: '/parts',
    answers: [
      'In SRC-4F7K2M:',
      '  Triage: lead (asked, not confirmed)',
      'Triage (triage), first and second of each week:',
      '  From 2026-03-02 00:00 UTC: lead, then second',
      '  From 2026-03-09 00:00 UTC: lead, then nobody (away: second 2026-03-09 to 2026-03-12)',
      '  From 2026-03-16 00:00 UTC: lead, then second',
      '  From 2026-03-23 00:00 UTC: second, then lead',
      '  From 2026-03-30 00:00 UTC: lead, then second',
    ].join('\n'),
  },
  {
    it: 'says where nobody takes turns',
    policy: { parts: { standing: { triage: { title: 'Triage', duties: 'Sorts.', by: 'queue' } } } },
    order: '/parts',
    answers: [
      'In SRC-4F7K2M:',
      '  Triage: nobody yet',
      'Triage (triage), a queue:',
      '  Nobody takes turns with it; the roster has turns for: no part.',
    ].join('\n'),
  },
);
