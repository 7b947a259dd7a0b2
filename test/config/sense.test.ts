// Lengths, days and people of a policy that contradict each other: each is warned of in a sentence, and a sound policy in none.
import { expect, test } from 'vitest';
import { member, people, said } from '#test/config/contradicted.ts';

const step = { key: 'look', what: 'Look at it', phase: 'fix' };

test('a calendar of patch releases that has run out is warned of, and not before (S1-68)', () => {
  const policy = { decisions: { release: { next: ['2026-05-05', '2026-04-07'] } } };
  expect(said(policy, {}, new Date('2026-05-05T15:00:00Z'))).toEqual([]);
  expect(said(policy, {}, new Date('2026-05-06T00:00:00Z'))).toEqual([
    'decisions.release.next ends on 2026-05-05: no day of a regular patch release is known any more.',
  ]);
});

test('a sound team hears nothing', () => {
  expect(said({})).toEqual([]);
});

test.each<[what: string, policy: Record<string, unknown>, roster: Record<string, unknown>, sentence: string]>([
  // Windows and spans.
  [
    'a window of the notice that closes before it opens (S1-75, S1-77)',
    { notice: { least: '30d' } },
    {},
    'notice.least (30 days) is more than notice.most (28 days): no date satisfies both.',
  ],
  [
    'a final notice before the notice (S1-93)',
    { notice: { final: '10d' }, spans: { announcementReady: '11d' } },
    {},
    'notice.final (10 days) is more than notice.least (7 days): the final notice would come before the notice has to.',
  ],
  [
    'a final notice whose text need not be there yet (S1-94)',
    { spans: { announcementReady: '12h' } },
    {},
    'notice.final (24 hours) is more than spans.announcementReady (12 hours): the final notice carries the public text, which need not be ready then.',
  ],
  [
    'an embargo that ends before distributors must hear (S1-77)',
    { spans: { longestEmbargo: '5d' } },
    {},
    'notice.least (7 days) is more than spans.longestEmbargo (5 days): every notice would come too late.',
  ],
  [
    'a release that is due before distributors can hear in time (S2-69g)',
    { spans: { release: '3d', fix: '2d', plan: '2d' } },
    {},
    'notice.least (7 days) is more than spans.release (3 days): a notice on the day of the report is too late already.',
  ],
  [
    'a window after the report that reaches beyond the release (S2-69a, S2-69g)',
    { extends: 'kubernetes-pst', notice: { most: '30d' } },
    {},
    'notice.most (30 days) is more than spans.release (21 days): distributors may hear when it should be public already.',
  ],
  [
    'a distributor whose own list keeps a shorter embargo',
    {},
    { distributors: [{ ...people.distributors[0], longest: '5d' }] },
    'notice.least (7 days) is more than longest of the distributor acme (5 days): that list hears later than the others must, and every notice to it takes a reason.',
  ],
  [
    'a release beyond the longest embargo',
    { spans: { release: '100d' } },
    {},
    'spans.release (100 days) is more than spans.longestEmbargo (90 days): the longest embargo ends before the release is due.',
  ],
  [
    'a fix that is due after the release',
    { extends: 'kubernetes-pst', spans: { fix: '30d' } },
    {},
    'spans.fix (30 days) is more than spans.release (21 days): the fix is due after the release.',
  ],
  [
    'a fix team that is due after the fix',
    { spans: { fixTeam: '8d' } },
    {},
    'spans.fixTeam (8 days) is more than spans.fix (7 days): the fix is due before anybody has to be invited to it.',
  ],
  [
    'a plan that is due after the release',
    { extends: 'kubernetes-pst', spans: { plan: '4w' } },
    {},
    'spans.plan (4 weeks) is more than spans.release (21 days): the release is due before a date for it has to be set.',
  ],
  [
    'a heads-up that takes longer than the embargo (S4-24)',
    { extends: 'gardener', headsUp: { least: '91d' } },
    { distributors: [] },
    'headsUp.least (91 days) is more than spans.longestEmbargo (90 days): the heads-up would have to leave before the report came.',
  ],
  [
    'a retrospective that is due before it is asked for (S1-99)',
    { spans: { retrospectiveFrom: '4d' } },
    {},
    'spans.retrospectiveFrom (4 days) is more than spans.retrospectiveBy (3 days): the retrospective is due before it is asked for.',
  ],
  [
    'what is worse and may be forgotten for longer',
    { spans: { quietBySeverity: { critical: '10d' } } },
    {},
    'spans.quietBySeverity.critical (10 days) is more than spans.quietBySeverity.high (7 days): what is worse may be forgotten for longer.',
  ],
  // Days.
  [
    'a slot on days off (S1-97)',
    { slot: { days: ['sat', 'sun'] } },
    {},
    'slot.days (sat, sun) are none of calendar.days (mon, tue, wed, thu, fri): every recommended day of publication is a day off.',
  ],
  [
    'a patch release on a day that is not recommended (S1-68, S1-97)',
    { decisions: { release: { next: ['2026-05-01'] } } },
    {},
    'decisions.release.next has 2026-05-01, a fri, and slot.days are mon, tue, wed, thu: each such release takes a reason.',
  ],
  [
    'a patch release on a holiday (S1-61)',
    { decisions: { release: { next: ['2026-05-04'] } }, calendar: { holidays: ['2026-05-04'] } },
    {},
    'decisions.release.next has 2026-05-04, which calendar.holidays has too: nobody works then.',
  ],
  // People.
  [
    'steps of a role that nobody holds (S1-89)',
    {},
    { members: [member('lead'), member('second')] },
    "the steps merge, binaries are a release-manager's, and nobody in the roster is one.",
  ],
  [
    'steps of release managers that are due before any letter tells them (S1-89, S4-27)',
    {
      steps: [
        { key: 'build', what: 'Build', owner: 'release-manager', phase: 'release', ahead: '1d' },
        { key: 'merge', what: 'Merge', owner: 'release-manager', phase: 'release', tell: '2h' },
      ],
    },
    {},
    "the steps build are a release-manager's, and no letter asks one in time (tell): only members could say them done.",
  ],
  [
    'release managers to be proposed, and there are none (S1-54)',
    {},
    { members: [member('lead'), member('second')] },
    'fixTeam.releaseManagers is true, and nobody in the roster is a release-manager: none can be proposed.',
  ],
  [
    'a standing part that nobody takes turns with (S2-35)',
    { parts: { standing: { infra: { title: 'Infra', duties: 'Builds.' } } } },
    {},
    'parts.standing has "infra", and nobody takes turns with it (parts in the roster): everybody is asked each time.',
  ],
  [
    'weeks without a second person (S2-35)',
    { parts: { standing: { infra: { title: 'Infra', duties: 'Builds.' } } } },
    { parts: { infra: { order: ['lead'] } } },
    'the part "infra" has one person in the roster: its weeks have nobody in the second place.',
  ],
  [
    'turns of a part that the process does not have',
    {},
    { parts: { infra: { order: ['lead', 'second'] } } },
    'parts of the roster has "infra", and parts.standing of the policy has no such part: its turns are not used.',
  ],
  [
    'nobody on call where the process needs somebody (S1-34)',
    {},
    { oncall: undefined },
    'the roster has no oncall: a new report has no commander until somebody takes it.',
  ],
  [
    'a command for parts that the process does not have (S3-19)',
    { extends: 'karmada', commands: { announce: { who: ['lead', 'commander'] } } },
    {},
    '/announce is only for lead and commander, and the process has none (parts): every member may give it.',
  ],
  [
    'steps of a lead that the process does not have (S3-19)',
    { extends: 'karmada', steps: [{ ...step, owner: 'lead' }] },
    {},
    "the steps look are the lead's, and parts.lead is none: they are everybody's.",
  ],
  [
    'a lead who signs and does not exist (S4-49)',
    { extends: 'karmada', advisory: { signedBy: 'lead' } },
    {},
    'advisory.signedBy is lead, and parts.lead is none: nobody signs what is public.',
  ],
  [
    'low sensitivity that nobody can declare (S3-10)',
    { extends: 'karmada', decisions: { sensitivity: null } },
    {},
    'parts.associatesLead names low sensitivity, and decisions.sensitivity is absent: nobody can call an incident that.',
  ],
])('warns of %s', (_, policy, roster, sentence) => {
  expect(said(policy, roster)).toContain(sentence);
});
