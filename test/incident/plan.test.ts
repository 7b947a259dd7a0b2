// The disclosure plan: which mails there are, when, to how many, and what is missing for each.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { planOf } from '#incident/plan.ts';
import type { Planned } from '#incident/planned.ts';
import {
  accepted,
  announced,
  announcementSet,
  anonymous,
  closed,
  cve,
  field,
  incident,
  noticed,
  now,
  policy,
  ready,
  roster,
  scheduled,
} from '#test/situation.ts';

type Bent = Readonly<Record<string, unknown>>;
const planned = (events: readonly Event[], rules: Bent = {}, people: Bent = {}) =>
  planOf(incident(...events), policy(rules), roster(people), now);
const the = (what: string, all: readonly Planned[]) => all.find((one) => one.what === what);
const fixReady: Event = { type: 'fix-ready', by: 'lead', what: 'fix' };

test('without a date nothing around the release has one, and the date is what is missing (S1-72)', () => {
  const plan = planned([accepted, cve]);
  for (const what of ['notice under embargo', 'announcement', 'final notice with the public text']) {
    expect(the(what, plan)?.at, what).toBeUndefined();
  }
  expect(the('announcement', plan)?.missing).toContain('no public date (/schedule)');
});

test('what is missing for the notice goes away as it is done: fields, draft, approval, fix, steps, branches (S1-72, S1-78, S1-81)', () => {
  const rules = { branches: ['release-1.2'] };
  const missing = (...events: Event[]) => the('notice under embargo', planned([accepted, cve, scheduled(), ...events], rules))?.missing;
  expect(missing()).toEqual([
    'fields: title, impact',
    'no draft (/draft notice)',
    'fix or mitigation ready (/fix-ready)',
    'step reviewed',
    'patches for release-1.2',
  ]);
  const done: Event[] = [fixReady, { type: 'step-done', by: 'lead', step: 'reviewed' }, field('patches', 'release-1.2: see below')];
  const [draft] = ready('notice');
  if (!draft) throw new Error('there is a draft');
  expect(missing(...done, draft)).toEqual(['not approved (/approve notice aaaaaaaa)']);
  expect(missing(...done, ...ready('notice'))).toEqual([]);
});

test('a notice that would come too early says from when on (S1-75)', () => {
  const notice = (publicAt: string) => the('notice under embargo', planned([accepted, cve, scheduled(publicAt)]));
  expect(notice('2026-04-30T16:00:00.000Z')?.remark).toBe('not before 2026-04-02 16:00 UTC');
  expect(notice('2026-03-16T16:00:00.000Z')?.remark).toBeUndefined();
});

test('a draft for another date does not count (S1-50)', () => {
  const plan = planned([accepted, cve, scheduled(), ...ready('notice'), scheduled('2026-03-17T16:00:00.000Z')]);
  expect(the('notice under embargo', plan)?.missing).toContain('a draft for the date that holds now (/draft notice)');
});

test('a list that keeps a short embargo hears later, by itself (S1-77)', () => {
  const distributors = [
    { id: 'acme', name: 'Acme', addresses: ['security@acme.example.net'] },
    { id: 'short', name: 'Short', addresses: ['list@short.example.net'], longest: '2d' },
  ];
  const notices = planned([accepted, cve, scheduled()], {}, { distributors }).filter(({ what }) => what === 'notice under embargo');
  expect(notices.map(({ to, when, at }) => [to, when, at?.toISOString().slice(0, 16)])).toEqual([
    ['1 distributor (acme)', 'by', '2026-03-09T16:00'],
    ['short, which keeps an embargo for 2 days at most', 'at', '2026-03-14T16:00'],
  ]);
});

test('thousands of distributors are counted, not listed', () => {
  const distributors = Array.from({ length: 5000 }, (_, index) => ({ id: `d${index}`, name: 'D', addresses: [`d${index}@example.net`] }));
  expect(the('notice under embargo', planned([accepted, cve, scheduled()], {}, { distributors }))?.to).toBe('5000 distributors');
});

test('who could not be reached is said with the notice that left (C18)', () => {
  const failed: Event = { type: 'letter-failed', letter: 'x', kind: 'notice', to: 'gamma', how: 'bounced' };
  expect(the('notice under embargo', planned([accepted, cve, scheduled(), noticed, failed]))).toMatchObject({
    state: 'sent',
    to: '2 distributors (acme, gamma)',
    remark: 'not reached: gamma',
  });
});

test('a process without distributors has no notice, one with a heads-up has that (S4-24)', () => {
  const rules = { notice: { duty: 'never' }, headsUp: { fields: ['mitigation'], least: '1d' } };
  const plan = planned([accepted, scheduled()], rules);
  expect(plan.map(({ what }) => what)).not.toContain('notice under embargo');
  expect(the('public heads-up', plan)).toMatchObject({ when: 'by', to: '1 channel (announce)' });
  expect(the('public heads-up', plan)?.at).toEqual(new Date('2026-03-15T16:00:00Z'));
});

test('where every incident needs a CVE id the request is planned with the fields it lacks (S4-33)', () => {
  const rules = { cve: { when: 'release', every: true, fields: ['title', 'cvss'] } };
  expect(the('CVE request', planned([accepted, scheduled(), field('title', 'a flaw')], rules))).toMatchObject({
    to: 'the CNA (Example CNA)',
    when: 'by',
    missing: ['fields: cvss'],
  });
  expect(the('CVE request', planned([accepted, { type: 'cve-requested', by: 'lead' }], rules))?.state).toBe('sent');
});

test('what holds a confirmed announcement back is missing for it (S1-91, S1-52)', () => {
  const upstream: Event = { type: 'upstream-set', by: 'lead', at: '2026-03-20T16:00:00.000Z' };
  const plan = planned([accepted, scheduled(), announcementSet, upstream]);
  expect(the('announcement', plan)).toMatchObject({
    when: 'at',
    missing: ['step binaries', 'held: upstream publishes at 2026-03-20 16:00 UTC'],
  });
});

test('a report of nobody has a verdict that cannot be told', () => {
  expect(the('verdict', planned([anonymous]))?.missing).toEqual(['nobody knows the reporter (/reporter <address>)']);
});

test('a closed incident has nothing to come, and keeps what was sent', () => {
  const plan = planned([accepted, scheduled(), announced, closed]);
  expect(plan.map(({ state }) => state)).not.toContain('to come');
  expect(the('announcement', plan)?.state).toBe('sent');
});

test('what is to come stands in the order of its moments, what has none last', () => {
  const moments = planned([accepted, cve, scheduled()])
    .filter(({ state }) => state === 'to come')
    .map(({ at }) => at?.getTime() ?? Number.POSITIVE_INFINITY);
  expect(moments).toEqual([...moments].sort((one, other) => one - other));
  expect(moments.length).toBeGreaterThan(5);
});
