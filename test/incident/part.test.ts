// Parts of an incident: who was asked, who has it, who is next, what is due because of it.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actOf, looksAround } from '#incident/act.ts';
import { deadlinesOf } from '#incident/deadline.ts';
import { ownable } from '#incident/due-part.ts';
import type { Event } from '#incident/event.ts';
import { heldPart, partWords, tellPart } from '#incident/part.ts';
import { firstParts, lineFor, nextFor } from '#incident/part-line.ts';
import { queueOf } from '#team/oncall.ts';
import { given, withParts } from '#test/command/parts-of.ts';
import { accepted, announced, closed, id, idOf, incident, now, policy, roster } from '#test/situation.ts';

const around = { policy: policy(withParts.policy), roster: roster(withParts.roster), now, others: [] };
const triageTo = (to: string): Event => ({ type: 'part-given', part: 'triage', to, how: 'next', by: 'embargod' });
const taken: Event = { type: 'part-taken', part: 'triage', by: 'second' };
const opened: Event = { type: 'part-opened', part: 'triage' };
const chosen: Event = { type: 'lead-chosen', by: 'second', lead: 'second', how: 'volunteered' };

test('a report begins with the first of the week and the head of the queue (S2-36, S2-40)', () => {
  expect(firstParts(around)).toEqual([given, { type: 'part-given', part: 'build', to: 'third', how: 'queue', by: 'embargod' }]);
});

test('where nobody takes turns or all are away everybody is asked (S2-28)', () => {
  expect(firstParts({ ...around, roster: roster() })).toEqual([opened, { type: 'part-opened', part: 'build' }]);
});

test('whoever passes or is silent was asked; whoever takes it has it', () => {
  expect(heldPart(incident(given, triageTo('second')), 'triage')).toMatchObject({ who: 'second', taken: false, asked: ['lead'] });
  expect(heldPart(incident(given, taken), 'triage')).toMatchObject({ who: 'second', taken: true, asked: ['lead'] });
  expect(heldPart(incident(given, opened), 'triage')).toMatchObject({ who: 'lead', taken: false, open: true });
  expect(heldPart(incident(given, opened, taken), 'triage')).not.toHaveProperty('open');
  expect(heldPart(incident(given), 'constructor')).toBeUndefined();
});

test('in words: asked, confirmed, nobody', () => {
  expect(partWords(incident(given), 'triage')).toBe('lead (asked, not confirmed)');
  expect(partWords(incident(given, taken), 'triage')).toBe('second');
  expect(partWords(incident(given, opened), 'triage')).toBe('nobody yet');
});

test('down the line, each once, and then everybody (S2-37, S2-41, C7)', () => {
  const asked: Event[] = [given];
  for (let step = 0; step < 3; step++) asked.push(nextFor('triage', incident(...asked), around));
  expect(asked.slice(1)).toEqual([triageTo('second'), triageTo('third'), opened]);
});

test('somebody on leave is not asked (S2-42)', () => {
  const leave = [{ from: '2026-03-01', to: '2026-03-31' }];
  const members = ['lead', 'second', 'third'].map((handle) => ({
    handle,
    name: handle,
    addresses: [`${handle}@example.org`],
    ...(handle === 'second' && { leave }),
  }));
  expect(nextFor('triage', incident(given), { ...around, roster: roster({ ...withParts.roster, members }) })).toEqual(triageTo('third'));
});

test('property: every member of the line is asked exactly once before everybody is (S2-41)', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(['lead', 'second', 'third'], { minLength: 1 }), fc.constantFrom('week', 'queue'), (order, by) => {
      const bent = {
        ...around,
        policy: policy({ parts: { standing: { triage: { title: 'Triage', duties: 'Sorts.', by } } } }),
        roster: roster({ parts: { triage: { order } } }),
      };
      const asked: Event[] = [...firstParts(bent)];
      while (asked.at(-1)?.type === 'part-given' && asked.length < 9) asked.push(nextFor('triage', incident(...asked), bent));
      const names = asked.flatMap((event) => (event.type === 'part-given' ? [event.to] : []));
      expect([...names].sort()).toEqual([...order].sort());
      expect(asked.at(-1)).toEqual(opened);
    }),
  );
});

test.each([
  ['keeps-turn', ['third', 'lead']],
  ['loses-turn', ['lead', 'third']],
])('where a turn that nobody took %s, the queue is %s (S2-41)', (passing, queue) => {
  const build = (to: string): Event => ({ type: 'part-given', part: 'build', to, how: 'queue', by: 'embargod' });
  const open = { ...incident(build('third'), { type: 'part-opened', part: 'build' }), id: idOf('SRC-000001') };
  const bent = { ...around, policy: policy({ parts: { ...around.policy.parts, passing } }), others: [open] };
  expect(lineFor('build', bent).map(({ handle }) => handle)).toEqual(queue);
});

test('property: a queue is its list in another order, nobody lost and nobody twice (S2-39)', () => {
  const people = ['a', 'b', 'c', 'd'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...people, 'gone')), (had) => {
      expect([...queueOf(people, had)].sort()).toEqual(people);
    }),
  );
});

test('who led is told by when the lead was chosen, the newest first; the incident itself does not count (S1-48)', () => {
  const older = { ...incident(accepted, chosen), leadAt: new Date('2026-03-01T12:00:00Z'), id: idOf('SRC-000001') };
  const newer = { ...older, lead: 'third', leadAt: new Date('2026-03-02T12:00:00Z'), id: idOf('SRC-000002') };
  expect(lineFor('lead', { ...around, others: [older, newer] }).map(({ handle }) => handle)).toEqual(['lead', 'second', 'third']);
  const own = { ...newer, id };
  expect(nextFor('lead', incident(accepted), { ...around, others: [own, older] })).toMatchObject({ to: 'lead' });
});

test('incidents that come together are asked of those with the fewest, also where nobody has said yes yet; closed ones weigh nothing (S1-48)', () => {
  const asked = (to: string, number: number, ...more: Event[]) => ({
    ...incident(accepted, { type: 'part-given', part: 'lead', to, how: 'queue', by: 'embargod' }, ...more),
    id: idOf(`SRC-00000${number}`),
  });
  const next = (...others: ReturnType<typeof asked>[]) => lineFor('lead', { ...around, others }).map(({ handle }) => handle);
  expect(next(asked('lead', 1))).toEqual(['second', 'third', 'lead']);
  expect(next(asked('lead', 1), asked('second', 2))).toEqual(['third', 'lead', 'second']);
  expect(next(asked('lead', 1), asked('second', 2), asked('third', 3), asked('lead', 4))).toEqual(['second', 'third', 'lead']);
  expect(next(asked('lead', 1, closed))).toEqual(['lead', 'second', 'third']);
  expect(next(asked('lead', 1, { type: 'part-opened', part: 'lead' }))).toEqual(['lead', 'second', 'third']);
});

const keys = (...events: Event[]) => deadlinesOf(incident(...events), around.policy).map(({ key }) => key);
const deadline = (key: string, ...events: Event[]) => deadlinesOf(incident(...events), around.policy).find((one) => one.key === key);

test('until somebody says so the next is asked; open to everybody it is a reminder to all (S2-37, S2-28)', () => {
  expect(deadline('part:triage', given)).toMatchObject({ acts: true, owners: ['lead'] });
  expect(deadline('part:triage', given, opened)).toMatchObject({ owners: [] });
  expect(deadline('part:triage', given, opened)).not.toHaveProperty('acts');
  expect(keys(given, taken)).not.toContain('part:triage');
  expect(keys(given, closed)).toEqual([]);
  expect(keys(given, announced)).not.toContain('part:triage');
  expect(keys(given, { type: 'declined', by: 'lead', class: 'hardening' })).not.toContain('part:triage');
});

test('a part that the policy has no longer asks nobody', () => {
  expect(deadlinesOf(incident(given), policy()).map(({ key }) => key)).not.toContain('part:triage');
});

test('nobody leads: whose turn it is is asked, and so on until somebody does (S1-46)', () => {
  const lead = deadline('lead', accepted);
  expect(lead).toMatchObject({ acts: true });
  const act = (of: typeof lead, ...events: Event[]) => (of ? actOf(of, incident(...events), around.policy, around.roster, now) : []);
  const [asked] = act(lead, accepted);
  expect(asked).toEqual({ type: 'part-given', part: 'lead', to: 'lead', how: 'queue', by: 'embargod' });
  if (!asked) throw new Error('nobody was asked');
  expect(keys(accepted, asked)).not.toContain('lead');
  expect(act(deadline('part:lead', accepted, asked), accepted, asked)).toMatchObject([{ to: 'second', how: 'next' }]);
  expect(keys(accepted, asked, chosen)).not.toContain('part:lead');
});

test('where all are on leave everybody is asked to lead once, and it does not ring for ever (S1-46)', () => {
  const leave = [{ from: '2026-03-01', to: '2026-03-31' }];
  const away = roster({
    members: ['lead', 'second'].map((handle) => ({ handle, name: handle, addresses: [`${handle}@example.org`], leave })),
    oncall: undefined,
  });
  const lead = deadline('lead', accepted);
  const [event] = lead ? actOf(lead, incident(accepted), around.policy, away, now) : [];
  expect(event).toEqual({ type: 'part-opened', part: 'lead' });
  if (!event) throw new Error('nothing happened');
  expect(keys(accepted, event)).not.toContain('lead');
  expect(heldPart(incident(accepted, event), 'lead')).toMatchObject({ who: 'nobody', asked: [], open: true });
  expect(deadline('part:lead', accepted, event)).toMatchObject({ owners: [] });
});

test('a process without a lead asks nobody to lead (S3-19)', () => {
  const none = policy({ parts: { lead: 'none' } });
  expect(deadlinesOf(incident(accepted), none).map(({ key }) => key)).not.toContain('lead');
});

test('only who is next in a queue, or to lead, hangs on other incidents', () => {
  const looks = (key: string) =>
    looksAround({ key, dueAt: now, ringsAt: now, owners: [], what: '', commands: [], acts: true }, around.policy);
  expect(['lead', 'part:lead', 'part:build', 'part:triage', 'announce'].map(looks)).toEqual([true, true, true, false, false]);
});

const onCall: Event = {
  type: 'reported',
  title: 'a finding',
  message: 'mail-1',
  proof: 'none',
  commander: 'lead',
  turnEnds: '2026-03-09T00:00:00.000Z',
};

test('the end of a turn is said once, to the commander whose turn it was (S1-33)', () => {
  const turn = deadline('turn', onCall);
  expect(turn).toMatchObject({ acts: true, owners: ['lead'], dueAt: new Date('2026-03-09T00:00:00Z') });
  expect(turn && actOf(turn, incident(onCall), around.policy, around.roster, now)).toEqual([{ type: 'turn-ended', to: 'lead' }]);
  expect(keys(onCall, { type: 'turn-ended', to: 'lead' })).not.toContain('turn');
  expect(incident(onCall, { type: 'turn-ended', to: 'lead' }).commander).toBe('lead');
});

test('whoever has it by hand-off has no turn that ends (S1-33)', () => {
  expect(keys(onCall, { type: 'taken', by: 'second' })).not.toContain('turn');
  expect(keys(onCall, { type: 'taken', by: 'lead' })).toContain('turn');
});

test('whoever has a part is reminded first of what it owns, by its word or the key of a step (S2-29, S2-30, S2-31)', () => {
  const steps = [{ key: 'tested', what: 'The fix is tested', owner: 'lead', phase: 'release' }];
  const owning = policy({
    steps,
    parts: { standing: { triage: { title: 'Triage', duties: 'Sorts.', owns: ['triage', 'tested', 'cve-request'] } } },
    cve: { every: true, when: 'development' },
  });
  const owners = (key: string, ...events: Event[]) => deadlinesOf(incident(...events), owning).find((one) => one.key === key)?.owners;
  const asked = triageTo('third');
  expect(owners('triage', asked)).toEqual(['third']);
  expect(owners('cve-request', accepted, asked)).toEqual(['third']);
  expect(owners('step:tested', accepted, asked, { type: 'scheduled', by: 'lead', publicAt: '2026-03-16T16:00:00.000Z' })).toEqual([
    'third',
  ]);
  expect(owners('triage', opened)).toEqual(['lead']);
});

test('what a part sees to before the fix is ready is due with the fix, to whoever has it (S2-29)', () => {
  const steps = [
    { key: 'tested', what: 'The fix is tested', owner: 'fix-team', phase: 'fix' },
    { key: 'reviewed', what: 'All is reviewed', owner: 'fix-team', phase: 'fix' },
  ];
  const owning = policy({ steps, parts: { standing: { triage: { title: 'Infra', duties: 'Builds.', owns: ['tested'] } } } });
  const due = (...events: Event[]) =>
    deadlinesOf(incident(accepted, triageTo('third'), ...events), owning).filter(({ key }) => key.startsWith('step:'));
  expect(due()).toMatchObject([
    { key: 'step:tested', owners: ['third'], dueAt: new Date('2026-03-09T12:00:00Z'), commands: ['/done tested'] },
  ]);
  // A report that was accepted late has its fix, and what goes with it, counted from there.
  const late = deadlinesOf({ ...incident(accepted, triageTo('third')), openedAt: new Date('2026-01-02T12:00:00Z') }, owning);
  const [fix, step] = ['fix', 'step:tested'].map((key) => late.find((one) => one.key === key)?.dueAt.toISOString());
  expect([fix, step]).toEqual(['2026-03-09T13:01:00.000Z', '2026-03-09T13:01:00.000Z']);
  expect(due({ type: 'step-done', by: 'third', step: 'tested' })).toEqual([]);
  expect(due({ type: 'fix-ready', by: 'lead', what: 'fix' })).toEqual([]);
});

test('what a part can own are the words of all deadlines that remind', () => {
  const text = readdirSync('src/incident')
    .filter((file) => file.startsWith('due-') && file !== 'due-part.ts')
    .map((file) => readFileSync(`src/incident/${file}`, 'utf8'))
    .join('\n');
  for (const word of ownable.filter((one) => one !== 'draft' && one !== 'lead'))
    expect(text.includes(`'${word}'`) || text.includes(`\`${word}:`), word).toBe(true);
});

test('each event has its sentence', () => {
  const told = ([given, triageTo('second'), taken, opened, { type: 'turn-ended', to: 'lead' }] as const).map((event) =>
    tellPart(event as Parameters<typeof tellPart>[0], (who) => who),
  );
  expect(told).toEqual([
    'lead was given the part "triage", whose week it is.',
    'second was given the part "triage", next in line.',
    'second took the part "triage".',
    'Everybody in line was asked for the part "triage"; whoever says so first has it.',
    'The turn of lead on call is over; the incident stays theirs until they hand it off.',
  ]);
});
