// What the daemon does by itself when a moment comes.
import { expect, test } from 'vitest';
import { actOf } from '#incident/act.ts';
import { deadlinesOf } from '#incident/deadline.ts';
import type { Event } from '#incident/event.ts';
import { announcementSet, drafted, fixed, incident, noticed, now, policy, ready, roster, scheduled, stepDone } from '#test/situation.ts';

const at = new Date('2026-03-16T16:00:00Z');
const dayBefore = new Date('2026-03-15T16:00:00Z');
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

test('a confirmed announcement leaves at its moment, and whoever was to act before and was not told hears of it with it (S1-89, S1-97)', () => {
  const told = { type: 'step-told', step: 'merge', to: ['lead'] };
  const events = [...set, final, stepDone('binaries')];
  expect(acts('announce', events)).toEqual([told, { type: 'announced', mark: 'aaaaaaaa', channels: ['announce'] }]);
});

test('it is held while the binaries are not there, and a reminder says so (S1-91)', () => {
  expect(acts('announce', set)).toBeUndefined();
  const held = deadlinesOf(incident(...set), policy()).find(({ key }) => key === 'announcement-held');
  expect(held?.acts).toBeUndefined();
  expect(held?.what).toContain('not done: binaries');
  expect(held?.commands).toEqual(['/done binaries', '/announce because <reason>', '/cancel announcement']);
});

test('what freezes it is said with the command that frees it (S1-52, S1-83)', () => {
  const held = (...events: Event[]) => deadlinesOf(incident(...set, ...events), policy()).find(({ key }) => key === 'announcement-held');
  const broken = held({ type: 'embargo-broken', by: 'lead', what: 'a mail list' });
  expect(broken?.what).toContain('is held: the embargo was broken');
  expect(broken?.commands).toEqual([
    '/decide breach publish because <reason>',
    '/decide breach continue because <reason>',
    '/cancel announcement',
  ]);
  const upstream = held({ type: 'upstream-set', by: 'lead', at: '2026-03-20T16:00:00.000Z', because: 'theirs' });
  expect(upstream?.what).toContain('is held: upstream publishes at 2026-03-20 16:00 UTC.');
  expect(upstream?.commands).toEqual(['/upstream none because <reason>', '/cancel announcement']);
});

test('what was overridden for a reason does not hold it (S1-49, S1-91)', () => {
  const despite = [...set.slice(0, -1), { ...announcementSet, despite: ['binaries'] } as Event];
  expect(acts('announce', [...despite, final])?.at(-1)).toEqual({ type: 'announced', mark: 'aaaaaaaa', channels: ['announce'] });
});

test('distributors get the public text 24 hours before, all of them (S1-93, S1-94)', () => {
  expect(acts('final-notice', set, {}, {}, dayBefore)).toEqual([final]);
  const due = deadlinesOf(incident(...set), policy()).find(({ key }) => key === 'final-notice');
  expect(due?.dueAt).toEqual(new Date('2026-03-15T16:00:00Z'));
});

test('only those who had the notice, where the policy says so', () => {
  const few = { ...noticed, distributors: ['acme'] } as Event;
  const rules = { notice: { final: '24h', finalToAll: false } };
  expect(acts('final-notice', [scheduled(), few, announcementSet], rules, {}, dayBefore)).toEqual([{ ...final, distributors: ['acme'] }]);
});

test('the final notice goes once, and again as a correction when text or moment changed (S1-94)', () => {
  expect(acts('final-notice', [...set, final])).toBeUndefined();
  const other = { ...announcementSet, mark: 'bbbbbbbb' } as Event;
  expect(acts('final-notice', [...set, final, other], {}, {}, dayBefore)).toEqual([{ ...final, mark: 'bbbbbbbb', corrects: true }]);
  const later = { ...announcementSet, at: '2026-03-17T16:00:00.000Z' } as Event;
  expect(acts('final-notice', [...set, final, later], {}, {}, dayBefore)).toEqual([
    { ...final, publicAt: '2026-03-17T16:00:00.000Z', corrects: true },
  ]);
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
  expect(acts('notice-later:gamma', [...events, goesOn], {}, {}, dayBefore)).toHaveLength(1);
});

test('a service that was away when the final notice had to leave sends neither it nor the announcement: that is decided anew (S1-93, S1-97)', () => {
  const withdrawn = [
    { type: 'cancelled', by: 'embargod', what: 'announcement', because: 'the service was away when the final notice had to leave' },
  ];
  const afterHours = (hours: number) => new Date(dayBefore.getTime() + hours * 3_600_000);
  expect(acts('final-notice', set, {}, {}, afterHours(1))).toEqual([final]);
  expect(acts('final-notice', set, {}, {}, afterHours(1.1))).toEqual(withdrawn);
  expect(acts('announce', [...set, stepDone('binaries')], {}, {}, afterHours(30))).toEqual(withdrawn);
  expect(acts('announce', [...set, stepDone('binaries')], {}, { distributors: [] }, at)?.at(-1)?.type).toBe('announced');
});

test('what was confirmed or freed shortly before its moment has its final notice at once, and goes on (S1-84, S1-93)', () => {
  const soon = new Date('2026-03-02T15:00:00Z');
  const shortly = { ...announcementSet, at: '2026-03-02T16:00:00.000Z' } as Event;
  const events = [scheduled('2026-03-02T16:00:00.000Z'), ...fixed, ...ready('announcement'), shortly, stepDone('binaries')];
  const known = deadlinesOf(incident(...events), policy()).find(({ key }) => key === 'final-notice');
  expect(known?.dueAt).toEqual(new Date('2026-03-02T13:06:00Z'));
  expect(acts('final-notice', events, {}, {}, new Date('2026-03-02T13:07:00Z'))?.[0]?.type).toBe('final-notice-released');
  const freed: Event[] = [
    { type: 'embargo-broken', by: 'lead', what: 'a mail list' },
    { type: 'decided', by: 'lead', what: 'breach', choice: 'continue', because: 'only the title leaked' },
  ];
  const late = deadlinesOf(incident(...events, ...freed), policy()).find(({ key }) => key === 'final-notice');
  expect(late?.dueAt).toEqual(new Date('2026-03-02T13:09:00Z'));
  expect(acts('announce', events, {}, {}, soon)?.map(({ type }) => type)).toEqual(['cancelled']);
});

test('release managers are told at the moment and not before (S1-89)', () => {
  const managers = {
    members: [
      { handle: 'lead', name: 'Lead', addresses: ['lead@example.org'] },
      { handle: 'builder', name: 'Builder', addresses: ['builder@example.org'], roles: ['release-manager'] },
    ],
    oncall: undefined,
  };
  const told = [...set, final];
  expect(acts('tell:merge', told, {}, managers)).toEqual([{ type: 'step-told', step: 'merge', to: ['builder'] }]);
  const due = deadlinesOf(incident(...told), policy()).find(({ key }) => key === 'tell:merge');
  expect(due?.ringsAt).toEqual(new Date('2026-03-16T10:00:00Z'));
  // The fix is public once it is merged: distributors have the public text before.
  expect(acts('tell:merge', set, {}, managers)).toBeUndefined();
  expect(acts('tell:merge', [...told, { type: 'cancelled', by: 'lead', what: 'announcement' }], {}, managers)).toBeUndefined();
  expect(acts('tell:merge', [...told, { type: 'step-told', step: 'merge', to: ['builder'] }], {}, managers)).toBeUndefined();
});

test('what only readies the release is told by its date alone, earlier than the final notice, and not while the embargo is broken (S1-89, S4-27)', () => {
  const rules = { steps: [{ key: 'branch', what: 'A branch is made', owner: 'lead', phase: 'release', tell: '2d' }] };
  const due = (...events: Event[]) => deadlinesOf(incident(scheduled(), ...events), policy(rules)).find(({ key }) => key === 'tell:branch');
  expect(due()?.dueAt).toEqual(new Date('2026-03-14T16:00:00Z'));
  expect(due({ type: 'embargo-broken', by: 'lead', what: 'a mail list' })).toBeUndefined();
  // Told once: an announcement that is taken back asks for the release anew, and for nothing that readies it.
  const told = { type: 'step-told', step: 'branch', to: ['lead'], prepares: true } as const;
  expect(acts('tell:branch', [scheduled()], rules)).toEqual([told]);
  const back: Event[] = [announcementSet, told, { type: 'cancelled', by: 'lead', what: 'announcement' }];
  expect(due(...back)).toBeUndefined();
  const merge = { key: 'merge', what: 'Merge it', owner: 'lead', phase: 'release', tell: '6h' };
  const both = { steps: [...rules.steps, merge] };
  // Whoever readies the release late is not told to release with it: nothing is confirmed.
  expect(acts('tell:branch', [scheduled()], both)).toEqual([told]);
});

test('whoever has two steps to do at one moment is told in one letter (S1-89, S4-27, S4-28)', () => {
  const step = { owner: 'release-manager', phase: 'release', tell: '2h' };
  const steps = [
    { ...step, key: 'build', what: 'Build it' },
    { ...step, key: 'merge', what: 'Merge it' },
    { ...step, key: 'post', what: 'Post it', owner: 'lead' },
  ];
  const managers = {
    members: [
      { handle: 'lead', name: 'Lead', addresses: ['lead@example.org'] },
      { handle: 'builder', name: 'Builder', addresses: ['builder@example.org'], roles: ['release-manager'] },
    ],
    oncall: undefined,
  };
  expect(acts('tell:build', [...set, final], { steps }, managers)).toEqual([
    { type: 'step-told', step: 'build', to: ['builder'] },
    { type: 'step-told', step: 'merge', to: [] },
    { type: 'step-told', step: 'post', to: ['lead'] },
  ]);
});

test('a list with a limit of its own hears when that lets it, unless its text names another date or one that has passed', () => {
  const later = { ...noticed, distributors: ['acme'], later: [{ who: 'gamma', longest: '7d' }] } as Event;
  const events = [scheduled(), drafted('notice'), later];
  const deadline = deadlinesOf(incident(...events), policy()).find(({ key }) => key === 'notice-later:gamma');
  expect(deadline?.dueAt).toEqual(new Date('2026-03-09T16:00:00Z'));
  const before = new Date('2026-03-09T16:00:00Z');
  expect(acts('notice-later:gamma', events)).toEqual([]);
  expect(acts('notice-later:gamma', events, {}, {}, before)).toEqual([
    { type: 'notice-released', by: 'embargod', mark: 'aaaaaaaa', distributors: ['gamma'], unreachable: [] },
  ]);
  expect(acts('notice-later:gamma', [...events, scheduled('2026-03-17T16:00:00.000Z')], {}, {}, before)).toEqual([]);
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
