// Standing parts the whole way: given at receipt, taken, passed, passed by, open to everybody; weeks and queues.
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openTown, type Received, type Town } from '#test/town.ts';

const standing = {
  triage: { title: 'Triage', duties: 'Sees that whoever should know knows.', by: 'week', owns: ['triage', 'second-chance'] },
  disclosure: { title: 'Disclosure', duties: 'Handles public messaging.', by: 'week', owns: ['draft', 'cve-request'] },
};
const queues = {
  build: { title: 'Build', duties: 'Tests the fixes.', by: 'queue' },
  speech: { title: 'Speech', duties: 'Speaks.', by: 'queue' },
};
const weeks = {
  triage: { from: '2026-03-02', order: ['lead', 'second', 'third'] },
  disclosure: { from: '2026-03-02', order: ['third', 'lead', 'second'] },
};
const reminders = { at: '09:00', urgent: '24h', weekly: null };

let town: Town;
afterEach(() => town.close());

async function open(parts: object, turns: object, roster: object = {}): Promise<void> {
  town = await openTown({
    policy: { parts: { commander: 'none', lead: 'none', ...parts }, reminders },
    roster: { parts: turns, ...roster },
  });
}

async function report(subject = 'a finding'): Promise<Received[]> {
  await town.writes('reporter', { subject, text: `Dear team, ${subject}: something is wrong with the importer.` });
  return town.post();
}

const to = (letters: readonly Received[], who: string, kind = 'part') =>
  letters.filter((letter) => letter.kind === kind && letter.to === `${who}@example.org`);
const asked = (letters: readonly Received[]) =>
  letters
    .filter(({ kind }) => kind === 'part')
    .map(({ to: who, subject }) => `${who.split('@')[0]}: ${subject.replace(/^\[[^\]]*\] /, '')}`);
function only(letters: readonly Received[]): Received {
  const [one] = letters;
  if (!one || letters.length !== 1) throw new Error(`${letters.length} letters instead of one`);
  return one;
}
async function says(who: 'lead' | 'second' | 'third', text: string, letter: Received): Promise<Received[]> {
  await town.writes(who, { text, answers: letter, signed: true });
  return town.post();
}

test('a report gives each part to its first person of the week, and asks them with the duties (S2-35, S2-36)', async () => {
  await open({ standing }, weeks);
  const letters = await report();
  expect(asked(letters)).toEqual(['lead: Yours, since it is your week: Triage', 'third: Yours, since it is your week: Disclosure']);
  const [triage] = to(letters, 'lead');
  expect(triage?.text).toContain('What it is: Sees that whoever should know knows.');
  expect(triage?.text).toContain('/take-part triage');
  expect(triage?.sealed).toBe(true);
});

test('the shipped process of parts gives each of its four to somebody, and shows a week of two names for each (S2-21, S2-35, S2-36)', async () => {
  const { parts } = parse(readFileSync('config/policies/kubernetes-pst.yaml', 'utf8')) as { parts: { standing: object } };
  const order = ['lead', 'second', 'third'];
  const names = Object.keys(parts.standing);
  expect(names).toHaveLength(4);
  const turns = Object.fromEntries(
    names.map((part, index) => [part, { from: '2026-03-02', order: [...order.slice(index % 3), ...order.slice(0, index % 3)] }]),
  );
  await open(parts, turns);
  const letters = await report();
  expect(letters.filter(({ kind }) => kind === 'part').map(({ to: who }) => who.split('@')[0])).toEqual([
    'lead',
    'second',
    'third',
    'lead',
  ]);
  const shown = only(to(await says('second', '/parts', only(to(letters, 'second'))), 'second', 'transcript')).text;
  expect(shown.match(/From 2026-03-09 00:00 UTC: \w+, then \w+/g)).toHaveLength(4);
});

test('a service that was away asks the next one once, not everybody at once (S2-37)', async () => {
  await open({ standing: { triage: standing.triage } }, { triage: weeks.triage });
  await report();
  expect(asked(await town.pass('6d', '6d')).filter((line) => !line.includes('is asked now'))).toEqual([
    'second: Yours, since you are next in line: Triage',
  ]);
});

test('whoever does not answer in time is passed by, the second of the week is asked, and both see it (S2-37)', async () => {
  await open({ standing }, weeks);
  const first = await report();
  await says('third', '/take-part disclosure', only(to(first, 'third')));
  const later = await town.pass('25h');
  expect(asked(later)).toEqual(['second: Yours, since you are next in line: Triage', 'lead: second is asked now: Triage']);
});

test('after the last in line everybody is asked, and is reminded for as long as nobody has it (S2-28, C7)', async () => {
  await open({ standing: { triage: standing.triage } }, { triage: weeks.triage });
  await report();
  const letters = await town.pass('73h');
  const open_ = letters.filter(({ subject }) => subject.includes('Nobody has it yet'));
  expect(open_.map((letter) => letter.to.split('@')[0])).toEqual(['lead', 'second', 'third']);
  const after = await town.pass('8d');
  const reminded = after.filter(({ text }) => text.includes('Nobody has the part "triage" yet'));
  for (const who of ['lead', 'second', 'third'])
    expect(reminded.filter((letter) => letter.to === `${who}@example.org`).length, who).toBeGreaterThanOrEqual(3);
});

test('the first to take it wins, and the other is told who has it (S2-28)', async () => {
  await open({ standing: { triage: standing.triage } }, { triage: weeks.triage });
  await report();
  const everybody = (await town.pass('73h')).filter(({ subject }) => subject.includes('Nobody has it yet'));
  const [, second, third] = everybody;
  if (!second || !third) throw new Error('not everybody was asked');
  // Both lie in the mailbox when it is read.
  await town.writes('third', { text: '/take-part triage', answers: third, signed: true });
  await town.writes('second', { text: '/take-part triage', answers: second, signed: true });
  const letters = await town.post();
  expect(only(to(letters, 'third', 'transcript')).text).toContain('The part "triage" is yours.');
  expect(only(to(letters, 'second', 'transcript')).text).toContain('third has the part "triage".');
  expect(only(to(letters, 'lead', 'relay')).text).toContain('/take-part triage');
});

test('passing asks the next in line at once and keeps the reason (S2-38)', async () => {
  await open({ standing: { triage: standing.triage } }, { triage: weeks.triage });
  const letters = await says('lead', '/pass triage because I am travelling', only(to(await report(), 'lead')));
  expect(asked(letters)).toEqual(['second: Yours, since you are next in line: Triage']);
  const timeline = await says('second', '/timeline', only(to(letters, 'second')));
  const text = only(to(timeline, 'second', 'transcript')).text.replace(/\s+/g, ' ');
  expect(text).toContain('lead passed the part "triage" because I am travelling');
  expect(text).toContain('second was given the part "triage", next in line.');
});

test('three incidents: each queue goes round by itself (S2-39, S2-40)', async () => {
  await open({ standing: queues }, { build: { order: ['lead', 'second', 'third'] }, speech: { order: ['third', 'lead'] } });
  const heads: string[] = [];
  for (const subject of ['one', 'two', 'three', 'four']) {
    await town.pass('1h');
    heads.push(
      asked(await report(subject))
        .map((line) => line.replace(/: .*: /, ' '))
        .join(', '),
    );
  }
  expect(heads).toEqual(['lead Build, third Speech', 'second Build, lead Speech', 'third Build, third Speech', 'lead Build, lead Speech']);
});

test.each([
  ['keeps-turn', 'lead'],
  ['loses-turn', 'third'],
])('whoever passes a part of a queue %s: the next incident goes to %s (S2-41)', async (passing, head) => {
  await open({ standing: { build: queues.build }, passing }, { build: { order: ['lead', 'second', 'third'] } });
  await says('lead', '/pass build because I wrote it', only(to(await report('one'), 'lead')));
  await town.pass('1h');
  expect(asked(await report('two'))).toEqual([`${head}: Yours, since it is your turn: Build`]);
});

test('leave is passed over in weeks and queues alike (S2-42)', async () => {
  const leave = [{ from: '2026-03-01', to: '2026-03-08' }];
  const members = ['lead', 'second', 'third'].map((handle) => ({
    handle,
    name: handle,
    addresses: [`${handle}@example.org`],
    ...(handle === 'lead' && { leave }),
  }));
  await open(
    { standing: { triage: standing.triage, build: queues.build } },
    { triage: weeks.triage, build: { order: ['lead', 'third'] } },
    { members },
  );
  expect(asked(await report())).toEqual(['second: Yours, since it is your week: Triage', 'third: Yours, since it is your turn: Build']);
});

test('whoever has the part is reminded of what it owns first (S2-30, S2-31)', async () => {
  await open({ standing }, weeks);
  const first = await report();
  await says('lead', '/take-part triage', only(to(first, 'lead')));
  await says('third', '/take-part disclosure', only(to(first, 'third')));
  const letters = (await town.pass('4d')).filter(({ text }) => text.includes('awaits a verdict'));
  expect(letters[0]?.to).toBe('lead@example.org');
  expect(letters.filter((letter) => letter.bytes === letters[0]?.bytes || letter.messageId === letters[0]?.messageId)).toHaveLength(1);
});
