// /plan: every mail to the outside, sent and to come.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, obey, scheduled, situation } from '#test/situation.ts';

guards('/plan');

rows(
  {
    it: 'shows what was sent before what is to come, each with its recipients and its moment (S1-72)',
    after: [accepted, scheduled(), announced],
    order: '/plan',
    answers: [
      'Public date: 2026-03-16 16:00 UTC',
      '',
      'Sent:',
      '  2026-03-02 13:01 UTC: verdict: accepted',
      '      to the reporter (reporter@example.net)',
      '  2026-03-02 13:03 UTC: announcement',
      '      to 1 channel (announce)',
      '  2026-03-02 13:03 UTC: text to paste',
      '      to lead, for chat',
      '  2026-03-02 13:03 UTC: word that it is public',
      '      to the reporter (reporter@example.net)',
      '',
      'To come:',
      '  by 2026-03-05 13:03 UTC: retrospective',
      '      to the team and 1 channel (announce)',
      '      missing: no draft (/retrospective)',
    ].join('\n'),
  },
  {
    it: 'has nothing to come for what was declined (S1-72)',
    after: [{ type: 'declined', by: 'lead', class: 'out-of-scope' }],
    order: '/plan',
    answers: [
      'Public date: not set (/schedule proposes one)',
      '',
      'Sent:',
      '  2026-03-02 13:01 UTC: verdict: declined',
      '      to the reporter (reporter@example.net)',
      '',
      'Nothing is to come.',
    ].join('\n'),
  },
);

test('what is public already is to come ASAP, whatever a person releases; what comes after the release keeps its date (S1-51)', () => {
  const exposed = { type: 'exposed', by: 'lead' } as const;
  const shown = (...events: Event[]) => obey('/plan', situation([accepted, exposed, ...events])).transcript[0]?.text ?? '';
  const plan = shown();
  expect(plan).toContain('Public already: everything is due at once (ASAP)\nPublic date: not set');
  for (const what of ['invitation', 'announcement']) expect(plan).toContain(`  ASAP: ${what}\n`);
  expect(plan).not.toMatch(/LATE|no date yet: announcement/);
  expect(shown(scheduled())).toContain('  ASAP, by 2026-03-09 16:00 UTC: notice under embargo\n');
  expect(shown(scheduled())).toContain('  by 2026-03-17 16:00 UTC: retrospective\n');
});
