// When a deadline makes itself heard: with a letter of its own, or in the mail of the day; to whom, how often, and never twice.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Deadline, deadlinesOf } from '#incident/deadline.ts';
import type { Event } from '#incident/event.ts';
import { evolve, type Incident } from '#incident/incident.ts';
import { nextLevel, nextRing } from '#incident/ringing.ts';
import { accepted, incident, policy, reportedAt, scheduled } from '#test/situation.ts';
import { after, type Span } from '#time.ts';

const at = (text: string) => new Date(`${text}:00Z`);
function one(key: string, known: Incident): Deadline {
  const found = deadlinesOf(known, policy()).find((deadline) => deadline.key === key);
  if (!found) throw new Error(`no deadline ${key}`);
  return found;
}
const ring = (deadline: Deadline, known: Incident, now: Date) => {
  const next = nextRing(deadline, known, policy(), now);
  return `${next.at.toISOString().slice(0, 16)} ${next.daily ? 'daily' : 'alone'}`;
};
const reminded = (known: Incident, key: string, moment: Date, level = 1): Incident =>
  evolve(known, { number: 9, at: moment, event: { type: 'reminded', deadline: key, level, to: ['lead'] } });

test('what comes due has a letter of its own, then stands in the mail of each working day (S1-49, S1-53, S1-59)', () => {
  let known = incident();
  const triage = one('triage', known);
  expect(ring(triage, known, reportedAt)).toBe('2026-03-05T12:00 alone');
  known = reminded(known, 'triage', at('2026-03-05T12:00'));
  expect(ring(triage, known, at('2026-03-05T12:00'))).toBe('2026-03-06T08:00 daily');
  known = reminded(known, 'triage', at('2026-03-06T08:00'), 2);
  expect(ring(triage, known, at('2026-03-06T08:00'))).toBe('2026-03-09T08:00 daily');
});

test('what is far ahead is said once in good time, in the mail of the day, and then not before its date has passed (C7)', () => {
  let known = incident(accepted);
  const embargo = one('embargo', known);
  expect(ring(embargo, known, reportedAt)).toBe('2026-05-18T08:00 daily');
  known = reminded(known, 'embargo', at('2026-05-18T08:00'));
  expect(ring(embargo, known, at('2026-05-18T08:00'))).toBe('2026-06-01T08:00 daily');
  expect(nextLevel(embargo, known)).toBe(2);
});

test('what has no mail of the day before it is within a day of its date has a letter of its own, and no second word before it either (C7)', () => {
  // Due on a Monday: the two days before are none of work.
  let known = incident(accepted, scheduled('2026-03-16T07:00:00.000Z'));
  const step = one('step:binaries', known);
  expect(ring(step, known, reportedAt)).toBe('2026-03-15T07:00 alone');
  known = reminded(known, 'step:binaries', at('2026-03-15T07:00'));
  expect(ring(step, known, at('2026-03-15T07:00'))).toBe('2026-03-16T08:00 daily');
});

test('what others wait for never waits for the mail of the day, nor for a day of work (S1-35, S1-94)', () => {
  let known = incident(accepted, scheduled());
  const announcement = one('announcement', known);
  expect(ring(announcement, known, reportedAt)).toBe('2026-03-14T16:00 alone');
  known = reminded(known, 'announcement', at('2026-03-14T16:00'));
  expect(ring(announcement, known, at('2026-03-14T16:00'))).toBe('2026-03-15T16:00 alone');
});

test('what is public already never waits (S1-51)', () => {
  const known = reminded(incident(accepted, { type: 'exposed', by: 'lead' }), 'plan', at('2026-03-06T17:00'));
  expect(ring(one('plan', known), known, at('2026-03-06T17:00'))).toBe('2026-03-07T17:00 alone');
});

test('what a service that was away finds long past is said in the mail of the day, what others wait for at once (C7)', () => {
  const known = incident(accepted, scheduled('2026-03-05T16:00:00.000Z'));
  const found = at('2026-03-10T10:00');
  expect(ring(one('assessment', known), known, found)).toBe('2026-03-06T08:00 daily');
  expect(ring(one('announcement', known), known, found)).toBe('2026-03-03T16:00 alone');
});

test('each reminder goes further and without end (S1-49, C7)', () => {
  let known = incident();
  const triage = one('triage', known);
  for (let level = 1; level <= 30; level += 1) {
    expect(nextLevel(triage, known)).toBe(level);
    const { at: next } = nextRing(triage, known, policy(), triage.dueAt);
    known = reminded(known, 'triage', next, level);
  }
});

test('a date that moved past its last reminder begins anew, quietly (S1-50)', () => {
  const early: Event = { type: 'reminded', deadline: 'announcement', level: 3, to: ['lead'] };
  const known = incident(scheduled('2026-03-05T16:00:00.000Z'), early, scheduled());
  const announcement = one('announcement', known);
  expect(nextLevel(announcement, known)).toBe(1);
  expect(ring(announcement, known, reportedAt)).toBe('2026-03-14T16:00 alone');
});

test('a clock that goes back after a reminder brings no second one (C7)', () => {
  const known = reminded(incident(), 'triage', at('2026-03-05T12:00'));
  for (const now of ['2026-03-01T00:00', '2026-03-05T11:00', '2026-03-05T12:00'])
    expect(ring(one('triage', known), known, at(now))).toBe('2026-03-06T08:00 daily');
});

const spans = fc.integer({ min: 0, max: 40 * 24 }).map((hours): Span => `${hours}h`);
const courses = fc.shuffledSubarray<Event>([accepted, scheduled(), { type: 'handoff-offered', by: 'lead', to: 'second' }]);

test('time that passes moves nothing to an earlier moment, and what was heard is not heard again within half a day', () => {
  fc.assert(
    fc.property(courses, spans, spans, spans, (events, rung, first, second) => {
      for (const deadline of deadlinesOf(incident(...events), policy())) {
        const known = reminded(incident(...events), deadline.key, after(deadline.ringsAt, rung));
        const [earlier, later] = [first, second].map((span) => nextRing(deadline, known, policy(), after(reportedAt, span)).at);
        if (!earlier || !later) throw new Error('no moment');
        if (Number(first.slice(0, -1)) <= Number(second.slice(0, -1))) expect(later.getTime()).toBeGreaterThanOrEqual(earlier.getTime());
        expect(earlier.getTime()).toBeGreaterThan(after(deadline.ringsAt, rung).getTime());
      }
    }),
  );
});
