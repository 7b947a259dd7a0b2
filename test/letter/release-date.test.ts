// A release has a date, for those who make it: when, and nothing of what it is about.
import { expect, test } from 'vitest';
import { withheld } from '#incident/embargo.ts';
import { lettersOf } from '#test/letter/occasion.ts';
import { renderer } from '#test/letter/rendered.ts';
import { field, incident, now, roster, scheduled } from '#test/situation.ts';

const releaseDate = await renderer('release-date');
const lead = { handle: 'lead', name: 'Lead', addresses: ['lead@example.org'] };
const manager = { handle: 'builder', name: 'Builder', addresses: ['builder@example.org'], roles: ['release-manager'] };
const people = { members: [lead, manager], oncall: undefined };
const moved = { ...scheduled('2026-03-18T16:00:00.000Z'), because: 'SECRET reason' } as const;
const cancelled = { type: 'cancelled', by: 'lead', what: 'schedule', because: 'SECRET reason' } as const;

test('says when the release is planned, what it was before, and which steps will be theirs (S1-50, C9)', () => {
  const { subject, text } = releaseDate();
  expect(subject).toBe('[SRC-4F7K2M] Security release moved to 2026-03-12 16:00 UTC');
  const flat = text.replace(/\s+/g, ' ');
  expect(flat).toContain(
    'planned for 2026-03-12 16:00 UTC (17:00 Europe/Berlin). Before, it was planned for 2026-03-10 16:00 UTC (17:00 Europe/Berlin).',
  );
  expect(flat).toContain('- Merge the pull requests as quickly as possible');
});

test('says that there is no date any more, and asks for no time then', () => {
  const { subject, text } = releaseDate({ publicAt: undefined });
  expect(subject).toBe('[SRC-4F7K2M] Security release: no date any more');
  expect(text).not.toContain('keep time');
  expect(releaseDate({ publicAt: undefined, was: undefined }).text).toContain('the security release has no date any more.');
});

test('goes to release managers whose steps have the date, each time it changes, sealed, and says nothing of the issue (S1-50, S1-89)', () => {
  const secrets = [field('title', 'SECRET title'), scheduled()];
  for (const events of [secrets, [...secrets, moved], [...secrets, moved, cancelled]]) {
    const [letter, ...more] = lettersOf(events, { roster: people }).filter(({ kind }) => kind === 'release-date');
    expect(more).toEqual([]);
    expect(letter).toMatchObject({ audience: 'release-managers', seal: 'must', to: { who: 'builder' }, calendar: {} });
    expect(JSON.stringify(letter)).not.toContain('SECRET');
  }
});

test('is not for those whose process gives them no step, nor for whoever reads the date with the team or the fix team', () => {
  const kinds = (rules: Readonly<Record<string, unknown>>, ...roles: string[]) =>
    lettersOf([scheduled()], { policy: rules, roster: { ...people, members: [lead, { ...manager, roles }] } }).map(({ kind }) => kind);
  expect(kinds({}, 'release-manager')).toContain('release-date');
  expect(kinds({ steps: [] }, 'release-manager')).not.toContain('release-date');
  expect(kinds({}, 'release-manager', 'member')).not.toContain('release-date');
  expect(kinds({}, 'engineer')).not.toContain('release-date');
  const invited = lettersOf([{ type: 'fix-team-invited', by: 'lead', people: ['builder'] }, scheduled()], { roster: people });
  expect(invited.map(({ kind }) => kind)).not.toContain('release-date');
});

test('is the one letter with contents that a release manager gets before their step begins (S1-89)', () => {
  const may = (kind: string) =>
    withheld(
      { audience: 'release-managers', who: 'builder', address: 'builder@example.org', contents: true, kind },
      incident(scheduled()),
      roster(people),
      now,
    );
  expect(may('release-date')).toBeUndefined();
  expect(may('step')).toBe('builder was not asked for anything in this incident yet');
});
