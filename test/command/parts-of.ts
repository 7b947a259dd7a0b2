// A process with standing parts, for the tests of the commands about them: one by weeks, one as a queue.
import type { Event } from '#incident/event.ts';
import type { Bent } from '#test/situation.ts';

const standing = {
  triage: { title: 'Triage', duties: 'Sees that whoever should know knows.', by: 'week' },
  build: { title: 'Build', duties: 'Tests the fixes.', by: 'queue' },
};

/** A policy with both parts, and a roster with turns for them. */
export const withParts: Bent = {
  policy: { parts: { standing } },
  roster: { parts: { triage: { from: '2026-03-02', order: ['lead', 'second', 'third'] }, build: { order: ['third', 'lead'] } } },
};

/** The first of the week was asked for triage. */
export const given: Event = { type: 'part-given', part: 'triage', to: 'lead', how: 'week', by: 'embargod' };
