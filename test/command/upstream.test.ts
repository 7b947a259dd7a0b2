// /upstream: another project's date, and what it does to ours.
import { expect, test } from 'vitest';
import { holds } from '#incident/due-disclosure.ts';
import type { Event } from '#incident/event.ts';
import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, announcementSet, closed, incident, policy, scheduled } from '#test/situation.ts';

const set = { type: 'upstream-set', by: 'lead', at: '2026-03-20T16:00:00.000Z', because: 'it is theirs' } as const;
guards('/upstream 2026-03-20 16:00 UTC because it is theirs');

rows(
  {
    it: 'records the date and proposes ours (S1-52, S3-20, S4-15)',
    after: [accepted],
    order: '/upstream 2026-03-20 because it is theirs',
    answers: 'Upstream publishes at 2026-03-20 16:00 UTC. Our date cannot come before it: /schedule 2026-03-20 16:00',
    happens: [set],
  },
  {
    it: 'says that our date comes before it (S1-52)',
    after: [accepted, scheduled()],
    order: '/upstream 2026-03-20 because it is theirs',
    answers: 'Upstream publishes at 2026-03-20 16:00 UTC. Our date, 2026-03-16 16:00 UTC, comes before it: /schedule 2026-03-20 16:00',
    happens: [set],
  },
  {
    it: 'says that the confirmed announcement is held (S1-52)',
    after: [accepted, scheduled(), announcementSet],
    order: '/upstream 2026-03-20 because it is theirs',
    answers:
      'Upstream publishes at 2026-03-20 16:00 UTC. Our announcement is held until that is solved: /cancel announcement and /schedule 2026-03-20 16:00, or /upstream none because <reason>.',
    happens: [set],
  },
  {
    it: 'proposes to move ours where upstream is earlier (S1-52)',
    after: [accepted, scheduled()],
    order: '/upstream 2026-03-10 14:00 because it is theirs',
    answers:
      'Upstream publishes at 2026-03-10 14:00 UTC. Ours is later, 2026-03-16 16:00 UTC. To be public together: /schedule 2026-03-10 14:00',
    happens: [{ ...set, at: '2026-03-10T14:00:00.000Z' }],
  },
  {
    it: 'warns of a date past the longest embargo',
    after: [accepted],
    order: '/upstream 2026-09-01 because it is theirs',
    answers:
      'Upstream publishes at 2026-09-01 16:00 UTC. Our date cannot come before it: /schedule 2026-09-01 16:00 That is past the 90 days this team keeps an embargo.',
    happens: [{ ...set, at: '2026-09-01T16:00:00.000Z' }],
  },
  {
    it: 'lifts the date',
    after: [set],
    order: '/upstream none because they published',
    answers: 'No date of upstream holds ours any more.',
    happens: [{ type: 'upstream-set', by: 'lead', because: 'they published' }],
  },
  { it: 'has nothing to lift', order: '/upstream none because so', refuses: 'No date of upstream is recorded.' },
  {
    it: 'refuses 30 February',
    order: '/upstream 2026-02-30 because so',
    refuses:
      '"2026-02-30" is no date. Write one like 2026-03-03, 2026-03-03 16:00 (UTC), or 2026-03-03 09:00 America/Los_Angeles. To lift the date: /upstream none because <reason>.',
  },
  {
    it: 'reads the hour in the zone behind it, as /schedule does (S1-52, C9)',
    after: [accepted],
    order: '/upstream 2026-03-20 09:00 America/Los_Angeles because it is theirs',
    answers: 'Upstream publishes at 2026-03-20 16:00 UTC. Our date cannot come before it: /schedule 2026-03-20 16:00',
    happens: [set],
  },
  {
    it: 'refuses a zone that means two things',
    order: '/upstream 2026-03-20 09:00 EST because so',
    refuses: '"EST" is no zone. Write one like Europe/Berlin, or +01:00, or UTC. To lift the date: /upstream none because <reason>.',
  },
  {
    it: 'refuses the past',
    order: '/upstream 2026-03-02 because so',
    refuses: '2026-03-02 16:00 UTC is in the past. If upstream is public, nothing of ours waits for it: /upstream none because <reason>.',
  },
  { it: 'says a date once', after: [set], order: '/upstream 2026-03-20 because so', refuses: 'That is the date of upstream already.' },
  {
    it: 'wants the reason',
    order: '/upstream 2026-03-20',
    refuses: 'The reason is missing. Write: /upstream <date> [time] [zone] because <reason>',
  },
  {
    it: 'is too late once it is public',
    after: [accepted, announced],
    order: '/upstream 2026-03-20 because so',
    refuses: 'This incident is public already; no date of upstream changes that.',
  },
  {
    it: 'does nothing to a closed incident',
    after: [closed],
    order: '/upstream 2026-03-20 because so',
    refuses: 'This incident is closed. /reopen comes first.',
  },
  {
    it: 'makes /schedule refuse an earlier date, and go on with a reason (S1-49, S1-52)',
    after: [accepted, set],
    order: '/schedule 2026-03-16',
    refuses:
      'Upstream publishes at 2026-03-20 16:00 UTC, which is later. To set it all the same, add: because <reason>. Recommended: 2026-03-16 16:00 UTC.',
  },
);

test('a confirmed announcement before the date of upstream is held, and leaves once somebody wanted the earlier date with a reason (S1-52)', () => {
  const holding = (...events: Event[]) => holds(incident(...events), policy());
  expect(holding(accepted, scheduled(), announcementSet)).toBeUndefined();
  expect(holding(accepted, scheduled(), announcementSet, set)?.why).toBe('upstream publishes at 2026-03-20 16:00 UTC.');
  const reasoned = { ...scheduled(), because: 'they agreed' } as const;
  expect(holding(accepted, set, reasoned, announcementSet)).toBeUndefined();
  expect(holding(accepted, set, reasoned, announcementSet, { ...set, at: '2026-03-21T16:00:00.000Z' })).toBeDefined();
  expect(holding(accepted, scheduled(), announcementSet, set, { type: 'upstream-set', by: 'lead' })).toBeUndefined();
});
