// The fix is ready, or not after all: told to whoever leads.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { lettersOf, whoGets } from '#test/letter/occasion.ts';
import { renderer } from '#test/letter/rendered.ts';
import { accepted, anonymous } from '#test/situation.ts';

const fixReady = await renderer('fix-ready');
const leads: Event = { type: 'lead-chosen', by: 'lead', lead: 'second', how: 'named' };
const ready: Event = { type: 'fix-ready', by: 'engineer', what: 'fix' };

test('says what is ready, why, and what is still open (S2-64)', () => {
  const { subject, text } = fixReady();
  expect(subject).toBe('[SRC-4F7K2M] The fix is ready');
  expect(text).toContain('The reason: the second review comes with the cherry-pick');
  expect(text).toContain('  - All commits of the fix have an LGTM of an owner');
  expect(fixReady({ what: 'mitigation' }).subject).toBe('[SRC-4F7K2M] The mitigation is ready');
});

test('says that it is not ready after all, and why', () => {
  const { subject, text } = fixReady({ ready: false, because: 'a way around it', open: [] });
  expect(subject).toBe('[SRC-4F7K2M] The fix is not ready after all');
  expect(text).toContain('The reason: a way around it');
  expect(text).not.toContain('Still open');
});

test('goes to the lead, else to the commander, else to every member, and not to who said it (S2-64)', () => {
  expect(whoGets(lettersOf([accepted, leads, ready]))).toEqual(['fix-ready to second']);
  expect(whoGets(lettersOf([accepted, ready]))).toEqual(['fix-ready to lead']);
  const { commander: _, ...nobodys } = anonymous as Extract<Event, { type: 'reported' }>;
  expect(whoGets(lettersOf([nobodys, accepted, ready]))).toEqual(['fix-ready to lead', 'fix-ready to second', 'fix-ready to third']);
  expect(lettersOf([accepted, leads, { ...ready, by: 'second' }])).toEqual([]);
  expect(whoGets(lettersOf([accepted, leads, ready, { type: 'fix-unready', by: 'engineer', because: 'x' }]))).toEqual([
    'fix-ready to second',
  ]);
});
