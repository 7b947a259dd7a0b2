// Whom a deadline reminds, in a letter of its own or in the mail of the day.
import { expect, test } from 'vitest';
import { deadlinesOf } from '#incident/deadline.ts';
import type { Event } from '#incident/event.ts';
import { digests, heardBy, remind } from '#letter/reminding.ts';
import { whoGets } from '#test/letter/occasion.ts';
import { accepted, idOf, incident, now, policy, reported, roster } from '#test/situation.ts';

type Reminded = Extract<Event, { type: 'reminded' }>;
const reminded = (deadline: string, to: string[], level = 1): Reminded => ({ type: 'reminded', deadline, level, to });
const occasion = (...events: Event[]) => ({ incident: incident(...events), policy: policy(), roster: roster(), now });

test('a reminder goes to its owner, then to commander and lead, then to everybody, for ever (S1-49, C7)', () => {
  let events: Event[] = [accepted, { type: 'lead-chosen', by: 'lead', lead: 'third', how: 'named' }];
  const heard: string[] = [];
  for (let round = 1; round <= 5; round += 1) {
    const known = incident(...events);
    const plan = deadlinesOf(known, policy()).find(({ key }) => key === 'plan');
    if (!plan) throw new Error('no plan');
    const past = new Date(0);
    const { level, to } = heardBy({ ...plan, ringsAt: past, dueAt: past }, known, roster());
    heard.push(`${level}: ${to.join(' ')}`);
    events = [...events, reminded('plan', to, level)];
  }
  expect(heard).toEqual(['1: third', '2: third lead', '3: lead second third', '4: lead second third', '5: lead second third']);
});

test('a reminder whose owner left the team goes to everybody', () => {
  const known = incident({ type: 'taken', by: 'gone' });
  const [deadline] = deadlinesOf(known, policy());
  expect(deadline && heardBy(deadline, known, roster()).to).toEqual(['lead', 'second', 'third']);
});

test('a reminder says what would meet it, and from the second on why others hear of it', () => {
  const [first] = remind(reminded('triage', ['lead']), occasion());
  expect(first).toMatchObject({ kind: 'reminder', seal: 'must', to: { who: 'lead' }, facts: { late: '' } });
  expect(first?.facts).not.toHaveProperty('heard');
  const second = remind(reminded('triage', ['lead', 'second'], 2), occasion());
  expect(whoGets(second)).toEqual(['reminder to lead', 'reminder to second']);
  expect(second[0]?.facts.heard).toBe('The first reminder was not answered, so others hear of it now.');
  expect(remind(reminded('triage', ['lead'], 9), occasion())[0]?.facts.heard).toContain('every member hears of it now');
});

test('a reminder and the mail of the day call an incident as its advisory does, before that as its report did (S1-49)', () => {
  const named: Event = { type: 'field-set', by: 'lead', field: 'title', text: 'A loop in the parser' };
  for (const [events, title] of [
    [[], 'path traversal'],
    [[named], 'A loop in the parser'],
  ] as const) {
    expect(remind(reminded('triage', ['lead']), occasion(...events))[0]?.facts).toMatchObject({ title });
    const day = { incident: incident(...events), events: [reminded('triage', ['lead'])] };
    expect(digests([day], { policy: policy(), roster: roster() }, now)[0]?.facts.due).toMatchObject([{ title }]);
  }
});

test('what is met meanwhile, and what stands in the mail of the day, has no letter of its own', () => {
  expect(remind(reminded('triage', ['lead']), occasion(accepted))).toEqual([]);
  expect(remind({ ...reminded('triage', ['lead']), daily: true }, occasion())).toEqual([]);
});

test('the mail of the day holds all that is due for one over all incidents, the oldest first, and names who else hears of it', () => {
  const other = { ...incident(accepted), id: idOf('SRC-9QW2ZT'), title: 'another' };
  const days = [
    { incident: incident(accepted), events: [reminded('plan', ['lead', 'second']), reminded('triage', ['lead'])] },
    { incident: other, events: [reminded('lead', ['lead'])] },
  ];
  const letters = digests(days, { policy: policy(), roster: roster() }, new Date('2026-03-04T08:00:00Z'));
  expect(whoGets(letters)).toEqual(['digest to lead', 'digest to second']);
  expect(letters[0]?.facts.inShort).toBe('2 things are due, 1 of them late');
  expect(letters[0]?.facts.due).toMatchObject([
    { id: 'SRC-9QW2ZT', title: 'another', late: '18 hours 59 minutes' },
    { id: 'SRC-4F7K2M', others: 'second', late: '', dueAt: '2026-03-09T13:01:00.000Z' },
  ]);
  expect(letters[1]?.facts.due).toHaveLength(1);
});

test('the mail of the day is sealed as its most confidential incident asks', () => {
  const open = policy({ audiences: { team: { seal: 'may' } } });
  const sealOf = (report: Event) =>
    digests([{ incident: incident(report), events: [reminded('triage', ['lead'])] }], { policy: open, roster: roster() }, now)[0]?.seal;
  expect(sealOf(reported)).toBe('may');
  expect(sealOf({ ...reported, encrypted: true } as Event)).toBe('must');
});

test('nobody gets an empty mail of the day', () => {
  expect(digests([], { policy: policy(), roster: roster() }, now)).toEqual([]);
  expect(
    digests([{ incident: incident(accepted), events: [reminded('triage', ['lead'])] }], { policy: policy(), roster: roster() }, now),
  ).toEqual([]);
});
