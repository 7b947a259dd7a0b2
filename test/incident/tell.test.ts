// The timeline: one sentence for each event, roles and handles, never contents.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { actionWords, tell } from '#incident/tell.ts';
import { accepted, announced, announcementSet, drafted, field, noticed, reported, scheduled } from '#test/situation.ts';

test.each([
  [reported, 'Report received; lead is incident commander.'],
  [accepted, 'lead accepted the report as a vulnerability.'],
  [{ type: 'mail-joined', by: 'outsider', message: 'm', proof: 'none' }, 'Mail from somebody outside.'],
  [{ type: 'lead-chosen', by: 'lead', lead: 'third', how: 'in-turn' }, 'lead made third fix lead, whose turn it was.'],
  [{ type: 'lead-chosen', by: 'third', lead: 'third', how: 'volunteered' }, 'third volunteered as fix lead.'],
  [{ type: 'severity-set', by: 'lead', level: 'high', because: 'it is bad.' }, 'lead set the severity to high because it is bad.'],
  [scheduled(), 'lead set the public date to 2026-03-16 16:00 UTC.'],
  [noticed, 'Notice released to 2 distributors.'],
  [announcementSet, 'Announcement set for 2026-03-16 16:00 UTC.'],
  [announced, 'Announced publicly on announce.'],
  [{ type: 'confirmation-missed', by: 'second', left: 4 }, 'second sent a wrong confirmation code.'],
  [{ type: 'confirmation-missed', by: 'second', left: 0 }, 'second sent too many wrong confirmation codes; what was prepared is void.'],
  [
    { type: 'command-refused', claimed: 'lead', line: '/reply some secret text', why: 'w', proof: 'none' },
    'Refused /reply sent in the name of lead (proof: none).',
  ],
  [
    { type: 'letter-failed', letter: 'l', kind: 'notice', to: 'acme', how: 'bounced', status: '5.1.1' },
    'The letter "notice" to acme came back (5.1.1).',
  ],
] as [Event, string][])('%o', (event, sentence) => {
  expect(tell(event, 'UTC')).toBe(sentence);
});

test('contents are not told: notes, replies, fields, drafts, critiques, reporters', () => {
  const silent: Event[] = [
    { type: 'noted', by: 'lead', text: 'SECRET' },
    { type: 'replied', by: 'lead', text: 'SECRET', asks: true },
    field('title', 'SECRET'),
    { ...drafted('notice'), subject: 'SECRET', text: 'SECRET' } as Event,
    { type: 'critique-given', by: 'lead', text: 'SECRET' },
    {
      type: 'confirmation-asked',
      by: 'lead',
      action: { act: 'notify', mark: 'aaaaaaaa' },
      codes: [{ to: 'second', code: 'SECRET' }],
      expires: '2026-03-04T12:00:00.000Z',
    },
    { type: 'accepted', by: 'lead', text: 'SECRET' },
    { type: 'declined', by: 'lead', class: 'hardening', text: 'SECRET' },
    { type: 'reporter-named', by: 'lead', reporter: { address: 'SECRET', name: 'SECRET' } },
  ];
  for (const event of silent) expect(tell(event, 'UTC')).not.toContain('SECRET');
});

test('people are named as the reader wants', () => {
  expect(tell(accepted, 'UTC', () => 'the incident commander')).toBe('the incident commander accepted the report as a vulnerability.');
});

test('an action reads after "to"', () => {
  expect(actionWords({ act: 'notify', mark: 'aaaaaaaa' }, 'UTC')).toBe('release the notice aaaaaaaa to the distributors');
  expect(actionWords({ act: 'announce', mark: 'aaaaaaaa', at: '2026-03-16T16:00:00.000Z' }, 'Europe/Berlin')).toBe(
    'announce aaaaaaaa at 2026-03-16 16:00 UTC (17:00 Europe/Berlin)',
  );
  expect(actionWords({ act: 'retrospective', mark: 'aaaaaaaa' }, 'UTC')).toBe('release the retrospective aaaaaaaa');
});
