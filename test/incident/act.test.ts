// What the daemon does by itself when a moment comes.
import { expect, test } from 'vitest';
import { actOf } from '#incident/act.ts';
import { deadlinesOf } from '#incident/deadline.ts';
import type { Event } from '#incident/event.ts';
import { announcementSet, drafted, fixed, incident, noticed, now, policy, ready, roster, scheduled, stepDone } from '#test/situation.ts';

const at = new Date('2026-03-16T16:00:00Z');
const set = [scheduled(), ...fixed, noticed, ...ready('announcement'), announcementSet];
/** What the deadline of this key does after these events; undefined where there is none. */
function acts(key: string, events: readonly Event[], rules: object = {}, people: object = {}, moment = at) {
  const known = incident(...events);
  const deadline = deadlinesOf(known, policy({ ...rules })).find((one) => one.key === key);
  return deadline && actOf(deadline, known, policy({ ...rules }), roster({ ...people }), moment);
}
const final = {
  type: 'final-notice-released',
  mark: 'aaaaaaaa',
  publicAt: '2026-03-16T16:00:00.000Z',
  distributors: ['acme', 'gamma'],
} as const;

test('a confirmed announcement leaves at its moment, and whoever is to act then hears of it with it (S1-89, S1-97)', () => {
  const told = { type: 'step-told', step: 'merge', to: ['lead'] };
  expect(acts('announce', [...set, stepDone('binaries')])).toEqual([told, { type: 'announced', mark: 'aaaaaaaa', channels: ['announce'] }]);
});

test('it is held while the binaries are not there, and a reminder says so (S1-91)', () => {
  expect(acts('announce', set)).toBeUndefined();
  const held = deadlinesOf(incident(...set), policy()).find(({ key }) => key === 'announcement-held');
  expect(held?.acts).toBeUndefined();
  expect(held?.what).toContain('not done: binaries');
  expect(held?.commands).toContain('/done binaries');
});

test('what was overridden for a reason does not hold it (S1-49, S1-91)', () => {
  const despite = [...set.slice(0, -1), { ...announcementSet, despite: ['binaries'] } as Event];
  expect(acts('announce', despite)?.at(-1)).toEqual({ type: 'announced', mark: 'aaaaaaaa', channels: ['announce'] });
});

test('distributors get the public text 24 hours before, all of them (S1-93, S1-94)', () => {
  expect(acts('final-notice', set)).toEqual([final]);
  const due = deadlinesOf(incident(...set), policy()).find(({ key }) => key === 'final-notice');
  expect(due?.dueAt).toEqual(new Date('2026-03-15T16:00:00Z'));
});

test('only those who had the notice, where the policy says so', () => {
  const few = { ...noticed, distributors: ['acme'] } as Event;
  const rules = { notice: { final: '24h', finalToAll: false } };
  expect(acts('final-notice', [scheduled(), few, announcementSet], rules)).toEqual([{ ...final, distributors: ['acme'] }]);
});

test('the final notice goes once, and again as a correction when text or moment changed (S1-94)', () => {
  expect(acts('final-notice', [...set, final])).toBeUndefined();
  const other = { ...announcementSet, mark: 'bbbbbbbb' } as Event;
  expect(acts('final-notice', [...set, final, other])).toEqual([{ ...final, mark: 'bbbbbbbb', corrects: true }]);
  const later = { ...announcementSet, at: '2026-03-17T16:00:00.000Z' } as Event;
  expect(acts('final-notice', [...set, final, later])).toEqual([{ ...final, publicAt: '2026-03-17T16:00:00.000Z', corrects: true }]);
});

test('nothing leaves while a broken embargo is not decided on (S1-83)', () => {
  const broken: Event = { type: 'embargo-broken', by: 'lead', what: 'a mail list' };
  expect(acts('final-notice', [...set, broken])).toBeUndefined();
  expect(acts('announce', [...set, stepDone('binaries'), broken])).toBeUndefined();
});

test('nor does a list with a limit of its own get its notice meanwhile (S1-83)', () => {
  const later = { ...noticed, distributors: ['acme'], later: [{ who: 'gamma', longest: '7d' }] } as Event;
  const broken: Event = { type: 'embargo-broken', by: 'acme', what: 'a mail list' };
  const goesOn: Event = { type: 'decided', by: 'lead', what: 'breach', choice: 'continue', because: 'only the title leaked' };
  const events = [scheduled(), drafted('notice'), later, broken];
  expect(acts('notice-later:gamma', events)).toBeUndefined();
  expect(acts('notice-later:gamma', [...events, goesOn])).toHaveLength(1);
});

test('release managers are told at the moment and not before (S1-89)', () => {
  const managers = {
    members: [
      { handle: 'lead', name: 'Lead', addresses: ['lead@example.org'] },
      { handle: 'builder', name: 'Builder', addresses: ['builder@example.org'], roles: ['release-manager'] },
    ],
    oncall: undefined,
  };
  expect(acts('tell:merge', set, {}, managers)).toEqual([{ type: 'step-told', step: 'merge', to: ['builder'] }]);
  const due = deadlinesOf(incident(...set), policy()).find(({ key }) => key === 'tell:merge');
  expect(due?.ringsAt).toEqual(at);
  expect(acts('tell:merge', [...set, { type: 'cancelled', by: 'lead', what: 'announcement' }], {}, managers)).toBeUndefined();
  expect(acts('tell:merge', [...set, { type: 'step-told', step: 'merge', to: ['builder'] }], {}, managers)).toBeUndefined();
});

test('a list with a limit of its own hears when that lets it, unless its text names another date', () => {
  const later = { ...noticed, distributors: ['acme'], later: [{ who: 'gamma', longest: '7d' }] } as Event;
  const events = [scheduled(), drafted('notice'), later];
  const deadline = deadlinesOf(incident(...events), policy()).find(({ key }) => key === 'notice-later:gamma');
  expect(deadline?.dueAt).toEqual(new Date('2026-03-09T16:00:00Z'));
  expect(acts('notice-later:gamma', events)).toEqual([
    { type: 'notice-released', by: 'embargod', mark: 'aaaaaaaa', distributors: ['gamma'], unreachable: [] },
  ]);
  expect(acts('notice-later:gamma', [...events, scheduled('2026-03-17T16:00:00.000Z')])).toEqual([]);
});

test('a deadline that only reminds does nothing', () => {
  const [deadline] = deadlinesOf(incident(), policy()).filter(({ key }) => key === 'triage');
  expect(deadline && actOf(deadline, incident(), policy(), roster(), now)).toEqual([]);
});

test('patches that change after the notice are due again to those who have it (S1-90)', () => {
  const before = [scheduled(), { type: 'field-set', by: 'lead', field: 'patches', text: 'one' } as Event, noticed];
  const keys = (events: readonly Event[]) => deadlinesOf(incident(...events), policy()).map(({ key }) => key);
  expect(keys(before)).not.toContain('notice-again');
  const changed = [...before, { type: 'field-set', by: 'lead', field: 'patches', text: 'two' } as Event];
  expect(keys(changed)).toContain('notice-again');
  expect(keys([...changed, { ...noticed, mark: 'bbbbbbbb' } as Event])).not.toContain('notice-again');
});
