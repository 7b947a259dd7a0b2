// /who-knows: who was told what, by which letters.
import { expect, test } from 'vitest';
import type { Told } from '#incident/knowledge.ts';
import { guards, rows } from '#test/command/table.ts';
import { obey, situation } from '#test/situation.ts';

guards('/who-knows');

const at = new Date('2026-03-02T12:30:00Z');
const letter = (changes: Partial<Told>): Told => ({
  ...{ letter: 'L1', kind: 'report', contents: true, audience: 'team', who: 'lead', address: 'lead@example.org' },
  ...{ messageId: 'one@example.org', is: 'sent', at },
  ...changes,
});
const letters = [
  letter({}),
  letter({ letter: 'L2', kind: 'relay', messageId: 'two@example.org', at: new Date('2026-03-02T14:30:00Z') }),
  letter({
    letter: 'L3',
    kind: 'notice',
    audience: 'distributors',
    who: 'acme',
    address: 'security@acme.example.net',
    is: 'keyless',
    messageId: 'three@example.org',
  }),
];
const otherwise = ['Known in other ways:', '  the reporter (reporter@example.net): reported it 2026-03-02 12:00 UTC'];

test('of thousands a hundred are shown and the others counted; whom nothing reached is shown in full (C18)', () => {
  const many = Array.from({ length: 5000 }, (_, index) =>
    letter({ letter: `D${index}`, kind: 'notice', audience: 'distributors', who: `d${index}`, address: `d${index}@example.net` }),
  );
  const missed = Array.from({ length: 300 }, (_, index) =>
    letter({
      letter: `M${index}`,
      kind: 'notice',
      audience: 'distributors',
      who: `m${index}`,
      address: `m${index}@example.net`,
      is: 'failed',
    }),
  );
  const text = obey('/who-knows', situation([], { letters: [...many, ...missed] })).transcript[0]?.text ?? '';
  expect(text).toContain('  and 4900 more; /who-knows <name> shows one of them');
  expect(text.match(/^ {2}m\d+ </gm)).toHaveLength(300);
});

rows(
  {
    it: 'names each person with the first letter that told them, and whom nothing reached (S2-24)',
    letters,
    order: '/who-knows',
    answers: [
      'Told, team:',
      '  lead <lead@example.org>: since 2026-03-02 12:30 UTC; 2 letters, the last 2026-03-02 14:30 UTC',
      '      report: sent 2026-03-02 12:30 UTC <one@example.org>',
      'Not told of its contents:',
      '  acme <security@acme.example.net>: nothing arrived',
      '      notice: WAITS FOR A KEY since 2026-03-02 12:30 UTC <three@example.org>',
      ...otherwise,
    ].join('\n'),
  },
  {
    it: 'shows every letter of one person, whom it finds by handle or address',
    letters,
    order: '/who-knows LEAD@example.org',
    answers: [
      'Told, team:',
      '  lead <lead@example.org>: since 2026-03-02 12:30 UTC; 2 letters, the last 2026-03-02 14:30 UTC',
      '      report: sent 2026-03-02 12:30 UTC <one@example.org>',
      '      relay: sent 2026-03-02 14:30 UTC <two@example.org>',
    ].join('\n'),
  },
  {
    it: 'refuses a name nobody has, with those that there are',
    letters,
    order: '/who-knows beta',
    refuses: 'Nobody called "beta" was written to about this incident. Written to: team, lead, distributors, acme; or write all.',
  },
  {
    it: 'shows moments in the zone of the team too (C9)',
    letters: letters.slice(0, 1),
    policy: { zone: 'Europe/Berlin' },
    order: '/who-knows team',
    answers: [
      'Told, team:',
      '  lead <lead@example.org>: since 2026-03-02 12:30 UTC (13:30 Europe/Berlin); 1 letter',
      '      report: sent 2026-03-02 12:30 UTC (13:30 Europe/Berlin) <one@example.org>',
    ].join('\n'),
  },
);
