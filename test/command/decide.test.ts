// /decide: each decision with its threshold, its reason, and the one more word that goes against the advice.
import { expect, test } from 'vitest';
import { deadlinesOf } from '#incident/deadline.ts';
import type { Event } from '#incident/event.ts';
import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, announcementSet, incident, member, noticed, now, policy, ready, scheduled } from '#test/situation.ts';

const vector = (score: number, metrics = 'UI:N'): Event => ({
  type: 'severity-set',
  by: 'lead',
  level: score >= 7 ? 'high' : score >= 4 ? 'medium' : 'low',
  vector: `CVSS:3.1/AV:L/${metrics}/C:L`,
  score,
});
const level = (is: 'low' | 'medium' | 'high'): Event => ({ type: 'severity-set', by: 'lead', level: is, because: 'so' });
const decided = (what: string, choice = 'yes', more = {}) =>
  ({ type: 'decided', by: 'lead', what, choice, because: 'so', ...more }) as Event;
const posted = ' Every member is told, with the reason.';
const slowed = `Decided: slow yes. Fix, plan and release may take 7 days longer.${posted}`;
const broken: Event = { type: 'embargo-broken', by: 'lead', what: 'the patch is public' };
guards('/decide slow yes anyway because so', [accepted]);

rows(
  {
    it: 'slows down under the score of the policy (S1-60, S2-66, S3-27)',
    after: [accepted, vector(3.9)],
    order: '/decide slow yes because so',
    answers: slowed,
    happens: [decided('slow')],
  },
  {
    it: 'asks for a low risk first at a higher score (S1-60, S2-66)',
    after: [accepted, vector(4)],
    order: '/decide slow yes because so',
    refuses:
      'It is for a score under 4.0, and the score is 4.0. Where the risk is low all the same, say so first: /severity low because <reason>. To decide so all the same: /decide slow yes anyway because <reason>.',
  },
  {
    it: 'slows down once the lead calls the risk low beside a higher score (S1-60, S1-69)',
    after: [accepted, vector(6.5), { ...vector(6.5), level: 'low' } as Event],
    order: '/decide slow yes because so',
    answers: slowed,
    happens: [decided('slow')],
  },
  {
    it: 'goes on against the advice, which is kept (S1-49)',
    after: [accepted, vector(6.5)],
    order: '/decide slow yes anyway because so',
    answers: slowed,
    happens: [
      decided('slow', 'yes', {
        against:
          'It is for a score under 4.0, and the score is 6.5. Where the risk is low all the same, say so first: /severity low because <reason>.',
      }),
    ],
  },
  {
    it: 'has the threshold of its policy: 6.9 there (S4-21)',
    policy: { extends: 'gardener' },
    after: [accepted, vector(6.9)],
    order: '/decide slow yes because so',
    answers: slowed,
    happens: [decided('slow')],
  },
  {
    it: 'and 7.0 not (S4-21)',
    policy: { extends: 'gardener' },
    after: [accepted, vector(7)],
    order: '/decide slow yes because so',
    refuses: expect.stringMatching(/^It is for a score under 7.0, and the score is 7.0./) as never,
  },
  {
    it: 'wants a rating first',
    after: [accepted],
    order: '/decide semi-public yes because so',
    refuses:
      'It is for a score under 7.0, and the severity is not rated yet: /severity <vector>. To decide so all the same: /decide semi-public yes anyway because <reason>.',
  },
  {
    it: 'fixes in public under the score of the policy (S1-63, S1-64, S1-66, S3-28)',
    after: [accepted, vector(6.9)],
    order: '/decide semi-public yes because so',
    answers: `Decided: semi-public yes. The fix may be made in public; what it is about stays private, and no public text may link the two before the release.${posted}`,
    happens: [decided('semi-public')],
  },
  {
    it: 'does not at 7.5 without another word (S1-63)',
    after: [accepted, vector(7.5)],
    order: '/decide semi-public yes because so',
    refuses:
      'It is for a score under 7.0, and the score is 7.5. To decide so all the same: /decide semi-public yes anyway because <reason>.',
  },
  {
    it: 'takes a level without a vector by the highest score it can mean',
    after: [accepted, level('medium')],
    order: '/decide semi-public yes because so',
    answers: `Decided: semi-public yes. The fix may be made in public; what it is about stays private, and no public text may link the two before the release.${posted}`,
    happens: [decided('semi-public')],
  },
  {
    it: 'discloses early with user interaction (S1-70)',
    after: [accepted, vector(6, 'UI:R')],
    order: '/decide early yes because so',
    answers: `Decided: early yes. The announcement may leave without fixed versions; it needs the mitigation.${posted}`,
    happens: [decided('early')],
  },
  {
    it: 'discloses early in a scope of the catalogue that the policy names (S1-70)',
    policy: { decisions: { early: { scopes: ['client'] } } },
    after: [accepted, { type: 'classified', by: 'lead', scope: 'client', effect: 'elevation', circumstances: [], level: 'high' }],
    order: '/decide early yes because so',
    answers: `Decided: early yes. The announcement may leave without fixed versions; it needs the mitigation.${posted}`,
    happens: [decided('early')],
  },
  {
    it: 'asks for the straightforward mitigation without user interaction (S1-70)',
    after: [accepted, vector(6)],
    order: '/decide early yes because so',
    refuses:
      'Nothing shows that somebody must do something for it to be exploited, so it takes a straightforward mitigation: name it. To decide so all the same: /decide early yes anyway because <reason>.',
  },
  {
    it: 'releases out of band by default for high (S1-67)',
    after: [accepted, vector(8)],
    order: '/decide release out-of-band because so',
    answers: `Decided: release out-of-band.${posted}`,
    happens: [decided('release', 'out-of-band')],
  },
  {
    it: 'keeps an override of the default (S1-67)',
    after: [accepted, vector(8)],
    order: '/decide release next-patch anyway because so',
    answers: `Decided: release next-patch. The policy names no day of the next patch release.${posted}`,
    happens: [decided('release', 'next-patch', { against: 'For high this process has a release of its own (out-of-band).' })],
  },
  {
    it: 'waits for the next day of the calendar for medium (S1-68)',
    policy: { decisions: { release: { outOfBand: ['high'], next: ['2026-03-11'], post: false } } },
    after: [accepted, vector(5)],
    order: '/decide release next-patch because so',
    answers: 'Decided: release next-patch. The next patch release is on 2026-03-11: /schedule 2026-03-11',
    happens: [decided('release', 'next-patch')],
  },
  {
    it: 'tells distributors of what is open to the network (S2-69b, S2-69c)',
    policy: { extends: 'kubernetes-pst' },
    after: [accepted, { ...vector(9), vector: 'CVSS:3.0/AV:N/C:H' } as Event],
    order: '/decide distributors yes because so',
    answers: `Decided: distributors yes. The notice is due; /draft notice makes its text.${posted}`,
    happens: [decided('distributors')],
  },
  {
    it: 'suggests to skip them for a local leak (S2-69c)',
    policy: { extends: 'kubernetes-pst' },
    after: [accepted, vector(3)],
    order: '/decide distributors yes because so',
    refuses:
      'Neither open to the network nor a gain of privilege: this process skips the distributors. To decide so all the same: /decide distributors yes anyway because <reason>.',
  },
  {
    it: 'skips them, and the no is logged (S2-69b, S2-69d)',
    policy: { extends: 'kubernetes-pst' },
    after: [accepted, vector(3)],
    order: '/decide distributors no because so',
    answers: `Decided: distributors no. They are not told early.${posted}`,
    happens: [decided('distributors', 'no')],
  },
  {
    it: 'calls an emergency for high (S1-74)',
    after: [vector(8)],
    order: '/decide emergency yes because so',
    answers: `Decided: emergency yes. The windows of the distributors are a warning now and hold nothing up.${posted}`,
    happens: [decided('emergency')],
  },
  {
    it: 'calls an emergency for what is public already (S1-74)',
    after: [{ type: 'exposed', by: 'lead' }],
    order: '/decide emergency yes because so',
    answers: `Decided: emergency yes. The windows of the distributors are a warning now and hold nothing up.${posted}`,
    happens: [decided('emergency')],
  },
  {
    it: 'advises against an emergency for medium (S1-74)',
    after: [vector(5)],
    order: '/decide emergency yes because so',
    refuses:
      'It is for critical and high issues and for those that are public already, and this one is medium. To decide so all the same: /decide emergency yes anyway because <reason>.',
  },
  {
    it: 'takes a decision back without advice',
    after: [accepted, vector(3.9), decided('slow')],
    order: '/decide slow no because so',
    answers: `Decided: slow no. The usual dates hold again.${posted}`,
    happens: [decided('slow', 'no')],
  },
  {
    it: 'has nothing to take back',
    after: [accepted],
    order: '/decide slow no because so',
    refuses: 'Nothing is decided about slow that could be taken back.',
  },
  {
    it: 'decides once',
    after: [accepted, vector(3.9), decided('slow')],
    order: '/decide slow yes because so',
    refuses: 'That is decided already: slow yes.',
  },
  {
    it: 'knows what its process knows',
    policy: { extends: 'gardener' },
    after: [accepted],
    order: '/decide semi-public yes because so',
    refuses: expect.stringMatching(/^This process knows no decision "semi-public". It knows: slow, .*breach\.$/) as never,
  },
  {
    it: 'lists the decisions',
    order: '/decide lunch yes because so',
    refuses: expect.stringMatching(
      /^"lunch" is none of slow, semi-public, early, release, distributors, emergency, sensitivity, breach\. Write: /,
    ) as never,
  },
  {
    it: 'lists the choices',
    after: [accepted],
    order: '/decide release tomorrow because so',
    refuses: '"tomorrow" is no choice of release. Choices: out-of-band, next-patch, no.',
  },
  {
    it: 'wants the rationale (S1-66)',
    after: [accepted],
    order: '/decide slow yes',
    refuses: 'The reason is missing. Write: /decide <what> <choice> [anyway] because <reason>',
  },
  { it: 'comes after /accept', order: '/decide slow yes because so', refuses: 'The report is not accepted yet: /accept comes first.' },
  {
    it: 'is too late once it is public',
    after: [accepted, announced],
    order: '/decide slow yes because so',
    refuses: 'This incident is public already; there is nothing left to decide about its way.',
  },
  {
    it: 'is for the lead or the commander by this policy (S1-61, S1-84)',
    by: member('second'),
    after: [accepted],
    order: '/decide slow yes because so',
    refuses: '/decide is for: lead, commander. You are: member. Here: lead commands, nobody leads yet.',
  },
  {
    it: 'needs a breach to decide on it',
    after: [accepted],
    order: '/decide breach continue because so',
    refuses: 'No broken embargo is reported. /breach does that.',
  },
  {
    it: 'goes on after a breach: the dates are kept (S1-84)',
    after: [accepted, scheduled(), noticed, broken],
    order: '/decide breach continue because so',
    answers: 'Decided: we go on as planned, 2026-03-16 16:00 UTC. Every member is told; so are the distributors who have the notice.',
    happens: [decided('breach', 'continue')],
  },
  {
    it: 'prepares to publish now what is confirmed for later, without waiting for steps; it takes a confirmation of its own (S1-84, S1-85)',
    after: [accepted, scheduled(), ...ready('announcement'), announcementSet, broken],
    order: '/decide breach publish because so',
    answers:
      'Decided: publish now. Every member is told. Not done, and not waited for: binaries. To announce aaaaaaaa at 2026-03-03 12:00 UTC is prepared. Somebody else of the team confirms it with the code in their own preview, which is on its way.',
    happens: [
      decided('breach', 'publish'),
      expect.objectContaining({ action: { act: 'announce', mark: 'aaaaaaaa', at: now.toISOString(), despite: ['binaries'] } }),
    ],
  },
  {
    it: 'says what is missing where nothing is confirmed, and bypasses no confirmation (S1-84)',
    after: [accepted, scheduled(), broken],
    order: '/decide breach publish because so',
    answers:
      'Decided: publish now. The public date is now, and every member is told. Still missing: an announcement (/draft announcement), its approval (/approve), and the confirmation (/announce, /confirm).',
    happens: [
      decided('breach', 'publish'),
      { type: 'scheduled', by: 'lead', publicAt: now.toISOString(), because: 'the embargo was broken' },
    ],
  },
  {
    it: 'tells nobody twice that it goes on after a breach (S1-84)',
    after: [accepted, broken, { type: 'decided', by: 'lead', what: 'breach', choice: 'continue', because: 'only the title' }],
    order: '/decide breach continue because so',
    refuses: 'That is decided already: breach continue.',
  },
);

test('slowing down moves fix and plan by the days of the policy, and not what is public already (S1-61)', () => {
  const due = (...events: Event[]) =>
    deadlinesOf(incident(accepted, vector(3.9), ...events), policy()).find(({ key }) => key === 'fix')?.dueAt;
  const week = 7 * 86_400_000;
  expect((due(decided('slow'))?.getTime() ?? 0) - (due()?.getTime() ?? 0)).toBe(week);
  expect(due(decided('slow'), { type: 'exposed', by: 'lead' })?.getTime()).toBeLessThan(due()?.getTime() ?? 0);
});
